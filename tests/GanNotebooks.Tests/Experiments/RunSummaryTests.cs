using System.Diagnostics;
using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Experiments;
using GanNotebooks.Plotting;
using GanNotebooks.Studies;
using GanNotebooks.Tests.Training;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Experiments;

/// <summary>Runs as their folders show them.</summary>
public sealed class RunSummaryTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Of_FinishedRun_HasProgressSettingsMeasuresAndOrigin()
    {
        var recipe = new TrainingRecipe("ring", "mlp") { Steps = 12, BatchSize = 8, Seed = 4 };
        Train("a", recipe);
        var run = RunSummary.Of(Path.Combine(root, "a"));
        Assert.Equal(("a", "ring", "mlp", 4, 12, 12, RunStatus.Finished, ""),
            (run.Name, run.Data, run.Model, run.Seed, run.Step, run.Steps, run.Status, run.Fault));
        Assert.Equal(12, run.Last!.Step);
        Assert.Equal("8", run.Settings["BatchSize"]);
        Assert.Equal(RunMeasures.NamesFor(recipe).Order(), run.Measures.Keys.Where(n => !n.EndsWith("-floor", StringComparison.Ordinal)));
        Assert.Equal(RunOutcome.SecondsOf(History.Read(run.Folder)), run.Seconds!.Value, 1e-9);
        Assert.Null(run.Origin);
        Assert.NotEqual("", run.Described("torch"));
    }

    [Fact]
    public void Of_RunOfANotebook_IsKnownWithoutARecipe()
    {
        using (var directory = new RunDirectory(Path.Combine(root, "own")))
            directory.Train(TinyRun.Create(TinyRun.Config), until: 12).Dispose();
        var run = RunSummary.Of(Path.Combine(root, "own"));
        Assert.Equal((RunStatus.Interrupted, "own", 12, 30, 3), (run.Status, run.Model, run.Step, run.Steps, run.Seed));
        Assert.Contains("ring", run.Data, StringComparison.Ordinal);
        Assert.Equal("NonSaturatingLoss", run.Settings["Loss.type"]);
        Assert.Empty(run.Measures);
    }

    [Fact]
    public void Of_FolderThatAProcessHolds_IsRunningAndTheProcessIsNotDisturbed()
    {
        using var directory = new RunDirectory(Path.Combine(root, "busy"));
        using var trainer = TinyRun.Create(TinyRun.Config);
        directory.Train(trainer, until: 10);
        Assert.Equal(RunStatus.Running, RunSummary.Of(directory.Path).Status);
        directory.Train(trainer);
        directory.Dispose();
        Assert.Equal(RunStatus.Finished, RunSummary.Of(directory.Path).Status);
    }

    // A lock of another process: the file is open for it alone.
    [Fact]
    public void Of_LockOfAnotherProcess_IsRunning()
    {
        Train("a", new TrainingRecipe("ring", "mlp") { Steps = 2, BatchSize = 8 });
        using (new FileStream(Path.Combine(root, "a", "run.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal(RunStatus.Running, RunSummary.Of(Path.Combine(root, "a")).Status);
        Assert.Equal(RunStatus.Finished, RunSummary.Of(Path.Combine(root, "a")).Status);
    }

    [Theory]
    [InlineData("config.json", "{\"settings\":5,\"data\":[]}", RunStatus.Finished, "")]
    [InlineData("config.json", "{\"settings\":{\"Steps\":1,\"Steps\":2}}", RunStatus.Finished, "")]
    [InlineData("config.json", "[1]", RunStatus.Damaged, "config.json is no JSON object")]
    [InlineData("config.json", "{\"a\":1,\"a\":2}", RunStatus.Damaged, "config.json is no JSON object")]
    [InlineData("train.json", "{", RunStatus.Damaged, "train.json is no JSON object")]
    [InlineData("train.json", "{\"Recipe\":7}", RunStatus.Damaged, "train.json does not hold the settings of a run")]
    [InlineData("train.json", "{\"Recipe\":{\"Data\":null,\"Model\":\"mlp\"}}", RunStatus.Damaged, "does not hold the settings")]
    [InlineData("measures.json", "{\"steps\":1}", RunStatus.Damaged, "measures.json")]
    [InlineData("metrics.jsonl", "x\ny\n", RunStatus.Damaged, "metrics.jsonl")]
    [InlineData("checkpoints/step-000000002.checkpoint", "nothing", RunStatus.Damaged, "step-000000002.checkpoint is no checkpoint")]
    public void Of_ForgedFile_IsADamagedRunOrSettingsWithoutMeaning(string file, string text, RunStatus status, string fault)
    {
        Train("a", new TrainingRecipe("ring", "mlp") { Steps = 2, BatchSize = 8 });
        File.WriteAllText(Path.Combine(root, "a", file), text);
        var run = Assert.Single(RunSummary.In(root));
        Assert.Equal(status, run.Status);
        Assert.Contains(fault, run.Fault, StringComparison.Ordinal);
        _ = (run.Settings, run.Origin, run.Seconds, run.Changed, run.Described("torch"));
        Assert.Contains("a", ((IReadOnlyList<RunSummary>)[run]).Overview().ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void In_LinksPipesAndFoldersOfOthers_AreLeftOutOrNamed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "named pipes of Unix");
        Train("a", new TrainingRecipe("ring", "mlp") { Steps = 2, BatchSize = 8 });
        Directory.CreateSymbolicLink(Path.Combine(root, "loop"), root);
        Directory.CreateDirectory(Path.Combine(root, "empty"));
        foreach (string name in new[] { "train.json", "config.json", "metrics.jsonl", "measures.json" })
        {
            string folder = Directory.CreateDirectory(Path.Combine(root, "pipe-" + name)).FullName;
            MakePipe(Path.Combine(folder, name));
            string linked = Directory.CreateDirectory(Path.Combine(root, "link-" + name)).FullName;
            File.Copy(Path.Combine(root, "a", "train.json"), Path.Combine(linked, name == "train.json" ? "config.json" : "train.json"));
            File.CreateSymbolicLink(Path.Combine(linked, name), Path.Combine(root, "a", name));
        }
        var runs = RunSummary.In(root);
        Assert.Equal(["a", "link-config.json", "link-measures.json", "link-metrics.jsonl", "link-train.json", "pipe-config.json",
            "pipe-metrics.jsonl", "pipe-train.json"], runs.Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.All(runs.Where(r => r.Name != "a"), run => Assert.Equal(RunStatus.Damaged, run.Status));
        Assert.All(runs.Where(r => r.Name.StartsWith("link", StringComparison.Ordinal)), run =>
            Assert.Contains("is a link", run.Fault, StringComparison.Ordinal));
    }

    [Fact]
    public void In_MissingFolderOrFile_IsOneClearError()
    {
        Assert.Contains("no such folder", Assert.Throws<DataFileException>(() => RunSummary.In(Path.Combine(root, "x"))).Message,
            StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(root, "file"), "");
        Assert.Throws<DataFileException>(() => RunSummary.In(Path.Combine(root, "file")));
        Assert.Throws<DataFileException>(() => RunSummary.Of(root));
        Assert.Empty(RunSummary.In(root));
    }

    // No checkpoint is read but its first bytes: a thousand with nothing behind them.
    [Fact]
    public void In_ManyRunsInFoldersOfFolders_AreReadInTheOrderOfTheirNumbers()
    {
        Train("sweep/runs/0", new TrainingRecipe("ring", "mlp") { Steps = 2, BatchSize = 8 });
        string first = Path.Combine(root, "sweep/runs/0"), checkpoint = Path.Combine(first, "checkpoints", "step-000000002.checkpoint");
        File.WriteAllBytes(checkpoint, File.ReadAllBytes(checkpoint)[..16]);
        for (int i = 1; i < 200; i++)
        {
            string folder = Path.Combine(root, $"sweep/runs/{i}");
            Directory.CreateDirectory(Path.Combine(folder, "checkpoints"));
            foreach (string name in new[] { "train.json", "config.json", "metrics.jsonl", "measures.json",
                "checkpoints/step-000000002.checkpoint" })
            {
                File.Copy(Path.Combine(first, name), Path.Combine(folder, name));
            }
        }
        var runs = RunSummary.In(root);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"sweep/runs/{i}"), runs.Select(r => r.Name));
        Assert.All(runs, run => Assert.Equal(RunStatus.Finished, run.Status));
    }

    [Fact]
    public void Groups_SeedsOfTwoSettings_AreTwoGroupsNamedByWhatSomebodyChose()
    {
        var plain = new TrainingRecipe("ring", "mlp") { Steps = 2, BatchSize = 8 };
        var changed = plain.With("Loss", "Hinge");
        foreach (int seed in new[] { 1, 2, 3 })
        {
            Train($"p{seed}", plain with { Seed = seed });
            Train($"h{seed}", changed with { Seed = seed });
        }
        Train("grid", plain with { Data = "grid" });
        var runs = RunSummary.In(root);
        var groups = RunGroup.Of(runs);
        Assert.Equal([("grid, Loss RelativisticPaired", 1), ("ring, Loss Hinge", 3), ("ring, Loss RelativisticPaired", 3)],
            groups.Select(g => (g.Label, g.Runs.Count)).Order());
        Assert.Equal(3, groups.Single(g => g.Label == "ring, Loss Hinge").Values("reverse-kl").Count);
        var (different, same) = RunSummary.Compare(runs);
        Assert.Equal(["Data", "Loss", "Seed"], different.Select(d => d.Name));
        Assert.Contains(("BatchSize", "8"), same);
        string table = runs.MeasureTable().ToText();
        Assert.Matches(@"ring, Loss Hinge\s+3\s+.*\[.*, .*\]", table);
        Assert.Contains("reverse-kl ↓", table, StringComparison.Ordinal);
        Assert.Contains("Loss", runs.DifferenceTable().ToText(), StringComparison.Ordinal);
    }

    // Labels that are cut would be the same for settings that differ in their last part only, and then depend on the order of the runs.
    [Fact]
    public void Groups_SettingsThatDifferInMuch_AreNamedByWhatTellsThemApart()
    {
        var plain = new TrainingRecipe("ring", "mlp") { Steps = 2, BatchSize = 8 };
        var other = plain.With("GeneratorOptimizer.LearningRate", "0.001").With("DiscriminatorOptimizer.LearningRate", "0.002")
            .With("GeneratorOptimizer.Beta1", "0.25").With("DiscriminatorOptimizer.Beta1", "0.125").With("FinalLearningRate", "0.5");
        Train("a", plain);
        Train("b", other.With("Penalty", "R1R2(2)") with { Seed = 5 });
        Train("c", other.With("Penalty", "R1R2(3)"));
        var runs = RunSummary.In(root);
        string[] Named(IReadOnlyList<RunSummary> some) =>
            [.. RunGroup.Of(some).Select(g => $"{g.Runs[0].Name}: {g.Label}").Order(StringComparer.Ordinal)];
        Assert.Equal(["a: Penalty.OnFake 0.1", "b: Penalty.OnFake 2", "c: Penalty.OnFake 3"], Named(runs));
        Assert.Equal(Named(runs), Named([.. runs.Reverse()]));
    }

    [Fact]
    public void CurveFigure_TwoSettingsOfSeveralSeeds_HasALegendEntryForEach()
    {
        var plain = new TrainingRecipe("ring", "mlp") { Steps = 20, BatchSize = 8 };
        foreach (int seed in new[] { 1, 2 })
        {
            Train($"p{seed}", (plain with { Seed = seed }).With("RecordEvery", "5"));
            Train($"h{seed}", (plain with { Seed = seed }).With("RecordEvery", "5").With("Loss", "Hinge"));
        }
        var runs = RunSummary.In(root);
        var figure = runs.CurveFigure(r => r.GeneratorLoss, "loss", "nats");
        var traces = figure.Specifications[0]["data"]!.AsArray();
        var lines = traces.Where(t => (bool?)t!["showlegend"] != false).ToList();
        Assert.Equal(["Loss Hinge", "Loss RelativisticPaired"], lines.Select(t => (string?)t!["name"]).Order());
        Assert.Distinct(lines.Select(t => (string?)t!["line"]!["color"]));
        var hinge = lines.Single(t => (string?)t!["name"] == "Loss Hinge")!;
        double expected = new[] { "h1", "h2" }.Average(n => History.Read(Path.Combine(root, n))[^1].GeneratorLoss);
        Assert.Equal(expected, hinge["y"]!.AsArray()[^1]!.GetValue<double>(), 1e-4); // figures have four digits
        Assert.Contains("(2 runs)", figure.Alt, StringComparison.Ordinal);
        Assert.Contains("</figure>", runs.LossFigures().ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void CurveFigure_HistoriesOfOtherLengthsOrNone_DrawsWhatThereIs()
    {
        Train("a", new TrainingRecipe("ring", "mlp") { Steps = 20, BatchSize = 8 });
        Train("b", new TrainingRecipe("ring", "mlp") { Steps = 8, BatchSize = 8 });
        History[] both = [History.Read(Path.Combine(root, "a")), History.Read(Path.Combine(root, "b"))];
        var figure = RunPlots.CurveFigure([("<b>x</b>", both), ("nothing", [[]])], r => r.RealLogit, "t", "y");
        var trace = Assert.Single(figure.Specifications[0]["data"]!.AsArray())!;
        Assert.Equal("‹b›x‹/b›", (string?)trace["name"]);
        Assert.Contains(trace["x"]!.AsArray(), x => x is null); // the gap between two runs
        Assert.Throws<ArgumentException>(() => RunPlots.CurveFigure([("nothing", [[]])], r => r.RealLogit, "t", "y"));
    }

    [Fact]
    public void Duration_Seconds_AreWrittenInTheLargestUnit() => Assert.Equal(["12 s", "3:25 min", "2:03 h", "–", "–"],
        new double?[] { 12, 205, 7380, null, double.NaN }.Select(RunTables.Duration));

    // As `workbook train` leaves a run.
    private void Train(string name, TrainingRecipe recipe)
    {
        string folder = Path.Combine(root, name);
        using var directory = new RunDirectory(folder) { TensorBoard = false };
        using var trainer = directory.Train(recipe.Create(CPU));
        File.WriteAllText(Path.Combine(folder, "train.json"), JsonSerializer.Serialize(new { Recipe = recipe, Threads = 1 }));
        RunOutcome.Of(recipe, trainer).Write(folder);
    }

    private static void MakePipe(string path)
    {
        using var maker = Process.Start("mkfifo", [path]);
        maker.WaitForExit();
        Assert.Equal(0, maker.ExitCode);
    }
}
