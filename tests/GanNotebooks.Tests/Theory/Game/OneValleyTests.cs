using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>
/// Notebook 05's proof that C(μ, σ) for N(0, 1) against N(μ, σ²) has one critical point: the folded slope, the signs, and wrong proofs.
/// </summary>
public sealed class OneValleyTests
{
    private static readonly Gaussian data = new();

    [Fact]
    public void FoldedSlope_RandomPoints_IsTheDerivativeAndHasTheSignOfTheMean() => Assert.True(Holds(Folded));

    [Fact]
    public void Bracket_RandomPoints_IsPositiveForEveryPairOfFoldedPoints()
    {
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            double mu = 6 * random.NextDouble() + 0.01, sigma = 0.1 + 4 * random.NextDouble(), u = 0.01 + 5 * random.NextDouble();
            var best = new OptimalDiscriminator(data, new Gaussian(mu, sigma));
            // In logits, which do not saturate: log(1 − D*) falls as the logit rises.
            Assert.True(best.Logit(mu + u) < best.Logit(mu - u), $"{mu}, {sigma}, {u}");
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    [InlineData(1.001)]
    [InlineData(1.1)]
    [InlineData(8)]
    public void SlopeAlongSigma_OnTheAxis_HasTheSignOfSigmaMinusOne(double sigma)
    {
        double h = 1e-4 * Math.Min(1, Math.Abs(sigma - 1) * 100);
        Assert.Equal(Math.Sign(sigma - 1), Math.Sign(Criterion(0, sigma + h) - Criterion(0, sigma - h)));
    }

    [Fact]
    public void Mutants_OfTheFoldedSlope_AreEachCaught()
    {
        Func<double, double, double>[] mutants =
        [
            (mu, sigma) => 2 * Folded(mu, sigma),
            (mu, sigma) => -Folded(mu, sigma),
            (mu, sigma) => sigma * Folded(mu, sigma),
            (mu, sigma) => Slope(mu, sigma, (best, x) => best.LogAt(x)), // log D* in place of log(1 − D*)
            (mu, sigma) => Slope(mu, sigma, (best, x) => -best.Logit(x)),
        ];
        Assert.All(mutants, mutant => Assert.False(Holds(mutant)));
    }

    private static bool Holds(Func<double, double, double> slope)
    {
        var random = new Random(3);
        return Enumerable.Range(0, 40).All(_ =>
        {
            double mu = 8 * random.NextDouble() - 4, sigma = 0.3 + 3 * random.NextDouble();
            double difference = (Criterion(mu + 1e-3, sigma) - Criterion(mu - 1e-3, sigma)) / 2e-3;
            return slope(mu, sigma) * mu >= 0 && Math.Abs(slope(mu, sigma) - difference) < 1e-5; // h² C‴/6 with σ ≥ 0.3
        });
    }

    private static double Folded(double mu, double sigma) => Slope(mu, sigma, (best, x) => best.LogComplementAt(x));

    // ∫₀^∞ u/σ² q(μ + u) [h(μ + u) − h(μ − u)] du
    private static double Slope(double mu, double sigma, Func<OptimalDiscriminator, double, double> h)
    {
        Gaussian bell = new(mu, sigma);
        OptimalDiscriminator best = new(data, bell);
        return Quadrature.Default.Integrate(
            u => u / (sigma * sigma) * bell.Pdf(mu + u) * (h(best, mu + u) - h(best, mu - u)), [0, sigma, 3 * sigma, 10 * sigma]).Value;
    }

    private static double Criterion(double mu, double sigma) => new VirtualCriterion(data, new Gaussian(mu, sigma)).ByQuadrature().Value;
}
