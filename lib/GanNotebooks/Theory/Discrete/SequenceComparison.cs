namespace GanNotebooks.Theory;

/// <summary>
/// A source p and a model q of sequences, compared exactly. All numbers are nats per token: sums over whole sequences, divided by T.
/// </summary>
/// <param name="SourceEntropy">H(p).</param>
/// <param name="ModelEntropy">H(q).</param>
/// <param name="NllOracle">E_q[−log p], how unlikely the model's samples are for the source; SeqGAN's measure.</param>
/// <param name="NllTest">E_p[−log q], how unlikely real samples are for the model; the usual test loss.</param>
/// <param name="Length">T, so that T times a number is the one of a whole sequence.</param>
/// <remarks>
/// The sums run over the pairs of states that p and q can be in after the same prefix, with their probabilities: dynamic programming.
/// Their number, not that of the sequences, decides the cost. Sources: Yu et al. 2017 ("SeqGAN", section 4.1) for NLL-oracle; Caccia et al.
/// 2020 ("Language GANs falling short", section 4) for both on one plane.
/// </remarks>
public sealed record SequenceComparison(double SourceEntropy, double ModelEntropy, double NllOracle, double NllTest, int Length)
{
    /// <summary>KL(p‖q) = NLL-test − H(p): large where real sequences are missing.</summary>
    public double Kl => NllTest - SourceEntropy;

    /// <summary>KL(q‖p) = NLL-oracle − H(q): large where samples are wrong.</summary>
    public double ReverseKl => NllOracle - ModelEntropy;

    /// <summary>Compares a model with a source.</summary>
    /// <param name="p">The source.</param>
    /// <param name="q">The model, with the same tokens and length.</param>
    /// <exception cref="ArgumentException">The laws have other tokens or lengths.</exception>
    public static SequenceComparison Of(SequenceLaw p, SequenceLaw q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        if (p.Tokens != q.Tokens || p.Length != q.Length)
        {
            throw new ArgumentException(
                Text.Of($"the model must have {p.Tokens} tokens and length {p.Length}, got {q.Tokens} and {q.Length}."), nameof(q));
        }

        var (sourceEntropy, test) = Average(p, q);
        var (modelEntropy, oracle) = Average(q, p);
        return new(sourceEntropy / p.Length, modelEntropy / p.Length, oracle / p.Length, test / p.Length, p.Length);
    }

    // E_a[−log a] and E_a[−log b], summed over positions and pairs of states.
    private static (double Own, double Other) Average(SequenceLaw a, SequenceLaw b)
    {
        var mass = new Dictionary<(int A, int B), double> { [(0, 0)] = 1 };
        double own = 0, other = 0;
        for (int t = 0; t < a.Length; t++)
        {
            var after = new Dictionary<(int A, int B), double>();
            foreach (var (state, weight) in mass)
            {
                for (int k = 0; k < a.Tokens; k++)
                {
                    double log = a.LogProbability(state.A, k), probability = weight * Math.Exp(log);
                    if (probability == 0)
                        continue; // 0 log 0 = 0
                    own -= probability * log;
                    other -= probability * b.LogProbability(state.B, k);
                    if (t + 1 == a.Length)
                        continue;
                    var there = (a.Next(state.A, k), b.Next(state.B, k));
                    after[there] = after.GetValueOrDefault(there) + probability;
                }
            }
            mass = after;
        }
        return (own, other);
    }
}
