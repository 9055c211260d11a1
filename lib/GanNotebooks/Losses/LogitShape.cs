using static TorchSharp.torch;

namespace GanNotebooks.Losses;

/// <summary>What every loss demands of its logits: two columns of the same length.</summary>
internal static class LogitShape
{
    public static void Demand(Tensor real, Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(fake);
        if (!IsColumn(real) || !IsColumn(fake))
            throw new ArgumentException($"expected logits [N, 1] for real and fake, got [{string.Join(", ", real.shape)}] and [{string.Join(", ", fake.shape)}]");
    }

    private static bool IsColumn(Tensor logits) => logits.shape is [> 0, 1];
}
