using System.Diagnostics;
using System.Globalization;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>Killed at any moment, a run resumes and ends with the same weights, byte for byte, as the uninterrupted one.</summary>
public sealed class KillTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-kill-").FullName;

    [Fact]
    public void Run_KilledTenTimes_EndsWithTheSameWeights() => KillAndCompare(10, images: false);

    // DCGAN on digits: running statistics of batch normalisation, their average, and the data's position come back too.
    [Fact]
    public void Run_DcganKilledThreeTimes_EndsWithTheSameWeights() => KillAndCompare(3, images: true);

    [Fact]
    [Trait("Category", "Slow")]
    public void Run_KilledFiftyTimes_EndsWithTheSameWeights() => KillAndCompare(50, images: false);

    [Fact]
    [Trait("Category", "Slow")]
    public void Run_DcganKilledTwentyTimes_EndsWithTheSameWeights() => KillAndCompare(20, images: true);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void KillAndCompare(int kills, bool images)
    {
        var random = new Random(kills);
        int killed = 0;
        foreach (int target in Enumerable.Range(0, kills).Select(_ => random.Next(KillChild.Config(images).Steps * 9 / 10)).Order())
        {
            using var child = Start(images);
            WaitUntil(Math.Max(target, NewestStep() + 1), child);
            // a few checkpoints and steps later, at no moment in particular
            Thread.Sleep(TimeSpan.FromMilliseconds(8 * random.NextDouble()));
            killed += child.HasExited ? 0 : 1;
            child.Kill(); // SIGKILL
            child.WaitForExit();
        }
        Assert.Equal(kills, killed);
        using (var last = Start(images))
        {
            last.WaitForExit();
            Assert.True(last.ExitCode == 0 && File.Exists(Path.Combine(folder, "done")), last.StandardError.ReadToEnd());
        }
        int threads = get_num_threads();
        set_num_threads(1);
        using var whole = KillChild.CreateTrainer(images).Run();
        set_num_threads(threads);
        using var resumed = KillChild.CreateTrainer(images);
        using var directory = new RunDirectory(folder) { TensorBoard = false };
        directory.Train(resumed);
        Assert.Equal(whole.State(), resumed.State());
        Assert.Equal(whole.History.Select(r => r.DiscriminatorLoss), resumed.History.Select(r => r.DiscriminatorLoss));
    }

    private void WaitUntil(int step, Process child)
    {
        var watch = Stopwatch.StartNew();
        while (NewestStep() < step && !child.HasExited && watch.Elapsed < TimeSpan.FromSeconds(60))
            Thread.Sleep(1);
    }

    private int NewestStep() => Directory.Exists(Path.Combine(folder, "checkpoints"))
        ? Directory.GetFiles(Path.Combine(folder, "checkpoints"), "*.checkpoint")
            .Select(f => int.Parse(Path.GetFileNameWithoutExtension(f)[5..], CultureInfo.InvariantCulture)).Append(0).Max()
        : 0;

    private Process Start(bool images) => KillChild.Start(folder, images);
}
