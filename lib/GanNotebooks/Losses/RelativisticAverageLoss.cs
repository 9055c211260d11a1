using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Losses;

/// <summary>
/// D compares each sample with the mean of the other kind: is it more real than the average fake? (Jolicoeur-Martineau 2019, RaSGAN.)
/// Each player's loss is the sum over both kinds, 2 log 2 where all logits agree.
/// </summary>
public sealed record RelativisticAverageLoss : IAdversarialLoss
{
    /// <inheritdoc/>
    public bool GeneratorNeedsReal => true;

    /// <summary>mean softplus(−(l_real − mean l_fake)) + mean softplus(l_fake − mean l_real).</summary>
    /// <inheritdoc/>
    public Tensor Discriminator(Tensor real, Tensor fake)
    {
        LogitShape.Require(real, fake);
        return softplus(fake.mean() - real).mean() + softplus(fake - real.mean()).mean();
    }

    /// <summary>mean softplus(−(l_fake − mean l_real)) + mean softplus(l_real − mean l_fake): the kinds change places.</summary>
    /// <inheritdoc/>
    public Tensor Generator(Tensor real, Tensor fake) => Discriminator(fake, real);
}
