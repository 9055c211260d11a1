using GanNotebooks.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Metrics;

/// <summary>
/// What a classifier finds in samples alone, without data. Score = exp E KL(p(y|x) ‖ p(y)), from 1 to K: high when every
/// sample is clearly of some class and the classes are evenly used (Salimans et al. 2016, with Inception: the inception score). With
/// another classifier it is another number. float64.
/// </summary>
/// <param name="Value">Mean over equal parts of the samples, with its standard error; biased downwards by about (K − 1)/(2 N/parts) of
/// itself.</param>
/// <param name="SplitDeviation">Standard deviation over the parts: what papers print after ±.</param>
/// <param name="TopProbability">The mean of the largest p(y|x), the confidence of the classifier.</param>
/// <param name="Labels">The most probable class of each sample, counted.</param>
/// <param name="Count">Samples, N.</param>
/// <param name="Splits">Number of parts.</param>
/// <param name="Network">The classifier.</param>
public sealed record ClassifierScore(
    MeanWithError Value, double SplitDeviation, MeanWithError TopProbability, LabelHistogram Labels, int Count, int Splits, string Network)
{
    /// <summary>Parts in the original.</summary>
    public const int UsualSplits = 10;

    /// <summary>Scores samples, which should be in random order.</summary>
    /// <param name="logits">[N, K].</param>
    /// <param name="network">The classifier's name.</param>
    /// <param name="splits">The number of parts, at least 2; each has ⌊N/parts⌋ samples, at least 2: the score of one sample is 1.</param>
    /// <exception cref="ArgumentException">The shape does not fit, there are too few samples, or a logit is not finite.</exception>
    public static ClassifierScore Of(Tensor logits, string network, int splits = UsualSplits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.dim() != 2 || logits.size(1) < 2 || splits < 2 || logits.size(0) < 2L * splits)
        {
            throw new ArgumentException(
                $"expected logits [N ≥ 2 parts, K ≥ 2] and at least 2 parts, got {Shape.Text(logits.shape)} and {splits}");
        }

        NonFiniteSamples.ThrowIfAny(logits, nameof(logits));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var logP = log_softmax(logits.detach().cpu().to(float64), 1); // [N, K]
        int part = (int)(logP.size(0) / splits);
        var scores = Enumerable.Range(0, splits).Select(i => Score(logP.narrow(0, i * part, part))).ToList();
        var mean = MeanWithError.Mean(scores);
        var top = logP.exp().amax([1]);
        var counts = logP.argmax(1).bincount(null, minlength: logP.size(1)).data<long>().Select(c => (int)c);
        var sure = new MeanWithError(top.mean().item<double>(), top.std().item<double>() / Math.Sqrt(top.numel()));
        return new ClassifierScore(mean, mean.StandardError * Math.Sqrt(splits), sure, new LabelHistogram([.. counts]), (int)logP.size(0),
            splits, network);
    }

    /// <summary>"9.8 ± 0.02 (10 parts), N = 10000, by ...".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Value} ({Splits} parts), top probability {TopProbability}, N = {Count}, by {Network}");

    private static double Score(Tensor logP)
    {
        using var scope = NewDisposeScope();
        var p = logP.exp(); // [n, K]
        var marginal = p.mean([0]).log(); // [K]; a class that nobody has is −∞ and has p = 0 everywhere
        return Math.Exp(where(p > 0, p * (logP - marginal), zeros_like(p)).sum(1).mean().item<double>());
    }
}
