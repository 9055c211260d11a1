using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Creates the gradient engine of a run. No other code selects between engines.</summary>
internal static class GradientEngines
{
    public static IGradientEngine Create(TrainingConfig config, Players players, Device device, Augmenter? augmenter) =>
        config.Engine is GradientEngine.Fastest && PerceptronEngine.Fits(config, players.Generator, players.Discriminator, device)
            ? new PerceptronEngine(config, players)
            : new AutogradEngine(config, players, augmenter);
}
