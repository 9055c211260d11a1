using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>A term of the discriminator's loss that depends on how its logit changes with its input.</summary>
public interface IDiscriminatorPenalty
{
    /// <summary>Computes the penalty on one batch, differentiable in the discriminator's parameters.</summary>
    /// <param name="discriminator">Maps samples [N, ...] to logits [N, 1].</param>
    /// <param name="real">Data, [N, ...].</param>
    /// <param name="fake">Generated samples of the same shape.</param>
    /// <param name="random">The source of all random numbers, on the CPU wherever the samples are.</param>
    /// <returns>A scalar ≥ 0.</returns>
    Tensor Value(Func<Tensor, Tensor> discriminator, Tensor real, Tensor fake, Generator random);
}
