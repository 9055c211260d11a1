namespace GanNotebooks.Theory;

/// <summary>
/// What the accuracy A = (1 + TV)/2 of the best discriminator says about the criterion: −2 H(A) ≤ C(G) ≤ −2 log 4 (1 − A), both sharp.
/// </summary>
/// <remarks>
/// C = −2 E_m[H(D*)] with m = ½(p + q) and H the entropy of a coin. With e = min(D*, 1 − D*), E_m[e] = 1 − A. H is concave, so
/// E_m[H(e)] ≤ H(1 − A) = H(A), equal where e is the same everywhere. H lies above its chord from 0 to ½, H(e) ≥ 2 e log 2, equal where
/// D* is 0, ½ or 1. Source: Hellman and Raviv 1970 (the bound that is the chord) and Fano's inequality for two classes (the arch).
/// </remarks>
public static class AccuracyBand
{
    /// <summary>A = (1 + TV(p, q))/2, the share of right answers of "real where p > q" when half of the samples are real.</summary>
    /// <param name="totalVariation">TV(p, q) ∈ [0, 1].</param>
    public static double Accuracy(double totalVariation) => 0.5 * (1 + Require.Probability(totalVariation));

    /// <summary>−2 H(A), the least C(G) at which the best discriminator is right with probability A; in nats.</summary>
    /// <param name="accuracy">A ∈ [½, 1].</param>
    public static double Lower(double accuracy) => -2 * Entropy(Half(accuracy));

    /// <summary>−2 log 4 (1 − A), the largest C(G) at that accuracy; in nats.</summary>
    /// <param name="accuracy">A ∈ [½, 1].</param>
    public static double Upper(double accuracy) => -2 * Constants.Log4 * (1 - Half(accuracy));

    /// <summary>−2 H(A) = 2A log A + 2(1 − A) log(1 − A), exactly.</summary>
    /// <param name="accuracy">A ∈ [½, 1].</param>
    public static LogCombination Lower(Rational accuracy) =>
        new([(2 * Half(accuracy), accuracy), (2 * (1 - accuracy), accuracy == 1 ? 1 : 1 - accuracy)]);

    /// <summary>−2 log 4 (1 − A), exactly.</summary>
    /// <param name="accuracy">A ∈ [½, 1].</param>
    public static LogCombination Upper(Rational accuracy) => new([(-2 * (1 - Half(accuracy)), 4)]);

    /// <summary>H(y) = −y log y − (1 − y) log(1 − y): the entropy of a coin in nats, 0 log 0 = 0.</summary>
    /// <param name="probability">y ∈ [0, 1].</param>
    public static double Entropy(double probability)
    {
        Require.Probability(probability);
        return probability is 0 or 1
            ? 0
            : -probability * Math.Log(probability) - (1 - probability) * LogSpace.Log1P(-probability);
    }

    private static double Half(double accuracy) => Require.Probability(accuracy) >= 0.5
        ? accuracy
        : throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, Text.Of($"accuracy must lie in [1/2, 1], but was {accuracy}."));

    private static Rational Half(Rational accuracy) => accuracy >= new Rational(1, 2) && accuracy <= 1
        ? accuracy
        : throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, $"accuracy must lie in [1/2, 1], but was {accuracy}.");
}
