using System.Diagnostics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>Two processes want one folder at the same time, with different settings. One trains; the other touches nothing.</summary>
public sealed class ContestTests : IDisposable
{
    private const int Rounds = 20;

    private readonly string root = Directory.CreateTempSubdirectory("gan-notebooks-contest-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Run_TwoProcessesInOneFolder_OneTrainsAndNothingIsLost()
    {
        int threads = get_num_threads();
        set_num_threads(1);
        using var whole = KillChild.CreateTrainer(images: false).Run(until: 60);
        set_num_threads(threads);
        byte[] expected = whole.State();
        var random = new Random(1);
        for (int round = 0; round < Rounds; round++)
        {
            string folder = Path.Combine(root, $"{round}");
            using var first = KillChild.Start(folder, images: false, until: 60);
            int ahead = random.Next(0, 4) * 15; // both at once, or the second when the first is so far
            WaitUntil(first, () => ahead == 0 || NewestStep(folder) >= ahead);
            using var second = KillChild.Start(folder, images: true, until: 60);
            second.WaitForExit();
            first.WaitForExit();
            int[] codes = [first.ExitCode, second.ExitCode];
            Assert.Contains(0, codes);
            Assert.True(codes.All(c => c is 0 or KillChild.Refused), second.StandardError.ReadToEnd() + first.StandardError.ReadToEnd());
            if (first.ExitCode != 0)
                continue; // the second was faster
            Assert.Equal(KillChild.Refused, second.ExitCode);
            using var resumed = KillChild.CreateTrainer(images: false);
            using var directory = new RunDirectory(folder) { TensorBoard = false };
            directory.Train(resumed, until: 60);
            Assert.Equal(expected, resumed.State());
        }
    }

    private static void WaitUntil(Process child, Func<bool> condition)
    {
        while (!condition() && !child.HasExited)
            Thread.Sleep(1);
    }

    private static int NewestStep(string folder) => new RunDirectory(folder).Checkpoints is [var newest, ..]
        ? int.Parse(Path.GetFileNameWithoutExtension(newest)[5..], System.Globalization.CultureInfo.InvariantCulture)
        : 0;
}
