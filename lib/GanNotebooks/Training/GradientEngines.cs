using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Which code computes the gradients of a run (<see cref="TrainingConfig.Engine"/>). Both compute the same up to rounding.
/// </summary>
public enum GradientEngine
{
    /// <summary>The hand-written passes of <c>Training/Cpu</c> where they fit networks, settings and device; else autograd.</summary>
    Fastest,

    /// <summary>Torch's autograd, for any network, loss and regulariser: the definition that the other engine is tested against.</summary>
    Autograd,
}

/// <summary>Creates the engine of a run: the only place that knows of more than one.</summary>
internal static class GradientEngines
{
    public static IGradientEngine Create(TrainingConfig config, Players players, Device device) =>
        config.Engine is GradientEngine.Fastest && PerceptronEngine.Fits(config, players.Generator, players.Discriminator, device)
            ? new PerceptronEngine(config, players)
            : new AutogradEngine(config, players);
}
