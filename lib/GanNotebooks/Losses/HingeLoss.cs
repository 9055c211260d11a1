using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Losses;

/// <summary>
/// D has no loss once the logits of data lie above 1 and those of fakes below −1; G raises the logit everywhere (Lim and Ye 2017; used with
/// spectral norm by Miyato et al. 2018). Against the best D, G's gap is a multiple of the total variation.
/// </summary>
public sealed record HingeLoss : IAdversarialLoss
{
    /// <inheritdoc/>
    public bool GeneratorNeedsReal => false;

    /// <summary>mean max(0, 1 − l_real) + mean max(0, 1 + l_fake); 2 at logits 0.</summary>
    /// <inheritdoc/>
    public Tensor Discriminator(Tensor real, Tensor fake)
    {
        LogitShape.Require(real, fake);
        return relu(1 - real).mean() + relu(1 + fake).mean();
    }

    /// <summary>−mean l_fake.</summary>
    /// <inheritdoc/>
    public Tensor Generator(Tensor real, Tensor fake)
    {
        LogitShape.Require(real, fake);
        return -fake.mean();
    }
}
