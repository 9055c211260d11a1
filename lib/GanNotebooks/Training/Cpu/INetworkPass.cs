using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Forward and backward through a network by hand, for one batch size N, into memory that is kept from step to step. Gradients go straight
/// into the <see cref="FlatParameters"/>.
/// </summary>
internal interface INetworkPass : IDisposable
{
    /// <summary>[N, inputs]: to be filled before <see cref="Forward"/>.</summary>
    Tensor Input { get; }

    /// <summary>[N, outputs].</summary>
    Tensor Output { get; }

    /// <summary>
    /// The gradient of the loss by <see cref="Output"/>, [N, outputs]: to be filled before <see cref="Backward"/>, which overwrites it.
    /// </summary>
    Tensor OutputGradient { get; }

    /// <summary>The gradient of the loss by <see cref="Input"/>, [N, inputs].</summary>
    Tensor InputGradient { get; }

    /// <summary>From <see cref="Input"/> to <see cref="Output"/>.</summary>
    void Forward();

    /// <summary>From <see cref="OutputGradient"/> back.</summary>
    /// <param name="toParameters">Overwrite the gradients of the parameters.</param>
    /// <param name="toInput">Compute <see cref="InputGradient"/>.</param>
    void Backward(bool toParameters, bool toInput);
}
