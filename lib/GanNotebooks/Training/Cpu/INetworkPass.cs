using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// A hand-written forward and backward pass through a network, for one batch size N. Its memory is reused in every step. Gradients are
/// written directly into the <see cref="FlatParameters"/>.
/// </summary>
internal interface INetworkPass : IDisposable
{
    /// <summary>The input of the network, [N, inputs]. The caller fills it before <see cref="Forward"/>.</summary>
    Tensor Input { get; }

    /// <summary>The output of the network, [N, outputs].</summary>
    Tensor Output { get; }

    /// <summary>
    /// The gradient of the loss by <see cref="Output"/>, [N, outputs]. The caller fills it before <see cref="Backward"/>, which overwrites
    /// it.
    /// </summary>
    Tensor OutputGradient { get; }

    /// <summary>The gradient of the loss by <see cref="Input"/>, [N, inputs].</summary>
    Tensor InputGradient { get; }

    /// <summary>Computes <see cref="Output"/> from <see cref="Input"/>.</summary>
    void Forward();

    /// <summary>Computes gradients from <see cref="OutputGradient"/>.</summary>
    /// <param name="toParameters">Whether to overwrite the gradients of the parameters.</param>
    /// <param name="toInput">Whether to compute <see cref="InputGradient"/>.</param>
    void Backward(bool toParameters, bool toInput);
}
