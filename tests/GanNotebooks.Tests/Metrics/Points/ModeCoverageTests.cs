using GanNotebooks.Data;
using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class ModeCoverageTests
{
    private const int N = 2500;
    private static readonly RingData Ring = new(seed: 5);

    [Fact]
    public void MassWithin_ThreeSigma_IsTheSheetsCeiling()
    {
        Assert.Equal(0.99730020393674, ModeCoverage.MassWithin(3, 1), 13);
        Assert.Equal(1 - Math.Exp(-4.5), ModeCoverage.MassWithin(3, 2), 15);
        Assert.Equal(0.97070911346511, ModeCoverage.MassWithin(3, 3), 12); // erf(3/√2) − √(2/π) 3 e^(−4.5)
        Assert.Equal(1 - Math.Exp(-4.5) * (1 + 4.5), ModeCoverage.MassWithin(3, 4), 14);
    }

    // Averages over 40 repetitions, so that the ceiling and the floor themselves are tested, not one draw.
    [Fact]
    public void Of_PerfectSampler_MeetsCeilingAndFloor()
    {
        var runs = Enumerable.Range(0, 40).Select(_ => ModeCoverage.Of(Ring.Next(N), Ring.Modes)).ToArray();
        Assert.All(runs, r => Assert.Equal((8, 8), (r.Captured, r.Occupied)));
        var quality = MeanWithError.Mean([.. runs.Select(r => r.HighQuality.Value)]);
        var kl = MeanWithError.Mean([.. runs.Select(r => r.ReverseKL.Value)]);
        Assert.Equal(runs[0].HighQualityCeiling, quality, 4 * quality.StandardError);
        Assert.Equal(runs[0].ReverseKLFloor, kl, 4 * kl.StandardError);
        Assert.Equal(0.0014, runs[0].ReverseKLFloor, 1e-12);
    }

    [Fact]
    public void Of_PerfectSampler_StandardErrorsAreTheSpreadOverRuns()
    {
        var runs = Enumerable.Range(0, 200).Select(_ => ModeCoverage.Of(Ring.Next(N), Ring.Modes)).ToArray();
        static double Spread(IEnumerable<double> v) => MeanWithError.Mean([.. v]).StandardError * Math.Sqrt(200);
        // The spread of 200 values is known to 1/√400 = 5 % for a normal, and 8 % for a χ² with 7 degrees: 30 % is 4 of those.
        Assert.Equal(1, Spread(runs.Select(r => r.HighQuality.Value)) / runs.Average(r => r.HighQuality.StandardError), 0.3);
        Assert.Equal(1,
            Spread(runs.Select(r => r.ReverseKL.Value)) / Math.Sqrt(runs.Average(r => Math.Pow(r.ReverseKL.StandardError, 2))), 0.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Of_KModesCoveredEvenly_HasReverseKLLogNOverK(int k)
    {
        var centres = tensor(Ring.Modes.Take(k).SelectMany(m => m.Centre).ToArray()).view(k, 2).repeat(100, 1);
        var coverage = ModeCoverage.Of(centres, Ring.Modes);
        Assert.Equal((k, k), (coverage.Captured, coverage.Occupied));
        Assert.Equal(Math.Log(8.0 / k), coverage.ReverseKL, 12);
        Assert.Equal(1, coverage.HighQuality.Value); // above the ceiling of .98889: too little spread
    }

    // The warning of the notebook: noise captures every mode; only quality tells.
    [Fact]
    public void Of_IsotropicNoise_CapturesModesButFailsTheRingCheck()
    {
        using var random = new Generator(1);
        var coverage = ModeCoverage.Of(1.5 * randn([20_000, 2], generator: random), Ring.Modes);
        Assert.Equal(8, coverage.Occupied);
        Assert.True(coverage.ReverseKL < 0.02);
        Assert.True(coverage.HighQuality < 0.05, $"{coverage}");
    }

    [Fact]
    public void Of_BlobBesideAMode_IsOccupiedButNotCaptured()
    {
        var mode = Ring.Modes[0];
        var blob = tensor(new[] { mode.Centre[0] + 4 * mode.Sigma, mode.Centre[1] }).view(1, 2).repeat(50, 1);
        var coverage = ModeCoverage.Of(blob, Ring.Modes);
        Assert.Equal((0, 1, 0), (coverage.Captured, coverage.Occupied, coverage.HighQuality.Value));
    }

    // 30 good samples on the first mode, 10 on the second, and 40 bad ones near the third: PacGAN's program does not count the bad ones.
    [Fact]
    public void GoodReverseKL_BadSamples_AreNotCounted()
    {
        (double X, double Y) Beside(int mode, double sigmas) =>
            (Ring.Modes[mode].Centre[0] + sigmas * Ring.Modes[mode].Sigma, Ring.Modes[mode].Centre[1]);
        var points = Enumerable.Repeat(Beside(0, 1), 30).Concat(Enumerable.Repeat(Beside(1, -2), 10))
            .Concat(Enumerable.Repeat(Beside(2, 4), 40)).ToArray();
        var coverage = ModeCoverage.Of(tensor(points.SelectMany(p => new[] { p.X, p.Y }).ToArray()).view(-1, 2), Ring.Modes);
        double KL(params double[] shares) => shares.Sum(s => s * Math.Log(8 * s));
        Assert.Equal(KL(0.75, 0.25), coverage.GoodReverseKL, 12);
        Assert.Equal(KL(0.375, 0.125, 0.5), coverage.ReverseKL, 12);
        Assert.True(double.IsNaN(ModeCoverage.Of(ones(5, 2) * 100, Ring.Modes).GoodReverseKL));
    }

    [Fact]
    public void Of_OtherDimension_IsRefusedWithTheShape() => Assert.Contains(
        "[5, 3]", Assert.Throws<ArgumentException>(() => ModeCoverage.Of(zeros(5, 3), Ring.Modes)).Message, StringComparison.Ordinal);
}
