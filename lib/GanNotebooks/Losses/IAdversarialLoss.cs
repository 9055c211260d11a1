using static TorchSharp.torch;

namespace GanNotebooks.Losses;

/// <summary>
/// The losses of the two players, as functions of the discriminator's logits: l = logit, D = σ(l), high on real. Losses are batch means in
/// nats.
/// </summary>
public interface IAdversarialLoss
{
    /// <summary>The loss that the discriminator minimises.</summary>
    /// <param name="real">Logits on data, [N, 1].</param>
    /// <param name="fake">Logits on generated samples, [N, 1].</param>
    /// <returns>A scalar.</returns>
    Tensor Discriminator(Tensor real, Tensor fake);

    /// <summary>The loss that the generator minimises.</summary>
    /// <param name="real">Logits on data, [N, 1]; only relativistic losses use them.</param>
    /// <param name="fake">Logits on generated samples, [N, 1].</param>
    /// <returns>A scalar.</returns>
    Tensor Generator(Tensor real, Tensor fake);

    /// <summary>Whether <see cref="Generator"/> uses the logits on data, so that the trainer has to compute them.</summary>
    bool GeneratorNeedsReal { get; }
}
