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
        LogitShape.Require(real, fake);
        return OnReal(real, realLabel) + softplus(fake).mean();
    }

    /// <summary>softplus(l) and its derivative σ(l), neither of which overflows.</summary>
    public static (double Value, double Slope) Softplus(double l)
    {
        double e = Math.Exp(-Math.Abs(l));
        return (Math.Max(l, 0) + Math.Log(1 + e), l >= 0 ? 1 / (1 + e) : e / (1 + e)); // log(1 + e) instead of log1p: off by 1e-16 at most
    }

    /// <summary>softplus(−l) + (1 − α) l and its derivative σ(l) − α.</summary>
    public static (double Value, double Slope) OnReal(double l, double label)
    {
        var (value, slope) = Softplus(l);
        return (value - label * l, slope - label); // softplus(−l) = softplus(l) − l
    }

    public static double CheckedLabel(double label) => label is > 0 and <= 1
        ? label
        : throw new ArgumentOutOfRangeException(nameof(label), label, "the label of real samples must lie in (0, 1]");

    // Cross entropy against a label α: −α log σ(l) − (1 − α) log(1 − σ(l)) = softplus(−l) + (1 − α) l.
    private static Tensor OnReal(Tensor real, double label) =>
        label == 1 ? softplus(-real).mean() : (softplus(-real) + (1 - label) * real).mean();
}
