using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// The coverage of the thousand modes of stacked MNIST: a classifier reads the digit in each of the three channels, and the three
/// together name a mode. Modes reached, and KL(shares of the modes ‖ uniform), as VEEGAN and PacGAN count them.
/// </summary>
/// <param name="Captured">Modes with at least one sample.</param>
/// <param name="KL">KL(shares ‖ uniform) in nats, delta method, not corrected for its <see cref="KLFloor"/>.</param>
/// <param name="Count">Samples, N.</param>
/// <param name="Network">The classifier.</param>
public sealed record StackedModes(int Captured, MeanWithError KL, int Count, string Network)
{
    /// <summary>Modes, K = 10³.</summary>
    public const int Modes = 1000;

    private const int Channels = 3, Classes = 10;

    /// <summary>KL expected of a perfect sampler, (K − 1)/(2N); even real data do not score 0.</summary>
    public double KLFloor => (Modes - 1) / (2.0 * Count);

    /// <summary>Modes that a perfect sampler is expected to miss, K (1 − 1/K)ᴺ.</summary>
    public double ExpectedMissing => Modes * Math.Pow(1 - 1.0 / Modes, Count);

    /// <summary>Classifies the samples and counts their modes.</summary>
    /// <param name="samples">[N, 3, 28, 28] in [−1, 1].</param>
    /// <param name="network">A classifier of grey digits.</param>
    /// <exception cref="ArgumentException">The samples have another shape, or a pixel is not finite.</exception>
    public static StackedModes Of(Tensor samples, FeatureNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return OfModes(Named(samples, network).Modes, network.Name);
    }

    /// <summary>Reads the three digits of each sample.</summary>
    /// <param name="samples">[N, 3, 28, 28] in [−1, 1].</param>
    /// <param name="network">A classifier of grey digits.</param>
    /// <returns>100 a + 10 b + c for the digits a, b, c; and the mean probability that the classifier gave to its answers.</returns>
    /// <exception cref="ArgumentException">The samples have another shape, or a pixel is not finite.</exception>
    public static (IReadOnlyList<int> Modes, double Certain) Named(Tensor samples, FeatureNetwork network)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(network);
        if (samples.shape is not [> 0, Channels, _, _])
            throw new ArgumentException($"expected samples [N, 3, H, W], got {Shape.Text(samples.shape)}", nameof(samples));
        NonFiniteSamples.ThrowIfAny(samples, nameof(samples));
        using var scope = NewDisposeScope();
        var (top, digits) = network.Logits(samples.flatten(0, 1).unsqueeze(1)).softmax(1).max(1); // [3 N], channel by channel
        return ([.. digits.data<long>().ToArray().Chunk(Channels).Select(d => (int)d.Aggregate((a, b) => a * Classes + b))], top.mean()
            .item<float>());
    }

    /// <summary>Counts modes that were read before.</summary>
    /// <param name="modes">The modes of the samples, 0 to 999.</param>
    /// <param name="network">The name of the classifier that read them.</param>
    public static StackedModes OfModes(IReadOnlyCollection<int> modes, string network)
    {
        ArgumentNullException.ThrowIfNull(modes);
        double n = modes.Count;
        double[] shares = [.. modes.CountBy(m => m).Select(m => m.Value / n)];
        double kl = shares.Sum(s => s * Math.Log(s * Modes));
        double variance = shares.Sum(s => s * Math.Pow(Math.Log(s * Modes) - kl, 2)) / n;
        double secondOrder = (Modes - 1) / (2 * n * n); // what remains of the variance when all shares are alike
        return new StackedModes(shares.Length, new MeanWithError(kl, Math.Sqrt(variance + secondOrder)), modes.Count, network);
    }

    /// <summary>"999 of 1000 modes, KL 0.03 ± 0.001 (floor 0.02), N = 26000, by ...".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Captured} of {Modes} modes, KL {KL} (floor {KLFloor:G2}), N = {Count}, by {Network}");
}
