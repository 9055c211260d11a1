using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Losses;

/// <summary>
/// The discriminator's side of the original game, which several generator losses share. With softplus(a) = log(1 + e^a):
/// −log σ(l) = softplus(−l) and −log(1 − σ(l)) = softplus(l), exact for every logit, where log(σ(l)) would overflow.
/// </summary>
internal static class LogisticLoss
{
    public static Tensor Discriminator(Tensor real, Tensor fake)
    {
        LogitShape.Demand(real, fake);
        return softplus(-real).mean() + softplus(fake).mean();
    }
}
