using GanNotebooks.Data;
using GanNotebooks.Tests.Data;
using GanNotebooks.Training;

namespace GanNotebooks.Tests.Training;

public sealed class GradientStudyTests
{
    [Fact]
    public void Run_TwoAges_RecordsBothOnceAndTheBoundHolds()
    {
        using var folder = new TemporaryFolder();
        var lines = new List<string>();
        var study = new GradientStudy(Path.Combine(folder.Path, "results"), Path.Combine(folder.Path, "scratch"))
        {
            Width = 4, JudgeWidth = 4, Ages = [1, 2], Updates = 12, Marks = [1, 12], Log = lines.Add,
        };
        var (train, heldOut) = (Mnist.Train().Take(192), Mnist.Test().Take(64));
        study.Run(train, heldOut, [1]);
        study.Run(train, heldOut, [1]);
        Assert.Equal(2, lines.Count);
        var runs = new[] { 1, 2 }.Select(age => RecordedGradients.Read(Path.Combine(folder.Path, "results", $"seed1-epochs{age}.json"))).ToArray();
        Assert.All(runs, r => Assert.Equal([1, 12], r.Course.Select(c => c.Update)));
        Assert.All(runs.SelectMany(r => r.Course).SelectMany(c => c.Batches), g => Assert.InRange(g.Saturating, double.Epsilon, g.Bound));
        Assert.NotEqual(runs[0].Course[0].Batches[0], runs[1].Course[0].Batches[0]);
    }
}
