using static TorchSharp.torch;

namespace GanNotebooks.Losses;

/// <summary>
/// The gap between the critic's means, by Kantorovich and Rubinstein's duality a lower bound of K · W₁(p, q) when the critic is K-Lipschitz
/// (Arjovsky, Chintala and Bottou 2017). The value is meaningless unless something bounds the critic's slope: a clip, a penalty or spectral
/// norm.
/// </summary>
public sealed record WassersteinLoss : IAdversarialLoss
{
    /// <inheritdoc/>
    public bool GeneratorNeedsReal => false;

    /// <summary>−mean l_real + mean l_fake; minus this is the estimate of K · W₁.</summary>
    /// <inheritdoc/>
    public Tensor Discriminator(Tensor real, Tensor fake)
    {
        LogitShape.Require(real, fake);
        return fake.mean() - real.mean();
    }

    /// <summary>−mean l_fake.</summary>
    /// <inheritdoc/>
    public Tensor Generator(Tensor real, Tensor fake)
    {
        LogitShape.Require(real, fake);
        return -fake.mean();
    }
}
