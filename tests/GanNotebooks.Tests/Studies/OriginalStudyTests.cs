using GanNotebooks.Data;
using GanNotebooks.Studies;
using GanNotebooks.Training;

namespace GanNotebooks.Tests.Studies;

public sealed class OriginalStudyTests
{
    [Fact]
    public void Run_TwoSteps_RecordsOnceAndReadsBack()
    {
        string folder = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;
        var lines = new List<string>();
        void Run() => new OriginalStudy(Path.Combine(folder, "results"), Path.Combine(folder, "scratch"))
        {
            Moments = 1, Samples = 40, TestImages = 20, Log = lines.Add,
        }.Run(Mnist.Train(), Mnist.Test().Take(60), [OriginalStudy.Program], [1], steps: 2);
        Run();
        Run();
        Assert.Single(lines);
        var run = RecordedOriginal.Read(Assert.Single(Directory.GetFiles(Path.Combine(folder, "results"))));
        Assert.Equal([0, 2], run.Trajectory.Select(e => e.Step));
        Assert.Equal([20, 60], run.Trajectory.Select(e => e.TestCount));
        Assert.Equal(40, run.End.Labels.Sum());
        using var digits = run.Images();
        Assert.Equal([100, 1, 28, 28], digits.shape);
        Assert.InRange(digits.max().item<float>(), 0, 1);
        Directory.Delete(folder, recursive: true);
    }

    // The program halves D's loss, which halves its gradient: for descent that is half the step size.
    [Fact]
    public void Config_Variants_DifferInTheOrderOfUpdatesAlone()
    {
        var (program, paper) = (OriginalStudy.Config("program", 1, 10), OriginalStudy.Config("paper", 1, 10));
        Assert.Equal(UpdateOrder.Simultaneous, program.Order);
        Assert.Equal(program with { Order = UpdateOrder.Alternating }, paper);
        Assert.Equal(0.5, program.DiscriminatorOptimizer.LearningRate / program.GeneratorOptimizer.LearningRate, 1e-12);
        Assert.Throws<ArgumentException>(() => OriginalStudy.Config("code", 1, 10));
    }

    [Fact]
    public void Recorded_Runs_HoldTheirMeasurement()
    {
        Assert.Equal(OriginalStudy.Methods.Order(), RecordedOriginal.All().Select(r => r.Method).Distinct().Order());
        foreach (string method in OriginalStudy.Methods)
        {
            var run = RecordedOriginal.Longest(method);
            Assert.Equal((method, 10_000, run.Steps), (run.Method, run.End.Samples, run.End.Step));
            using var digits = run.Images();
            Assert.Equal(100, digits.shape[0]);
        }
        Assert.Throws<ArgumentException>(() => RecordedOriginal.Longest("code"));
    }
}
