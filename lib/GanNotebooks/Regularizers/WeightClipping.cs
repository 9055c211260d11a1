using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// After each update every weight and bias of the critic is put back into [−c, c], which bounds its slope (Arjovsky, Chintala and Bottou
/// 2017, algorithm 1; c = 0.01).
/// </summary>
public static class WeightClipping
{
    /// <summary>Clips the parameters in place.</summary>
    /// <param name="critic">The network.</param>
    /// <param name="bound">c &gt; 0.</param>
    public static void Apply(nn.Module critic, double bound)
    {
        ArgumentNullException.ThrowIfNull(critic);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        using var noGradient = no_grad();
        foreach (var parameter in critic.parameters())
            parameter.clamp_(-bound, bound);
    }
}
