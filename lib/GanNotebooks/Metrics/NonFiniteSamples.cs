using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// Refuses samples with a number that is NaN or infinite. No measure scores them: a generator that yields NaN would otherwise fill one
/// cell, one mode or one class as well as the best.
/// </summary>
internal static class NonFiniteSamples
{
    private const string Mark = nameof(NonFiniteSamples);

    /// <summary>Throws when a number of a sample is not finite.</summary>
    /// <param name="samples">[N, ...], or one number.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <exception cref="ArgumentException">The message has the number of such samples and the first index.</exception>
    public static void ThrowIfAny(Tensor samples, string parameter)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var values = samples.detach();
        if (values.numel() == 0 || !values.is_floating_point())
            return;
        // NaN goes through both, and infinity is one of them. A mask would take as much memory as the samples.
        if (double.IsFinite(values.min().to(float64).item<double>()) && double.IsFinite(values.max().to(float64).item<double>()))
            return;
        var finite = values.isfinite();
        var wrong = finite.reshape(samples.dim() == 0 ? 1 : samples.size(0), -1).all(1).logical_not(); // [N]
        throw Exception(wrong.sum().item<long>(), wrong.size(0), wrong.to(int32).argmax().item<long>(), parameter);
    }

    /// <summary>The exception for some samples.</summary>
    /// <param name="count">The number of samples that are not finite.</param>
    /// <param name="total">The number of all samples.</param>
    /// <param name="first">The index of the first of them, from 0.</param>
    /// <param name="parameter">The name of the parameter.</param>
    public static ArgumentException Exception(long count, long total, long first, string parameter) => new(
        $"{count} of {total} samples are not finite, the first at index {first}: a generator that yields NaN or infinity is not measured",
        parameter)
    {
        Data = { [Mark] = count },
    };

    /// <summary>Whether an exception says that samples were not finite, so that the run which made them has diverged.</summary>
    public static bool IsMeant(Exception exception) => exception.Data.Contains(Mark);
}
