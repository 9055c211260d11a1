using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Appends one more feature or channel: the standard deviation of each feature over the batch, averaged over the features (Karras et al.
/// 2018, section 3). A discriminator sees from it that a batch has collapsed.
/// </summary>
public sealed class MinibatchStandardDeviation() : nn.Module<Tensor, Tensor>(nameof(MinibatchStandardDeviation)), IUsesWholeBatch
{
    internal const double Tiny = 1e-8;

    /// <summary>[N, c, ...] to [N, c + 1, ...].</summary>
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var deviation = (input.var(0, unbiased: false) + Tiny).sqrt().mean(); // scalar
        return cat([input, deviation.expand([input.size(0), 1, .. input.shape[2..]])], 1);
    }
}
