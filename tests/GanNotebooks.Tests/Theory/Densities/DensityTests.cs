using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>What every family must obey.</summary>
public sealed class DensityTests
{
    private static readonly Quadrature quadrature = Quadrature.Default with { AbsoluteTolerance = 1e-11 };

    public static TheoryData<int> Families => TestPairs.Indices(TestPairs.Families.Count);

    [Theory]
    [MemberData(nameof(Families))]
    public void Pdf_EveryFamily_IntegratesToOne(int index)
    {
        var p = TestPairs.Families[index];
        var mass = quadrature.Expectation(p, _ => 1);
        // doubles near 1 are 1e-16 apart: x^-0.2 leaves 1e-7 unresolved
        Assert.Equal(1, mass.Value, 2e-7 * (p is Beta { BetaShape: < 1 } ? 1 : 0) + 1e-9);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Cdf_EveryFamily_IsTheIntegralOfThePdf(int index)
    {
        var p = TestPairs.Families[index];
        double previous = 0;
        foreach (double x in new[] { -4, -1, -0.3, 0.2, 0.45, 0.9, 1.7, 3.2 })
        {
            Assert.InRange(p.Cdf(x), previous, 1);
            Assert.Equal(1, p.Cdf(x) + p.Survival(x), 1e-13);
            previous = p.Cdf(x);
            if (x <= p.Support.Lo || x >= p.Support.Hi)
                continue;
            double[] breakpoints = p.SplitPoints.Concat(p.Landmarks).Where(s => s < x).Append(p.Support.Lo).Append(x).Distinct().Order()
                .ToArray();
            Assert.Equal(quadrature.Integrate(p.Pdf, breakpoints).Value, p.Cdf(x), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Moments_EveryFamily_AreTheIntegrals(int index)
    {
        var p = TestPairs.Families[index];
        if (!double.IsFinite(p.Variance))
            return;
        double mean = quadrature.Expectation(p, x => x).Value;
        Assert.Equal(p.Mean, mean, 1e-6);
        Assert.Equal(p.Variance, quadrature.Expectation(p, x => (x - mean) * (x - mean)).Value, 1e-5 * (1 + p.Variance));
        Assert.Equal(Math.Sqrt(p.Variance), p.StandardDeviation, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Samples_Seeded_PassKolmogorovSmirnov(int index)
    {
        var p = TestPairs.Families[index];
        const int Count = 4000;
        double[] sorted = p.Samples(new Random(11), Count).Order().ToArray();
        double distance = Enumerable.Range(0, Count)
            .Max(i => Math.Max(p.Cdf(sorted[i]) - (double)i / Count, (i + 1.0) / Count - p.Cdf(sorted[i])));
        Assert.InRange(distance * Math.Sqrt(Count), 0, 1.95); // exceeded with probability 0.001 under the null; the seed is fixed
        Assert.Equal(p.Samples(new Random(11), 5), p.Samples(new Random(11), 5));
        Assert.All(sorted, x => Assert.True(p.Support.Contains(x) && !double.IsNaN(p.LogPdf(x))));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Quantile_OfProbabilities_InvertsTheCdf(int index)
    {
        var p = TestPairs.Families[index];
        Assert.All(new[] { 1e-3, 0.1, 0.5, 0.77, 0.999 }, u => Assert.Equal(u, p.Cdf(p.Quantile(u)), 1e-10));
        Assert.Equal(p.Support.Lo, p.Quantile(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => p.Quantile(1.5));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void IntervalLogPdf_OnSmallIntervals_ContainsTheLogPdfAndItsDerivative(int index)
    {
        if (TestPairs.Families[index] is not ICertifiedDensity certified)
            return;
        var p = TestPairs.Families[index];
        foreach (double x in new[] { 0.1, 0.31, 0.62, 0.87, 1.4, -0.6, 2.5 })
        {
            if (certified.VanishesOn(x - 1e-3, x + 1e-3))
            {
                Assert.Equal(double.NegativeInfinity, p.LogPdf(x));
                continue;
            }
            var jet = certified.LogPdf(IntervalJet.Variable(new(x - 1e-3, x + 1e-3), 2));
            Assert.True(jet[0].Contains(p.LogPdf(x)), $"{p} at {x}");
            double slope = (p.LogPdf(x + 1e-4) - p.LogPdf(x - 1e-4)) / 2e-4;
            Assert.InRange(slope, jet[1].Lo - 1e-6, jet[1].Hi + 1e-6); // h² error of the central difference
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Mass_OfIntervalsAndTails_ContainsTheCdfDifference(int index)
    {
        if (TestPairs.Families[index] is not ICertifiedDensity certified)
            return;
        var p = TestPairs.Families[index];
        double[] points = [double.NegativeInfinity, .. new[] { -40.0, -9, 9, 40 }.Concat(p.SplitPoints).Distinct().Order(),
            double.PositiveInfinity];
        for (int i = 1; i < points.Length; i++)
        {
            var (a, b) = (points[i - 1], points[i]);
            double mass = a > 0
                ? p.Survival(a) - (double.IsInfinity(b) ? 0 : p.Survival(b))
                : p.Cdf(b) - (double.IsInfinity(a) ? 0 : p.Cdf(a));
            if (double.IsInfinity(b))
                mass = p.Survival(a);
            var bound = certified.Mass(a, b);
            Assert.True(bound.Lo * (1 - 1e-10) - 1e-14 <= mass && mass <= bound.Hi * (1 + 1e-10) + 1e-14,
                $"{p} on ({a}, {b}): {mass} not in {bound}");
        }
    }

    [Fact]
    public void Constructors_BadParameters_AreRefusedByName()
    {
        Refused("standardDeviation", () => new Gaussian(0, 0));
        Refused("standardDeviation", () => new Gaussian(0, double.NaN));
        Refused("mean", () => new Gaussian(double.PositiveInfinity, 1));
        Refused("scale", () => new Laplace(0, -1));
        Refused("upper", () => new Uniform(1, 1));
        Refused("lower", () => new Uniform(double.NaN, 1));
        Refused("mode", () => new Triangular(0, 2, 1));
        Refused("degreesOfFreedom", () => new StudentT(0));
        Refused("scale", () => new StudentT(1, 0, double.PositiveInfinity));
        Refused("alpha", () => new Beta(-1, 1));
        Refused("beta", () => new Beta(1, double.NaN));
        Refused("components", () => new Mixture((0.5, new Gaussian()), (0.4, new Gaussian(1))));
        Refused("components", () => new Mixture((1.5, new Gaussian()), (-0.5, new Gaussian(1))));
        Refused("components", () => new Mixture());
        Refused("probabilities", () => new DiscreteDistribution([0.5, 0.6]));
        Refused("points", () => new DiscreteDistribution([0.5, 0.5], [1, 1]));
        Refused("Sigma", () => new GaussianMixture2D((1, 0, 0, 0)));
        Refused("covered", () => DiscreteDistribution.Covering(8, 0));
        Refused("count", () => new Gaussian().Samples(new Random(1), -1));
    }

    [Fact]
    public void StudentT_FewDegrees_HasNoMomentsRatherThanWrongOnes()
    {
        Assert.True(double.IsNaN(new StudentT(1).Mean));
        Assert.Equal(double.PositiveInfinity, new StudentT(2).Variance);
        Assert.Equal(3, new StudentT(3).Variance, 1e-12);
    }

    [Fact]
    public void LogPdf_FarTails_StaysExact()
    {
        Assert.Equal(-0.5e12 - 0.5 * Math.Log(2 * Math.PI), new Gaussian().LogPdf(1e6), 1e-3);
        Assert.Equal(-1e6 - Math.Log(2), new Laplace().LogPdf(1e6), 1e-9);
        Assert.Equal(-2 * Math.Log(1e200) - Math.Log(Math.PI), new StudentT(1).LogPdf(1e200), 1e-9);
        Assert.Equal(double.NegativeInfinity, new Uniform().LogPdf(2));
        var far = new Mixture((0.5, new Gaussian(-2, 0.5)), (0.5, new Gaussian(2, 0.5)));
        Assert.Equal(Math.Log(0.5) + new Gaussian(2, 0.5).LogPdf(500), far.LogPdf(500), 1e-9);
    }

    [Fact]
    public void Survival_FarTails_IsRelativelyExact()
    {
        Assert.Equal(1, new Gaussian().Survival(10) / 7.619853024160527e-24, 1e-13); // Abramowitz and Stegun table 26.2, and mpmath
        Assert.Equal(1, new Laplace().Survival(200) / (0.5 * Math.Exp(-200)), 1e-13);
        Assert.Equal(1, new StudentT(1).Survival(1e9) / (1e-9 / Math.PI), 1e-12);
    }

    private static void Refused(string name, Func<object> construct)
    {
        var error = Assert.ThrowsAny<ArgumentException>(construct);
        Assert.Equal(name, error.ParamName);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }
}
