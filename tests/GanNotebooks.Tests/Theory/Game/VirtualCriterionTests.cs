using GanNotebooks.Tests.Theory.References;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class VirtualCriterionTests
{
    private const double Width = 1e-12;

    public static TheoryData<int> Pairs => TestPairs.Indices(TestPairs.Twenty.Count);

    public static TheoryData<int> Shifts => TestPairs.Indices(TestPairs.ShiftedGaussians.Count);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Certified_TwentyPairs_OverlapsItsIndependentTwinWithinOneTrillionth(int index) => AssertFourWays(TestPairs.Twenty[index]);

    [Theory]
    [MemberData(nameof(Shifts))]
    public void Certified_ShiftedGaussians_OverlapsItsIndependentTwinWithinOneTrillionth(int index) =>
        AssertFourWays(TestPairs.ShiftedGaussians[index]);

    [Fact]
    public void Certified_TwoHundredRandomPairs_ContainsEveryReference()
    {
        foreach (var (p, q, expected) in CriterionReferences.All)
        {
            var criterion = new VirtualCriterion(DensitySpec.Parse(p).ToDensity(), DensitySpec.Parse(q).ToDensity());
            AssertContains(criterion.Certified(Width), expected, criterion);
            AssertContains(criterion.CertifiedFromJensenShannon(Width), expected, criterion);
        }
        Assert.Equal(200, CriterionReferences.All.Count);
    }

    [Fact]
    public void Certified_EqualDensities_ContainsMinusLogFour()
    {
        foreach (var p in TestPairs.Families.OfType<ICertifiedDensity>().Cast<Density>())
        {
            Assert.True(new VirtualCriterion(p, p).Certified().Contains(Constants.GlobalMinimum), $"{p}");
            Assert.True(new VirtualCriterion(p, p).CertifiedFromJensenShannon().Contains(Constants.GlobalMinimum), $"{p}");
        }
    }

    [Fact]
    public void Certified_PairsOfSectionTwelve_TakeFewEvaluations()
    {
        const long most = 2000;
        foreach (var (p, q) in TestPairs.ShiftedGaussians.Concat(TestPairs.Twenty))
            Assert.InRange(new VirtualCriterion(p, q).Certified().Evaluations, 1, most);
    }

    [Fact]
    public void FromClosedForm_KnownPairs_LiesInTheEnclosure()
    {
        (Density, Density)[] pairs =
        [
            (new Uniform(0, 1), new Uniform(0.5, 2)), (new Laplace(), new Laplace(2)), (new Laplace(1, 0.3), new Laplace(1.2, 0.3)),
            (new Uniform(0, 1), new Uniform(3, 4)), (new Laplace(), new Laplace(30)),
        ];
        foreach (var (p, q) in pairs)
        {
            var criterion = new VirtualCriterion(p, q);
            var enclosure = criterion.Certified(1e-13);
            Assert.InRange(criterion.FromClosedForm()!.Value, enclosure.Lo - 2e-15, enclosure.Hi + 2e-15); // rounding of the formula
        }
        Assert.Null(new VirtualCriterion(new Gaussian(), new Laplace()).FromClosedForm());
    }

    [Fact]
    public void ByMonteCarlo_Seeded_AgreesWithTheCertificateWithinFourStandardErrors()
    {
        foreach (var (p, q) in TestPairs.Twenty)
        {
            var criterion = new VirtualCriterion(p, q);
            var estimate = criterion.ByMonteCarlo(20_000, new Random(7));
            Assert.InRange(estimate.Error, 0, 0.02);
            Assert.True(estimate.AgreesWith(criterion.Certified().Midpoint, 4), $"{criterion}: {estimate}");
        }
    }

    [Fact]
    public void ByMonteCarlo_SameSeed_IsTheSameNumber()
    {
        var criterion = new VirtualCriterion(new Gaussian(), new StudentT(3));
        Assert.Equal(criterion.ByMonteCarlo(100, new Random(1)), criterion.ByMonteCarlo(100, new Random(1)));
    }

    [Fact]
    public void Of_DisjointRingModes_EqualsTheDiscreteFormula()
    {
        GaussianMixture2D p = GaussianMixture2D.Ring(8, 2, 0.05), q = new((1, p.Modes[0].X, p.Modes[0].Y, 0.05));
        var estimate = VirtualCriterion.Of(p, q, 1e-7);
        double expected = VirtualCriterion.Of(DiscreteDistribution.Even(8), DiscreteDistribution.Covering(8, 1));
        Assert.True(estimate.AgreesWith(expected), $"{estimate} against {expected}");
        Assert.InRange(estimate.Error, 0, 1e-5);
    }

    [Fact]
    public void Of_RoundGaussiansInThePlane_EqualsTheLine()
    {
        GaussianMixture2D p = new((1, 0, 0, 1)), q = new((1, 0.6, 0.8, 1)); // distance 1: only the line through the centres matters
        var estimate = VirtualCriterion.Of(p, q);
        Assert.True(estimate.AgreesWith(new VirtualCriterion(new Gaussian(), new Gaussian(1)).Certified().Midpoint), $"{estimate}");
    }

    [Fact]
    public void Terms_OfTheSum_AddUpLineByLine()
    {
        foreach (var (p, q) in TestPairs.Twenty)
        {
            var criterion = new VirtualCriterion(p, q);
            var (value, logit) =
                (new ValueFunction(p, q), (Func<double, double>)(x => Math.Clamp(new OptimalDiscriminator(p, q).Logit(x), -1e4, 1e4)));
            var mixture = new Mixture((0.5, p), (0.5, q));
            // E_p[log D*] + log 2 = KL(p‖m), E_q[log(1 − D*)] + log 2 = KL(q‖m): certified, by quadrature of V, by quadrature of KL.
            // Beta(0.5, …) leaves 1e-8
            Assert.Equal(criterion.CertifiedDataTerm().Midpoint, value.DataTerm(logit).Value + Constants.Log2, 2e-8);
            Assert.Equal(criterion.CertifiedGeneratedTerm().Midpoint, value.GeneratedTerm(logit).Value + Constants.Log2, 2e-8);
            Assert.Equal(criterion.CertifiedDataTerm().Midpoint, Divergence.KullbackLeibler(p, mixture).Value, 2e-8);
            Assert.Equal(criterion.CertifiedGeneratedTerm().Midpoint, Divergence.KullbackLeibler(q, mixture).Value, 2e-8);
        }
    }

    [Fact]
    public void Certified_DensityWithoutBounds_SaysSo() => Assert.Throws<NotSupportedException>(
        () => new VirtualCriterion(new Gaussian(), new PushForward(new Gaussian(), z => z)).Certified());

    private static void AssertFourWays((Density P, Density Q) pair)
    {
        var criterion = new VirtualCriterion(pair.P, pair.Q);
        var (direct, twin, quadrature) =
            (criterion.Certified(Width), criterion.CertifiedFromJensenShannon(Width), criterion.ByQuadrature());
        Assert.True(direct.Overlaps(twin), $"{criterion}: {direct} and {twin}");
        Assert.InRange(direct.Width, 0, Width);
        Assert.InRange(twin.Width, 0, Width);
        Assert.True(Math.Abs(quadrature.Value - direct.Midpoint) <= quadrature.Error + 0.5 * direct.Width,
            $"{criterion}: {quadrature} against {direct}");
        Assert.InRange(direct.Hi, -Constants.Log4, 1e-12);
    }

    private static void AssertContains(Enclosure enclosure, string reference, VirtualCriterion criterion)
    {
        var exact = Rational.Parse(reference);
        Assert.True(Rational.FromDouble(enclosure.Lo) <= exact && exact <= Rational.FromDouble(enclosure.Hi),
            $"{criterion}: {enclosure} misses {reference}");
        Assert.True(enclosure.Width <= Width, $"{criterion}: {enclosure}");
    }
}
