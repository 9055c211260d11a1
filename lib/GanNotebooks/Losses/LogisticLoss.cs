using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Losses;

/// <summary>
/// The discriminator's side of the original game, which several generator losses share. With softplus(a) = log(1 + e^a):
/// −log σ(l) = softplus(−l) and −log(1 − σ(l)) = softplus(l), exact for every logit, where log(σ(l)) would overflow.
/// </summary>
internal static class LogisticLoss
{
    public static Tensor Discriminator(Tensor real, Tensor fake, double realLabel)
    {
        LogitShape.Demand(real, fake);
        return OnReal(real, realLabel) + softplus(fake).mean();
    }

    public static double CheckedLabel(double label) => label is > 0 and <= 1
        ? label
        : throw new ArgumentOutOfRangeException(nameof(label), label, "the label of real samples must lie in (0, 1]");

    // Cross entropy against a label α: −α log σ(l) − (1 − α) log(1 − σ(l)) = softplus(−l) + (1 − α) l.
    private static Tensor OnReal(Tensor real, double label) =>
        label == 1 ? softplus(-real).mean() : (softplus(-real) + (1 - label) * real).mean();
}
