using TorchSharp.Modules;

namespace GanNotebooks.Networks;

/// <summary>
/// A layer with parameters of its own that <see cref="Initialization.UniformFanIn"/>, <see cref="Initialization.Dcgan"/> and
/// <see cref="Initialization.Fixup"/> can start; the other initialisations start linear layers only. A layer that does not implement this
/// and is none of torch's linear or convolutional layers is refused, because its weights would stay those of torch's global seed.
/// </summary>
public interface IInitializable
{
    /// <summary>The weights, which an initialisation draws at random.</summary>
    Parameter Weight();

    /// <summary>The biases, which an initialisation draws or sets to zero; null if the layer has none.</summary>
    Parameter? Bias();

    /// <summary>The number of inputs that meet in one output.</summary>
    long FanIn();
}
