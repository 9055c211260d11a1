using System.Diagnostics;
using System.Globalization;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>The process that the kill test kills: this very program, told by an environment variable to train instead of testing.</summary>
internal static class KillChild
{
    /// <summary>Exit code of a child whose folder another run has.</summary>
    public const int Refused = 3;

    private const string Variable = "GAN_NOTEBOOKS_KILL_TEST", ImagesVariable = "GAN_NOTEBOOKS_KILL_TEST_IMAGES",
        UntilVariable = "GAN_NOTEBOOKS_KILL_TEST_UNTIL";

    private static readonly TrainingConfig Points =
        TinyRun.Config with { Steps = 3000, RecordEvery = 20, AverageHalfLife = 1000, BatchSize = 32 };
    private static readonly TrainingConfig Images = ImageRun.Config with { Steps = 200, RecordEvery = 20 };

    public static TrainingConfig Config(bool images) => images ? Images : Points;

    public static Trainer CreateTrainer(bool images) => images ? ImageRun.Create(Images) : TinyRun.Create(Points);

    /// <summary>Starts a process that trains in a folder, to the end or to a step.</summary>
    public static Process Start(string folder, bool images, int? until = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment[Variable] = folder;
        if (images)
            start.Environment[ImagesVariable] = "1";
        if (until is { } step)
            start.Environment[UntilVariable] = step.ToString(CultureInfo.InvariantCulture);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(KillChild).Assembly.Location);
        return Process.Start(start)!;
    }

    /// <summary>Trains in the folder that the variable names, and leaves the process.</summary>
    public static void RunIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } folder)
            return;
        set_num_threads(1);
        // A checkpoint every 3 steps: most of the time goes into writing, which is where a kill hurts.
        using (var directory = new RunDirectory(folder) { CheckpointEvery = 3, TensorBoard = false })
        using (var trainer = CreateTrainer(Environment.GetEnvironmentVariable(ImagesVariable) is not null))
        {
            int? until = Environment.GetEnvironmentVariable(UntilVariable) is { } step
                ? int.Parse(step, CultureInfo.InvariantCulture)
                : null;
            try
            {
                directory.Train(trainer, until: until);
            }
            catch (IOException refusal) when (refusal is RunInUseException or CheckpointException)
            {
                Console.Error.WriteLine(refusal.Message);
                Environment.Exit(Refused);
            }
            if (until is null)
                File.WriteAllText(Path.Combine(folder, "done"), "");
        }
        Environment.Exit(0);
    }
}
