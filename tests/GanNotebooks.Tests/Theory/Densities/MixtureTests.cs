using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>Nothing is assumed about the sum of a mixture's weights, except that it is near 1.</summary>
public sealed class MixtureTests
{
    private const double Short = 9e-13; // what is missing from 1; 1e-12 is refused

    private static readonly double third = 0.3333333333333;

    // The mixtures whose weights do not sum to 1; as certificates they once "refuted" theorem 1.
    public static IReadOnlyList<Mixture> Unnormalised { get; } =
    [
        new((0.5, new Gaussian(-1)), (0.5 - Short, new Gaussian(1))),
        new((0.5, new Gaussian(-1)), (0.5 + Short, new Gaussian(1))),
        new((third, new Gaussian(-2)), (third, new Laplace(0.5)), (third, new StudentT(2, 1))),
        new((0.5 - Short, Inner), (0.5, Inner)),
        new((0.25, new Uniform(0, 1)), (0.75 - Short, new Uniform(2, 3))), // one component alone on every panel
        new((1 - Short, new Beta(2, 3))),
        new((1e-9, new Gaussian(5, 0.1)), (1 - 1e-9 - Short, new Triangular(0, 1, 3))),
        new([.. Enumerable.Repeat((0.1 - 0.9e-13, (Density)new Gaussian(0, 2)), 10)]),
    ];

    public static TheoryData<int> Indices => TestPairs.Indices(Unnormalised.Count);

    private static Mixture Inner => new((0.5, new Gaussian(-1)), (0.5 - Short, new Gaussian(1)));

    [Theory]
    [MemberData(nameof(Indices))]
    public void Certified_EqualMixtures_BothSidesContainMinusLogFour(int index)
    {
        var m = Unnormalised[index];
        foreach (double width in new[] { 1e-12, 1e-13 })
        {
            var criterion = new VirtualCriterion(m, m);
            var (left, right) = (criterion.Certified(width), criterion.CertifiedFromJensenShannon(width));
            Assert.True(left.Contains(Constants.GlobalMinimum) && right.Contains(Constants.GlobalMinimum), $"{m}: {left} and {right}");
            Assert.True(width == 1e-12 || left.Width < 0.5 * Short * Constants.Log4, $"{m}: {left} is too wide to see what is missing");
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Certified_MixtureAgainstABell_BothSidesOverlap(int index)
    {
        foreach (var q in new Density[] { new Gaussian(), new Uniform(-1, 4), Unnormalised[(index + 1) % Unnormalised.Count] })
        {
            var criterion = new VirtualCriterion(Unnormalised[index], q);
            var (left, right) = (criterion.Certified(1e-13), criterion.CertifiedFromJensenShannon(1e-13));
            Assert.True(left.Overlaps(right), $"{criterion}: {left} and {right}");
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void EveryMember_WeightsShortOfOne_IsThatOfTheNormalisedMixture(int index)
    {
        var m = Unnormalised[index];
        // rounding of sums of a few terms, far below the 9e-13 that are missing
        Assert.Equal(1, m.Cdf(1e9), 1e-15);
        Assert.Equal(1, m.Survival(-1e9), 1e-15);
        double sum = m.Weights.Sum();
        double byHand = m.Weights.Zip(m.Components, (w, d) => w / sum * d.Pdf(0.5)).Sum();
        Assert.Equal(byHand, m.Pdf(0.5), 1e-15);
        Assert.True(m.Mass(double.NegativeInfinity, double.PositiveInfinity).Contains(1));
    }

    [Fact]
    public void Moments_TwoPoints_AreDividedByTheSum()
    {
        Mixture m = new((0.5, new Gaussian(1e3)), (0.5 - Short, new Gaussian(1e3)));
        Assert.Equal(1e3, m.Mean, 1e-12); // 1e3 · 9e-13 = 9e-10 would be missing
        Assert.Equal(1, m.Variance, 1e-14);
        GaussianMixture2D plane = new((0.5, 1e3, 0, 1), (0.5 - Short, 1e3, 0, 1));
        Assert.Equal(1e3, plane.Mean.X, 1e-12);
        Assert.Equal(new Gaussian(1e3).LogPdf(1e3) + new Gaussian().LogPdf(0), plane.LogPdf(1e3, 0), 1e-15);
        Assert.Equal(1, new DiscreteDistribution([0.5, 0.5 - Short]).Probabilities.Sum(), 1e-15);
        Assert.Equal(new Gaussian().LogPdf(0), new ScoredMixture((0.5, 0, 1), (0.5 - Short, 0, 1)).LogDensity(0), 1e-15);
    }
}
