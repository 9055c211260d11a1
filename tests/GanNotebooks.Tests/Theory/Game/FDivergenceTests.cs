using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>
/// The six rows of f-GAN's table (Nowozin et al. 2016, tables 1, 2 and 5): f(1), Fenchel's equality, and the bound at T*.
/// </summary>
public sealed class FDivergenceTests
{
    public static TheoryData<int> Rows => TestPairs.Indices(FDivergence.All.Count);

    [Theory]
    [MemberData(nameof(Rows))]
    public void F_AtOne_IsZeroExceptMinusLogFourForGan(int row)
    {
        var f = FDivergence.All[row];
        Assert.Equal(f == FDivergence.Gan ? -Constants.Log4 : 0, f.F(1), 1e-15);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Conjugate_AtTheDerivative_SatisfiesFenchelEquality(int row)
    {
        var f = FDivergence.All[row];
        foreach (double u in new[] { 0.01, 0.3, 1, 1.7, 20 })
        {
            double t = f.Derivative(u);
            double h = 1e-3 * u;
            double difference = (f.F(u - 2 * h) - 8 * f.F(u - h) + 8 * f.F(u + h) - f.F(u + 2 * h)) / (12 * h);
            Assert.Equal(u * t - f.F(u), f.Conjugate(t), 1e-11 * Math.Max(1, Math.Abs(f.Conjugate(t)))); // rounding of 1 − eᵗ near its end
            Assert.Equal(difference, t, 1e-9 * Math.Max(1, Math.Abs(t)));                                  // five-point difference, h⁴
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Conjugate_AtAnyOtherPoint_ObeysFenchelInequality(int row)
    {
        var f = FDivergence.All[row];
        foreach (double v in new[] { -3, -0.5, 0, 0.8, 2 })
        {
            double t = f.OutputActivation(v);
            Assert.True(t < f.ConjugateLimit, $"{f}: g({v}) = {t} leaves the domain of f*");
            Assert.All(new[] { 0.1, 0.5, 1, 3, 9 }, u => Assert.True(f.F(u) + f.Conjugate(t) >= u * t - 1e-12));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void LowerBound_OfTheOptimalCritic_IsTheClosedFormDivergence(int row)
    {
        var f = FDivergence.All[row];
        Gaussian p = new(0, 1), q = new(0.5, 1.2);
        double[] expected =
        [
            ClosedForm.KullbackLeibler(p, q)!.Value, ClosedForm.KullbackLeibler(q, p)!.Value, ClosedForm.ChiSquare(p, q)!.Value,
            2 * ClosedForm.SquaredHellinger(p, q)!.Value, 2 * new VirtualCriterion(p, q).CertifiedJensenShannon().Midpoint,
            new VirtualCriterion(p, q).Certified().Midpoint,
        ];
        Assert.Equal(expected[row], f.Value(p, q).Value, 1e-11);
        Assert.Equal(expected[row], f.LowerBound(p, q, f.OptimalCritic(p, q)).Value, 1e-11);
        var spoiled = f.LowerBound(p, q, x => f.OptimalCritic(p, q)(x) - 0.05 * Math.Exp(-x * x));
        Assert.True(spoiled.Value < expected[row] - 1e-6);
    }

    [Fact]
    public void OutputActivation_Gan_IsTheLogSigmoidOfTheLogit() =>
        Assert.All(new[] { -40.0, -1, 0, 2, 40 },
            v => Assert.Equal(Math.Log(LogSpace.Sigmoid(v)), FDivergence.Gan.OutputActivation(v), 1e-14));
}
