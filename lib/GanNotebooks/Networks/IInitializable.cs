using TorchSharp.Modules;

namespace GanNotebooks.Networks;

/// <summary>
/// A layer with parameters of its own that every <see cref="Initialization"/> can start. A layer that implements nothing and is none of
/// torch's linear or convolutional layers is refused, because its weights would stay those of torch's global seed.
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
