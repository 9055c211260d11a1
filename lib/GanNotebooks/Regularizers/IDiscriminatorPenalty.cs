using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>Something added to the discriminator's loss that looks at how its logit depends on its input.</summary>
public interface IDiscriminatorPenalty
{
    /// <summary>The penalty on one batch, differentiable in the discriminator's parameters.</summary>
    /// <param name="discriminator">Maps samples [N, ...] to logits [N, 1].</param>
    /// <param name="real">Data, [N, ...].</param>
    /// <param name="fake">Generated samples of the same shape.</param>
    /// <param name="random">Source of whatever is drawn, on the CPU wherever the samples are.</param>
    /// <returns>A scalar ≥ 0.</returns>
    Tensor Value(Func<Tensor, Tensor> discriminator, Tensor real, Tensor fake, Generator random);
}
