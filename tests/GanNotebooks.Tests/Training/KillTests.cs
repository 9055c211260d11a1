using System.Diagnostics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>Killed at any moment, a run resumes and ends with the same weights, byte for byte, as the uninterrupted one.</summary>
public sealed class KillTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-kill-").FullName;

    [Fact]
    public void Run_KilledTenTimes_EndsWithTheSameWeights() => KillAndCompare(10);

    [Fact]
    [Trait("Category", "Slow")]
    public void Run_KilledFiftyTimes_EndsWithTheSameWeights() => KillAndCompare(50);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void KillAndCompare(int kills)
    {
        var random = new Random(kills);
        int killed = 0;
        while (!File.Exists(Path.Combine(folder, "done")))
        {
            using var child = Start();
            WaitForSomething(child);
            if (killed < kills && !child.WaitForExit(random.Next(0, 2 * MeanLife(kills))))
            {
                child.Kill(); // SIGKILL
                killed++;
            }
            child.WaitForExit();
            Assert.True(child.ExitCode is 0 or 137, child.StandardError.ReadToEnd());
        }
        Assert.True(killed >= kills / 2, $"only {killed} kills hit: the child was done before");
        int threads = get_num_threads();
        set_num_threads(1);
        using var whole = KillChild.CreateTrainer().Run();
        set_num_threads(threads);
        using var resumed = KillChild.CreateTrainer();
        using var directory = new RunDirectory(folder) { TensorBoard = false };
        resumed.Run(directory: directory);
        Assert.Equal(whole.Weights(), resumed.Weights());
        Assert.Equal(whole.History.Select(r => r.DiscriminatorLoss), resumed.History.Select(r => r.DiscriminatorLoss));
    }

    // Milliseconds of training between two kills, so that the kills spread over the run.
    private static int MeanLife(int kills) => 3000 / kills;

    // A kill while .NET starts tests nothing: wait until the child owns the folder.
    private void WaitForSomething(Process child)
    {
        var before = Newest();
        var watch = Stopwatch.StartNew();
        while (!child.HasExited && Newest() == before && watch.Elapsed < TimeSpan.FromSeconds(60))
            Thread.Sleep(5);
    }

    private string? Newest() => Directory.Exists(Path.Combine(folder, "checkpoints")) ? Directory.GetFiles(Path.Combine(folder, "checkpoints"), "*.checkpoint").Order(StringComparer.Ordinal).LastOrDefault() : null;

    private Process Start()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment[KillChild.Variable] = folder;
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(KillTests).Assembly.Location);
        return Process.Start(start)!;
    }
}
