using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// A layer with a random state that is no parameter, such as the first vector of a power iteration. Every <see cref="Initialization"/>
/// draws it, after all weights.
/// </summary>
internal interface IRandomlyStarted
{
    /// <summary>Draws the state anew.</summary>
    /// <param name="generator">Source of randomness, on the CPU wherever the layer is.</param>
    void Start(Generator generator);
}
