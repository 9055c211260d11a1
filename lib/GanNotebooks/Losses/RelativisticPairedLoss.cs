using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Losses;

/// <summary>
/// D compares one real and one fake sample at a time: is this one more real than that one? (Jolicoeur-Martineau 2019, RSGAN; with R1 and R2
/// the objective of R3GAN, Huang et al. 2024.) For separable data it has none of the local minima of modes dropped (Sun et al. 2020).
/// </summary>
public sealed record RelativisticPairedLoss : IAdversarialLoss
{
    /// <inheritdoc/>
    public bool GeneratorNeedsReal => true;

    /// <summary>mean softplus(−(l_real − l_fake)), pair by pair; log 2 where they agree.</summary>
    /// <inheritdoc/>
    public Tensor Discriminator(Tensor real, Tensor fake)
    {
        LogitShape.RequirePairs(real, fake);
        return softplus(fake - real).mean();
    }

    /// <summary>mean softplus(−(l_fake − l_real)), pair by pair.</summary>
    /// <inheritdoc/>
    public Tensor Generator(Tensor real, Tensor fake)
    {
        LogitShape.RequirePairs(real, fake);
        return softplus(real - fake).mean();
    }
}
