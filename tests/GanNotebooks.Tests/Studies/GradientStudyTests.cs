using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Studies;

public sealed class GradientStudyTests
{
    [Fact]
    public void Run_TwoAges_RecordsBothOnceAndTheBoundHolds()
    {
        using var folder = new TemporaryFolder();
        var lines = new List<string>();
        var study = new GradientStudy(Path.Combine(folder.Path, "results"), Path.Combine(folder.Path, "scratch"))
        {
            Width = 4, DiscriminatorWidth = 4, Ages = [1, 2], Updates = 12, EvaluationSteps = [1, 12], Log = lines.Add,
        };
        var (train, heldOut) = (Mnist.Train().Take(192), Mnist.Test().Take(64));
        study.Run(train, heldOut, [1]);
        study.Run(train, heldOut, [1]);
        Assert.Equal(4, lines.Count);
        var runs = new[] { 1, 2 }.Select(age =>
            RecordedGradients.Read(Path.Combine(folder.Path, "results", $"seed1-epochs{age}-sees18.json"))).ToArray();
        Assert.All(runs, r => Assert.Equal([1, 12], r.Trajectory.Select(c => c.Update)));
        Assert.All(runs.SelectMany(r => r.Trajectory).SelectMany(c => c.Batches),
            g => Assert.InRange(g.Saturating, double.Epsilon, g.Bound));
        Assert.NotEqual(runs[0].Trajectory[0].Batches[0], runs[1].Trajectory[0].Batches[0]);
    }

    // The theorems are about a generator that stays as it is: in evaluation mode, statistics included.
    [Fact]
    public void Probe_Generator_StaysAsItIs()
    {
        using var folder = new TemporaryFolder();
        var study = new GradientStudy(folder.Path, folder.Path) { Updates = 5, EvaluationSteps = [5] };
        using var g = new DcganGenerator(noise: 64, width: 4, extraLayer: true).Dcgan(new Generator(1));
        using var d = new DcganDiscriminator(width: 4, batchNorm: false, extraLayer: true).UniformFanIn(new Generator(2));
        float[] State() => [.. g.state_dict().Values.SelectMany(t => t.to(float32).data<float>())];
        float[] before = State();
        var course = study.Probe(g, d, Mnist.Train().Take(192), Mnist.Test().Take(64), seed: 1);
        Assert.False(g.training);
        Assert.Equal(before, State());
        Assert.InRange(course.Single().OnFakes, 0, 1);
    }
}
