using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class ParticleFlowTests
{
    private const double Bandwidth = 0.5;
    private static readonly ScoredMixture normal = new((1, 0, 1));

    [Theory]
    [InlineData(GeneratorSignal.Saturating)]
    [InlineData(GeneratorSignal.NonSaturating)]
    public void Run_KernelEstimate_RestsWhereTheBlurredParticlesMatchTheData(GeneratorSignal signal)
        // what is left of the 1/N after extrapolation: measured .001
        => Assert.Equal(1 - Bandwidth * Bandwidth, LimitOfVariance(normal, signal), 0.004);

    [Fact]
    public void Run_BlurredDataAsWell_RemovesTheBias()
    {
        // Blurring both sides, which is what instance noise does, makes the particles themselves as wide as the data.
        var blurred = new ScoredMixture((1, 0, Math.Sqrt(1 + Bandwidth * Bandwidth)));
        Assert.Equal(1, LimitOfVariance(blurred, GeneratorSignal.NonSaturating), 0.004);
    }

    [Fact]
    public void Advance_FarFakes_SaturatingSignalFadesAndTheOtherDoesNot()
    {
        double[] far = [8];
        double Move(GeneratorSignal signal) =>
            Math.Abs(new ParticleFlow(normal, _ => new ScoredMixture((1, 8, 1)), signal, Step: 1).Advance(far)[0] - 8);
        // At x = 8, r = -32 and r′ = -8: D* r′ = 8 e^(-32), (1 - D*) r′ = 8.
        Assert.Equal(8, Move(GeneratorSignal.NonSaturating), 1e-12);
        Assert.Equal(8 * Math.Exp(-32), Move(GeneratorSignal.Saturating), 2e-15); // the position 8 itself is rounded to 9e-16
    }

    [Fact]
    public void Advance_KnownModelEqualToTheData_MovesNothing()
        => Assert.Equal([-3, 0.1, 7], new ParticleFlow(normal, _ => normal, GeneratorSignal.Saturating, Step: 1).Advance([-3, 0.1, 7]));

    [Fact]
    public void Score_Mixture_IsTheSlopeOfTheLogDensityAlsoInTheTails()
    {
        var mixture = new ScoredMixture((0.3, -2, 0.5), (0.7, 1, 1.5));
        foreach (double x in (double[])[-60, -2, -0.7, 0, 1, 5, 80])
        {
            const double H = 1e-3;
            double numeric = (8 * (mixture.LogDensity(x + H) - mixture.LogDensity(x - H))
                - (mixture.LogDensity(x + 2 * H) - mixture.LogDensity(x - 2 * H))) / (12 * H);
            // rounding of a log density of up to 2e3, 2e-13, over h
            Assert.Equal(mixture.Score(x), numeric, 1e-9 * Math.Max(1, Math.Abs(mixture.Score(x))));
        }

        Assert.Equal(-Math.Log(Math.Tau) / 2, normal.LogDensity(0), 1e-15);
    }

    [Fact]
    public void Constructor_BadComponents_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new ScoredMixture((0.5, 0, 1)));
        Assert.Throws<ArgumentException>(() => new ScoredMixture((1, 0, 0)));
        Assert.Throws<ArgumentException>(() => new ScoredMixture((1, double.NaN, 1)));
        Assert.Throws<ArgumentException>(() => new ScoredMixture());
    }

    /// <summary>
    /// The particles' variance at rest for N → ∞: finitely many lack the tails, which costs about 1.2/N, so N = 60 and 120 are
    /// extrapolated.
    /// </summary>
    private static double LimitOfVariance(ScoredMixture data, GeneratorSignal signal)
    {
        return 2 * AtRest(120) - AtRest(60);

        double AtRest(int count)
        {
            var flow = new ParticleFlow(data, points => ScoredMixture.Kernel(points, Bandwidth), signal, Step: 0.2);
            double[] last = flow.Run(Quantiles(count, mean: 1.5, std: 0.5), 400)[^1];
            double mean = last.Average();
            Assert.Equal(0, mean, 1e-3); // started at 1.5
            return last.Average(x => (x - mean) * (x - mean));
        }
    }

    /// <summary>Equally likely points of a logistic curve scaled to the standard deviation: any start will do.</summary>
    private static double[] Quantiles(int count, double mean, double std)
        => [.. Enumerable.Range(0, count).Select(k => (k + 0.5) / count)
            .Select(u => mean + std * Math.Sqrt(3) / Math.PI * Math.Log(u / (1 - u)))];
}
