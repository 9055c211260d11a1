using GanNotebooks.Live;
using GanNotebooks.Theory;
using TorchSharp;

namespace GanNotebooks.Tests.Live;

public sealed class TruthTests
{
    // The floor is what a perfect sampler shows: the mean over seeds lies within four standard errors of it.
    [Theory]
    [InlineData("ring", 24)]
    [InlineData("ring", 48)]
    [InlineData("moons", 48)]
    public void Divergence_OfSamplesOfTheData_IsTheFloor(string name, int side)
    {
        var target = LiveTarget.Named(name);
        var plane = new Plane(target, side);
        double[] values = [.. Enumerable.Range(1, 20).Select(seed =>
        {
            using var source = target.Create(seed);
            using var points = source.Next(4000);
            return plane.Divergence(plane.Counts(points.data<float>().ToArray()))!.Value.Divergence;
        })];
        double mean = values.Average(), error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / 19 / 20);
        double floor = plane.Divergence(plane.Counts(Draw(target, 99, 4000)))!.Value.Floor;
        Assert.Equal(mean, floor, 4 * error);
        Assert.True(floor > 10 * error, "the test could not tell the floor from zero");
    }

    // Two round bells that hardly overlap, against the sum over the cells by hand: C of disjoint laws is 0, JSD log 2.
    [Fact]
    public void Divergence_OfSamplesFarFromTheData_IsLog2()
    {
        var plane = new Plane(LiveTarget.Named("ring"), 32);
        float[] centre = [.. Enumerable.Repeat(0f, 2000)];
        var (divergence, error, _) = plane.Divergence(plane.Counts(centre))!.Value;
        Assert.Equal(Math.Log(2), divergence, 1e-6);
        Assert.True(error < 1e-3);
    }

    [Fact]
    public void Density_OfManySamples_IsThatOfTheDataWithTheSameBlur()
    {
        var target = LiveTarget.Named("moons");
        var plane = new Plane(target, 48);
        float[] q = plane.Density(plane.Counts(Draw(target, 5, 400_000)));
        double largest = plane.DataDensity!.Max();
        for (int i = 0; i < q.Length; i++)
            Assert.Equal(plane.DataDensity![i], q[i], 0.06 * largest);
    }

    // The truth on the line is that of the library's theory, and agrees with samples.
    [Fact]
    public void LineTruth_TrainedRun_AgreesWithSamples()
    {
        using var run = new LiveRun(LivePresets.Named("learns").Start);
        while (run.Step < 300)
            run.Advance(300);
        Assert.True(LineTruth.Fits(run.Trainer));
        var truth = new LineTruth(run.Trainer, run.Setup.Target.Modes!);
        using var scope = torch.NewDisposeScope();
        float[] samples = run.Trainer.Sample(50_000).data<float>().ToArray();
        double share = samples.Count(x => x < 0.5) / 50_000.0, mass = Quadrature.Default.Integrate(truth.Samples.Pdf, -8, 0.5).Value;
        Assert.Equal(mass, share, 4 * Math.Sqrt(0.25 / 50_000));

        using var data = run.Setup.Target.Create(77);
        float[] real = data.Next(50_000).data<float>().ToArray();
        double[] terms = [.. real.Select(x => -LogSpace.Softplus(-truth.Logit(x)))
            .Zip(samples, (a, x) => a - LogSpace.Softplus(truth.Logit(x)))];
        double value = terms.Average(), error = Math.Sqrt(terms.Sum(t => (t - value) * (t - value))) / terms.Length;
        Assert.Equal(truth.Criterion().Value - truth.Gap().Value, value, 4 * error);
        Assert.InRange(truth.Criterion().Value, -Math.Log(4), 0);
        Assert.True(truth.Gap().Value >= 0);
    }

    // A slow layer is computed again after so many times its cost; here that is never. On the line it was once computed for each frame.
    [Theory]
    [InlineData("learns")]
    [InlineData("rotates")]
    public void SlowLayer_InTheNextFrames_IsTheSameOne(string preset)
    {
        using var run = new LiveRun(LivePresets.Named(preset).Start);
        using var layers = new RunLayers(run, slowShare: 1e9);
        var seen = new List<int>();
        for (int step = 0; step < 4; step++)
        {
            var frame = new FrameData();
            var numbers = frame.Begin("A");
            layers.Add(frame, numbers, new HashSet<string> { RunLayers.Truth }, grid: 24);
            seen.Add(numbers["numbers"]!["truth"]!["step"]!.GetValue<int>());
            run.Advance(run.Step + 1);
        }

        Assert.Equal([0, 0, 0, 0], seen);
    }

    private static float[] Draw(LiveTarget target, int seed, int count)
    {
        using var source = target.Create(seed);
        using var points = source.Next(count);
        return points.data<float>().ToArray();
    }
}
