using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Creates the engine of a run: the only place that knows of more than one.</summary>
internal static class GradientEngines
{
    public static IGradientEngine Create(TrainingConfig config, Players players, Device device) =>
        config.Engine is GradientEngine.Fastest && PerceptronEngine.Fits(config, players.Generator, players.Discriminator, device)
            ? new PerceptronEngine(config, players)
            : new AutogradEngine(config, players);
}
