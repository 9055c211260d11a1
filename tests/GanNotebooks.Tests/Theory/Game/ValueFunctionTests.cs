using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class ValueFunctionTests
{
    public static TheoryData<int> Pairs => TestPairs.Indices(TestPairs.Twenty.Count);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void OfLogit_AtTheOptimum_IsTheCertifiedCriterion(int index)
    {
        var (p, q) = TestPairs.Twenty[index];
        var optimal = new OptimalDiscriminator(p, q);
        var value = new ValueFunction(p, q).OfLogit(x => Math.Clamp(optimal.Logit(x), -1e4, 1e4));
        Assert.Equal(new VirtualCriterion(p, q).Certified().Midpoint, value.Value, 5e-11);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Perturbation_RandomDirections_LowersTheValueToSecondOrder(int index)
    {
        var (p, q) = TestPairs.Twenty[index];
        var (value, random) = (new ValueFunction(p, q), new Random(index));
        var rough = Quadrature.Default with { AbsoluteTolerance = 1e-10 };
        for (int trial = 0; trial < 3; trial++)
        {
            var (w, phase, centre) = (0.5 + 2 * random.NextDouble(), 6 * random.NextDouble(), 2 * random.NextDouble() - 1);
            double H(double x) => Math.Cos(w * x + phase) * Math.Exp(-0.1 * (x - centre) * (x - centre));
            foreach (double epsilon in new[] { -0.9, -0.1, 0.1, 0.9 })
                Assert.True(value.Perturbation(epsilon, H, rough).Value < 0);
            var (one, half) = (value.Perturbation(0.02, H, rough).Value, value.Perturbation(0.01, H, rough).Value);
            Assert.Equal(4, one / half, 0.1); // no linear term: halving ε quarters the loss
        }
        Assert.Equal(0, value.Perturbation(0, _ => 1).Value);
    }

    [Fact]
    public void Perturbation_SumOfValues_EqualsTheDifferenceOfValues()
    {
        Gaussian p = new(), q = new(1);
        var (value, optimal) = (new ValueFunction(p, q), new OptimalDiscriminator(p, q));
        double Perturbed(double x) => optimal.At(x) * (1 + 0.3 * (1 - optimal.At(x)) * Math.Sin(x));
        double difference = value.OfProbability(Perturbed).Value - value.OfProbability(optimal.At).Value;
        Assert.Equal(difference, value.Perturbation(0.3, Math.Sin).Value, 1e-11);
    }

    [Fact]
    public void OfProbability_OneHalf_IsMinusLogFourForEveryPair() => Assert.All(TestPairs.Twenty, pair =>
        // Beta(0.7, …) leaves 1e-8 near its end
        Assert.Equal(-Constants.Log4, new ValueFunction(pair.P, pair.Q).OfProbability(_ => 0.5).Value, 1e-7));

    [Fact]
    public void OfProbability_OutsideTheUnitInterval_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ValueFunction(new Gaussian(), new Gaussian(1)).OfProbability(_ => 1.1));

    [Fact]
    public void MonteCarloOfLogit_Seeded_AgreesWithQuadratureWithinFourStandardErrors()
    {
        var value = new ValueFunction(new Gaussian(), new Gaussian(1));
        var estimate = value.MonteCarloOfLogit(x => 0.3 - x, 40_000, new Random(9));
        Assert.True(estimate.AgreesWith(value.OfLogit(x => 0.3 - x).Value, 4), $"{estimate}");
        Assert.Equal(80_000, estimate.Count);
    }

    [Fact]
    public void MonteCarlo_ManySeeds_HasAnHonestStandardError()
    {
        double exact = Divergence.KullbackLeibler(new Gaussian(), new Gaussian(1)).Value;
        int inside =
            Enumerable.Range(0, 200)
                .Count(seed =>
                    MonteCarlo.Expectation(new Gaussian(), x => new Gaussian().LogPdf(x) - new Gaussian(1).LogPdf(x), 200, new Random(seed))
                        .AgreesWith(exact, 1));
        Assert.InRange(inside, 110, 163); // 68.3 % of 200 = 137, four binomial standard deviations of 6.6
    }
}
