using GanNotebooks.Data;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Data;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Studies;

public sealed class StuckStudyTests
{
    private static StuckSetup Short(StuckLoss loss) => new(loss, StepRule.Plain, DiscriminatorSteps: 2, Ahead: 3);

    [Fact]
    public void Run_BothLosses_AreRecordedOnceWithTheirSettings()
    {
        using var folder = new TemporaryFolder();
        var lines = new List<string>();
        var study = new StuckStudy(folder.Path, Path.Combine(folder.Path, "scratch"))
        {
            Steps = 5, Setups = [.. StuckLoss.All.Select(Short)], Log = lines.Add
        };
        study.Run(Mnist.Train().Take(192), [1]);
        study.Run(Mnist.Train().Take(192), [1]);
        Assert.Equal(2, lines.Count);
        var runs = StuckLoss.All.Select(l =>
            RecordedStuck.Read(Path.Combine(folder.Path, $"{l.Name}-plain-k2-ahead3-5-seed1.json"))).ToArray();
        Assert.All(runs, r => Assert.Equal([0, 1, 2, 3, 4, 5], r.Trajectory.Select(m => m.Step)));
        Assert.All(runs, r => Assert.Equal(0, r.Trajectory[0].Moved));
        Assert.All(runs, r => Assert.True(r.End.Moved > 0));
        Assert.All(runs, r => Assert.Equal(1000, r.End.Labels.Sum()));
        Assert.Equal(StuckLoss.All.Select(l => l.Loss.GetType().Name),
            runs.Select(r => r.Description.GetProperty("settings").GetProperty("Loss").GetProperty("type").GetString()));
        // both losses start from the same networks and the same lead of D
        Assert.Equal(runs[0].Trajectory[0] with { Labels = [] }, runs[1].Trajectory[0] with { Labels = [] });
        using var images = runs[0].ToTensor();
        Assert.Equal([8, 784], images.shape);
    }

    // NaN is neither trained on nor measured: the run is reported, nothing is recorded, and the other runs go on.
    [Fact]
    public void Run_RunThatDiverges_IsReportedAndTheOthersGoOn()
    {
        using var folder = new TemporaryFolder();
        var lines = new List<string>();
        var wild = new StuckSetup(StuckLoss.Saturating, new StepRule("wild", new AdamConfig(1e30)), DiscriminatorSteps: 1, Ahead: 0);
        new StuckStudy(folder.Path, Path.Combine(folder.Path, "scratch"))
        {
            Steps = 5, Setups = [wild, Short(StuckLoss.NonSaturating)], Log = lines.Add
        }.Run(Mnist.Train().Take(192), [1]);
        Assert.Equal(2, lines.Count);
        Assert.Contains("diverged at step", lines[0], StringComparison.Ordinal);
        Assert.Contains("not finite", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("wild", Assert.Single(Directory.GetFiles(folder.Path, "*.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_Images_ComeBackWithinHalfAStep()
    {
        using var images = linspace(-1, 1, 2 * 784).view(2, 784);
        var run = new RecordedStuck("saturating", "plain", 1, 0, 1, [], RecordedStuck.Bytes(images), 0, default);
        using var back = run.ToTensor();
        Assert.InRange((images - back).abs().max().item<float>(), 0, 0.5 / 127.5 + 1e-6);
    }

    [Fact]
    public void Gradient_Run_IsThatOfItsOwnLoss()
    {
        var evaluation = new StuckEvaluation(0, 0, Saturating: 1, NonSaturating: 2, 0, 0, []);
        RecordedStuck Run(StuckLoss loss) => new(loss.Name, "plain", 1, 0, 1, [evaluation], [], 0, default);
        Assert.Equal(1, Run(StuckLoss.Saturating).Gradient(evaluation));
        Assert.Equal(2, Run(StuckLoss.NonSaturating).Gradient(evaluation));
    }

    // The claim of notebook 08, with the margins that it states.
    [Fact]
    public void All_RecordedRuns_AreFourSeedsOfEachSetupAndPlainStepsGetStuckOnlyOnTheSaturatingLoss()
    {
        var runs = RecordedStuck.All();
        Assert.Equal(from s in StuckSetup.All from seed in Enumerable.Range(1, 4) select (s.Name, seed),
            runs.Select(r => (StuckSetup.All.Single(r.IsOf).Name, r.Seed)));
        var ahead = runs.Where(r => r.Rule == StepRule.Plain.Name && r.Ahead > 0).ToList();
        Assert.Equal(16, ahead.Count);
        Assert.All(ahead.Where(r => r.Loss == StuckLoss.Saturating.Name), r => Assert.InRange(r.End.Moved, 0, 0.001));
        Assert.All(ahead.Where(r => r.Loss == StuckLoss.NonSaturating.Name), r => Assert.InRange(r.End.Moved, 0.5, 2));
    }
}
