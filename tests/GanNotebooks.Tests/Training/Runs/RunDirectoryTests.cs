using System.Text;
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

    public void Dispose() => Directory.Delete(folder, recursive: true);

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
