using System.Text;
using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Tests.Runtime.Files;
using GanNotebooks.Training;

namespace GanNotebooks.Tests.Training;

public sealed class RunDirectoryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;
    private readonly List<string> warnings = [];

    [Fact]
    public void Run_BrokenOffAndResumed_EndsWithTheSameWeightsAndLog()
    {
        using var whole = TinyRun.Create(TinyRun.Config).Run();
        RunTo(13);
        string[] log = Lines();
        RunTo(null, out var resumed);
        using (resumed)
            Assert.Equal(whole.Weights(), resumed.Weights());
        Assert.Equal(10, resumed.History.Last(r => r.Step <= 10).Step);
        Assert.Equal([1, 5, 10, 15, 20, 25, 30], Lines().Select(Step));
        Assert.True(log.Length < 7);
    }

    // Checkpoint at step 10, log up to 15, then the process is gone: the lines after 10 are of steps that do not count.
    [Fact]
    public void Open_LogIsAheadOfTheCheckpoint_IsCutBack()
    {
        void RunTenAtATime(int until)
        {
            using var directory = new RunDirectory(folder) { CheckpointEvery = 10 };
            using var trainer = directory.Train(TinyRun.Create(TinyRun.Config), until: until);
        }
        RunTenAtATime(19);
        File.Delete(Make().Checkpoints[0]);
        Assert.Equal([1, 5, 10, 15], Lines().Select(Step));
        RunTenAtATime(11);
        Assert.Equal([1, 5, 10], Lines().Select(Step));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_NewestCheckpointDamaged_UsesTheOneBeforeWithAWarning(bool truncate)
    {
        RunTo(25);
        string newest = Make().Checkpoints[0];
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(newest, truncate ? bytes[..(bytes.Length / 2)] : bytes);
        RunTo(null, out var resumed);
        Assert.Contains("damaged", Assert.Single(warnings), StringComparison.Ordinal);
        using var whole = TinyRun.Create(TinyRun.Config).Run();
        using (resumed)
            Assert.Equal(whole.Weights(), resumed.Weights());
    }

    [Fact]
    public void Open_AllCheckpointsDamaged_IsRefused()
    {
        RunTo(25);
        foreach (string file in Make().Checkpoints)
            File.WriteAllText(file, "nothing");
        Assert.Contains("all checkpoints", Assert.Throws<CheckpointException>(() => RunTo(null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OtherSettings_IsRefused()
    {
        RunTo(12);
        using var directory = Make();
        using var other = TinyRun.Create(TinyRun.Config with { BatchSize = 8 });
        Assert.Contains("BatchSize: 16", Assert.Throws<CheckpointException>(() => directory.Train(other)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Directory_HoldsSettingsSamplesEventsAndTwoCheckpoints()
    {
        RunTo(null);
        string config = File.ReadAllText(Path.Combine(folder, "config.json"));
        foreach (string? part in new[] { "\"Seed\": 3", "\"type\": \"NonSaturatingLoss\"", "ring", "\"torch\"", "\"library\"" })
            Assert.Contains(part, config, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["step-000000025.checkpoint", "step-000000030.checkpoint"], Names("checkpoints"));
        Assert.Equal(["step-000000015.npy", "step-000000030.npy"], Names("samples"));
        byte[] sample = File.ReadAllBytes(Path.Combine(folder, "samples", "step-000000030.npy"));
        Assert.Equal(128 + 1000 * 2 * sizeof(float), sample.Length);
        Assert.Contains("'shape': (1000, 2, )", Encoding.ASCII.GetString(sample, 0, 128), StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "tensorboard")));
    }

    [Fact]
    public void Train_FolderWithForeignFiles_IsRefusedNamingThemAndUntouched()
    {
        foreach (string name in new[] { "config.json", "metrics.jsonl", "tensorboard/events.out.tfevents.1.mine", "weights/g.safetensors",
            "checkpoints/best.checkpoint", ".hidden", "notes.txt" })
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, name);
            string error = Assert.Throws<ForeignFolderException>(() => RunTo(null)).Message;
            Assert.Contains(name.Split('/')[0], error, StringComparison.Ordinal);
            Assert.Equal([path], Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
            Assert.Equal(name, File.ReadAllText(path));
            File.Delete(path);
            foreach (string empty in Directory.GetDirectories(folder))
                Directory.Delete(empty);
        }
        File.WriteAllText(Path.Combine(folder, "run.lock"), "pid 7");
        Assert.Throws<ForeignFolderException>(() => RunTo(null));
        Assert.Equal("pid 7", File.ReadAllText(Path.Combine(folder, "run.lock")));
    }

    [Fact]
    public void Train_ForeignFilesBesideTheRunsOwn_AreLeftAlone()
    {
        RunTo(12);
        string[] foreign =
        [
            .. new[] { "notes.txt", "tensorboard/events.out.tfevents.1.mine", "tensorboard/other/x",
                "tensorboard/events.out.tfevents.1.gan-notebooks-00000000", "checkpoints/best.checkpoint",
                "checkpoints/step-000000005 (copy).checkpoint", "checkpoints/step-1.checkpoint", "checkpoints/step-000000007.checkpoint",
                "checkpoints/step-000000005.checkpoint.bak.tmp", "samples/mine.png" }.Select(f => Path.Combine(folder, f)),
        ];
        foreach (string file in foreign)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "mine");
        }
        string left = Path.Combine(folder, "checkpoints", $"step-000000015.checkpoint.{Guid.NewGuid():N}.tmp");
        File.WriteAllText(left, "what a killed writer leaves");
        RunTo(null);
        Assert.All(foreign, file => Assert.Equal("mine", File.ReadAllText(file)));
        Assert.False(File.Exists(left));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(folder, "tensorboard"), "*.gan-notebooks-*").Length);
        using (var directory = Make())
        using (var trainer = directory.Train(TinyRun.Create(TinyRun.Config)))
            directory.Remove();
        Assert.Equal(foreign.Order(StringComparer.Ordinal),
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    // Runs of a library that did not mark their folders.
    [Fact]
    public void Train_UnmarkedFolderWithCheckpoints_IsContinued()
    {
        RunTo(13);
        File.WriteAllText(Path.Combine(folder, "run.lock"), "");
        RunTo(null, out var resumed);
        using (resumed)
        using (var whole = TinyRun.Create(TinyRun.Config).Run())
            Assert.Equal(whole.Weights(), resumed.Weights());
    }

    // A notebook: one cell makes the directory, another trains. The training cell is changed and run again.
    [Fact]
    public void Train_SameObjectOtherSettings_IsRefusedAndTheFirstRunGoesOn()
    {
        using var directory = Make();
        using (var first = TinyRun.Create(TinyRun.Config))
            directory.Train(first, until: 12);
        var before = Snapshot();
        using var second = TinyRun.Create(TinyRun.Config with { GeneratorOptimizer = new AdamConfig(1e-2), Steps = 50 });
        Assert.Throws<CheckpointException>(() => directory.Train(second));
        Assert.Throws<CheckpointException>(() => directory.SaveCheckpoint(second));
        Assert.Equal(before, Snapshot());
        using var again = TinyRun.Create(TinyRun.Config);
        using var whole = TinyRun.Create(TinyRun.Config).Run();
        Assert.Equal(whole.Weights(), directory.Train(again).Weights());
    }

    // Same settings, other starting weights: only the history tells the two runs apart.
    [Theory]
    [InlineData(5)]
    [InlineData(25)]
    public void Train_TrainerInTheMiddleOfAnotherRun_IsRefused(int step)
    {
        RunTo(12);
        var before = Snapshot();
        using var directory = Make();
        using var same = new Trainer(TinyRun.Config, new MultilayerPerceptron(2, [8], [2]), new MultilayerPerceptron(2, [8], [1]),
            new RingData(seed: 1)).Run(until: step);
        Assert.Contains("another run", Assert.Throws<CheckpointException>(() => directory.Train(same)).Message, StringComparison.Ordinal);
        using var other = TinyRun.Create(TinyRun.Config with { Seed = 4 }).Run(until: step);
        Assert.Throws<CheckpointException>(() => directory.Train(other));
        Assert.Throws<CheckpointException>(() => directory.SaveCheckpoint(other));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Train_TrainerThatWentOnWithoutTheFolder_ComesBackToIt()
    {
        using var directory = Make();
        using var trainer = TinyRun.Create(TinyRun.Config);
        directory.Train(trainer, until: 12);
        trainer.Run(until: 17);
        directory.Dispose();
        directory.Train(trainer);
        Assert.Equal([1, 5, 10, 15, 20, 25, 30], Lines().Select(Step));
    }

    // Killed before its first checkpoint, a run has left its settings and its log. They are those of a run, too.
    [Fact]
    public void Train_BeginningOfAnotherRun_IsRefused()
    {
        RunTo(4);
        foreach (string file in Make().Checkpoints)
            File.Delete(file);
        using (var directory = Make())
        using (var other = TinyRun.Create(TinyRun.Config with { Seed = 4 }))
        {
            Assert.Contains("Seed: 3 there, 4 here", Assert.Throws<CheckpointException>(() => directory.Train(other)).Message,
                StringComparison.Ordinal);
        }
        RunTo(null, out var same);
        using (same)
        using (var whole = TinyRun.Create(TinyRun.Config).Run())
            Assert.Equal(whole.Weights(), same.Weights());
    }

    [Fact]
    public void Train_AnotherObjectOfThisProcess_SaysSo()
    {
        using var first = Make();
        using var trainer = TinyRun.Create(TinyRun.Config);
        first.Train(trainer, until: 5);
        Assert.Contains("Dispose", Assert.Throws<RunInUseException>(() => RunTo(null)).Message, StringComparison.Ordinal);
        first.Dispose();
        RunTo(null);
    }

    [Theory]
    [InlineData("metrics.jsonl")]
    [InlineData("config.json")]
    [InlineData("run.lock")]
    [InlineData("train.json")]
    [InlineData("samples/step-000000030.npy")]
    [InlineData("weights/generator.safetensors")]
    [InlineData("checkpoints/step-000000015.checkpoint")]
    public void Train_LinkPipeOrFolderInPlaceOfAFile_IsRefusedByName(string name)
    {
        SpecialFiles.SkipOnWindows();
        using var special = new SpecialFiles();
        string path = Path.Combine(folder, name), victim = special.In("victim");
        RunTo(12);
        File.WriteAllText(victim, "victim");
        foreach (string kind in new[] { "link", "pipe", "folder", "dangling" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(path);
            if (kind == "folder")
                Directory.CreateDirectory(path);
            else
                File.CreateSymbolicLink(path, special.In(kind == "link" ? "victim" : kind));
            var error = Record.Exception(() => RunTo(null));
            Assert.True(error is IOException && error.Message.Contains(Path.GetFileName(name), StringComparison.Ordinal),
                $"{kind}: {error}");
            Assert.Equal("victim", File.ReadAllText(victim));
            if (kind == "folder")
                Directory.Delete(path);
        }
    }

    [Theory]
    [InlineData("checkpoints")]
    [InlineData("samples")]
    [InlineData("tensorboard")]
    [InlineData("weights")]
    public void Train_LinkInPlaceOfASubfolder_IsRefused(string name)
    {
        SpecialFiles.SkipOnWindows();
        RunTo(12);
        string elsewhere = Directory.CreateTempSubdirectory("gan-notebooks-elsewhere-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, name));
        Directory.Move(Path.Combine(folder, name), Path.Combine(elsewhere, name));
        Directory.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine(elsewhere, name));
        string[] before = Directory.GetFiles(elsewhere, "*", SearchOption.AllDirectories);
        Assert.Contains(name, Assert.ThrowsAny<IOException>(() => RunTo(null)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(elsewhere, "*", SearchOption.AllDirectories));
        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public void Train_NewestCheckpointForged_UsesTheOneBefore()
    {
        RunTo(25);
        string newest = Make().Checkpoints[0];
        File.WriteAllBytes(newest, Forgeries.WithHeader(File.ReadAllBytes(newest), _ => "{}"));
        RunTo(null, out var resumed);
        using (resumed)
        using (var whole = TinyRun.Create(TinyRun.Config).Run())
            Assert.Equal(whole.Weights(), resumed.Weights());
        Assert.Contains("does not hold the state of a run", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_CheckpointOfAnotherVersion_IsContinuedWithAWord()
    {
        RunTo(25);
        foreach (string file in Make().Checkpoints)
        {
            File.WriteAllBytes(file, Forgeries.WithHeader(File.ReadAllBytes(file),
                text => text.Replace("\"Library\":\"0.1.0", "\"Library\":\"99.0.0", StringComparison.Ordinal)));
        }
        RunTo(null);
        Assert.Contains("99.0.0", Assert.Single(warnings), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Dictionary<string, string> Snapshot() =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "run.lock")
            .ToDictionary(f => f, f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));

    private RunDirectory Make() => new(folder) { CheckpointEvery = 5, SampleEvery = 15, Warn = warnings.Add };

    private void RunTo(int? step)
    {
        RunTo(step, out var trainer);
        trainer.Dispose();
    }

    private void RunTo(int? step, out Trainer trainer)
    {
        using var directory = Make();
        trainer = directory.Train(TinyRun.Create(TinyRun.Config), until: step);
    }

    private string[] Lines() => File.ReadAllLines(Path.Combine(folder, "metrics.jsonl"));

    private static int Step(string line) =>
        int.Parse(line.Split("\"Step\":")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);

    private IEnumerable<string> Names(string part) =>
        Directory.GetFiles(Path.Combine(folder, part)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
