using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Losses;

/// <summary>Checks the logits of every loss: two columns, of the same length where they are compared pair by pair.</summary>
internal static class LogitShape
{
    public static void Require(Tensor real, Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(fake);
        if (!IsColumn(real) || !IsColumn(fake))
            throw new ArgumentException($"expected logits [N, 1] for real and fake, got {Shapes(real, fake)}");
    }

    public static void RequirePairs(Tensor real, Tensor fake)
    {
        Require(real, fake);
        if (real.size(0) != fake.size(0))
            throw new ArgumentException($"expected as many real logits as fake ones, for pairs; got {Shapes(real, fake)}");
    }

    private static bool IsColumn(Tensor logits) => logits.dim() == 2 && logits.size(0) > 0 && logits.size(1) == 1;

    private static string Shapes(Tensor real, Tensor fake) => $"{Shape.Text(real.shape)} and {Shape.Text(fake.shape)}";
}
