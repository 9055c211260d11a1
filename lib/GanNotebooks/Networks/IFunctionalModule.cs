using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>A network that can be applied with other parameters in place of its own, for example with those after an update.</summary>
internal interface IFunctionalModule
{
    /// <summary>
    /// Whether the network is a function of its parameters alone, without a layer that has a state or that uses the whole batch.
    /// </summary>
    bool IsPlain { get; }

    /// <summary>Applies the network.</summary>
    /// <param name="input">As for <c>forward</c>.</param>
    /// <param name="parameters">The parameters, in the order of the network's own.</param>
    /// <exception cref="NotSupportedException">The network is not plain.</exception>
    Tensor FunctionalCall(Tensor input, IReadOnlyList<Tensor> parameters);
}

/// <summary>
/// Marks a layer whose output for a sample depends on the rest of the batch: real and fake samples must not share one pass.
/// </summary>
public interface IUsesWholeBatch
{
}
