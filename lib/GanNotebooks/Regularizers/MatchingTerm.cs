using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// How badly the samples and the conditions of a batch find each other, as a term of both players' losses. Each sample has to choose its
/// condition among those of the batch, and each condition its sample; the term is the mean cross entropy of both choices. D's matcher
/// learns to choose on real pairs, and G is moved towards samples that the matcher assigns to their conditions (Zhang and others 2021,
/// XMC-GAN; the loss is InfoNCE, van den Oord and others 2018, section 2.3).
/// </summary>
/// <param name="Weight">Factor of the term, above 0.</param>
/// <remarks>
/// Equal conditions of a batch are left out of each other's choices. Where none are equal, a matcher that guesses has log N. InfoNCE's
/// bound on the mutual information of sample and condition, log N minus the loss, holds with all N candidates only: ten classes in a
/// batch of 64 could reach log 64 here, and the information is at most log 10. The term asks for no variety: where samples tell
/// conditions apart, one sample for each can bring it near 0. All pairs of conditions are compared, N² K numbers, which suits vectors and
/// tokens.
/// </remarks>
public sealed record MatchingTerm(double Weight)
{
    private const double Excluded = -1e4;

    /// <summary>Computes the term on a batch.</summary>
    /// <param name="scores">Scores of every sample with every condition, [N, N], as of a matching discriminator; the right pairs lie
    /// on the diagonal.</param>
    /// <param name="conditions">The conditions, [N, ...].</param>
    /// <returns><see cref="Weight"/> times the mean of both cross entropies in nats, a scalar.</returns>
    /// <exception cref="ArgumentException">The scores have another shape than [N, N].</exception>
    public Tensor Value(Tensor scores, Tensor conditions)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(conditions);
        long count = conditions.size(0);
        if (scores.dim() != 2 || scores.size(0) != count || scores.size(1) != count)
            throw new ArgumentException($"expected scores [{count}, {count}], got {Shape.Text(scores.shape)}", nameof(scores));
        scores = scores.masked_fill(Twins(conditions), Excluded);
        return -Weight / 2 * (scores.log_softmax(1).diagonal().mean() + scores.log_softmax(0).diagonal().mean());
    }

    /// <summary>Throws when the weight is out of range.</summary>
    /// <exception cref="ArgumentException">The message names the weight.</exception>
    public void Validate()
    {
        if (!(Weight > 0) || !double.IsFinite(Weight))
            throw new ArgumentException($"{nameof(Weight)} of a {nameof(MatchingTerm)} must be above 0, got {Weight}");
    }

    // Where a condition occurs twice in a batch, its other sample is no wrong choice. [N, N], false on the diagonal.
    private static Tensor Twins(Tensor conditions)
    {
        var flat = conditions.detach().flatten(1); // [N, K]
        var same = flat.unsqueeze(1).eq(flat.unsqueeze(0)).all(2);
        return same.logical_and(eye(flat.size(0), dtype: @bool, device: flat.device).logical_not());
    }
}
