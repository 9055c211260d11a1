using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>The process that the kill test kills: this very program, told by an environment variable to train instead of testing.</summary>
internal static class KillChild
{
    public const string Variable = "GAN_NOTEBOOKS_KILL_TEST", ImagesVariable = "GAN_NOTEBOOKS_KILL_TEST_IMAGES";

    private static readonly TrainingConfig Points =
        TinyRun.Config with { Steps = 3000, RecordEvery = 20, AverageHalfLife = 1000, BatchSize = 32 };
    private static readonly TrainingConfig Images = ImageRun.Config with { Steps = 200, RecordEvery = 20 };

    public static TrainingConfig Config(bool images) => images ? Images : Points;

    public static Trainer CreateTrainer(bool images) => images ? ImageRun.Create(Images) : TinyRun.Create(Points);

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
            directory.Train(trainer);
            File.WriteAllText(Path.Combine(folder, "done"), "");
        }
        Environment.Exit(0);
    }
}
