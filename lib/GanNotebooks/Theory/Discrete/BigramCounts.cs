namespace GanNotebooks.Theory;

/// <summary>
/// The simplest model of text: count which token follows which. With a pseudo-count of ½ for each pair (Krichevsky and Trofimov 1981).
/// </summary>
public static class BigramCounts
{
    /// <summary>Counts.</summary>
    /// <param name="sequences">Real sequences, all of the same length.</param>
    /// <param name="tokens">S.</param>
    /// <param name="pseudoCount">What each pair has before the first sequence, &gt; 0.</param>
    /// <param name="start">The law of the first token, if it is known; counted where it is null.</param>
    /// <returns>A Markov chain; state 1 + i stands for the last token i.</returns>
    /// <remarks>
    /// A row with S − 1 free numbers costs (S − 1)/(2·visits) nats at each visit, so KL(p‖q) of a sequence is about S(S − 1)/(2n), and
    /// (S − 1)/(2n) more if the start is counted.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no sequence.</exception>
    public static SequenceLaw Of(IReadOnlyList<IReadOnlyList<int>> sequences, int tokens, double pseudoCount = 0.5,
        IReadOnlyList<double>? start = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        Require.Positive(pseudoCount);
        if (sequences.Count == 0)
            throw new ArgumentException("expected at least one sequence, got none.", nameof(sequences));
        double[,] counts = new double[tokens + 1, tokens];
        foreach (ref double count in System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref counts[0, 0], counts.Length))
            count = pseudoCount;
        foreach (var sequence in sequences)
        {
            for (int t = 0, state = 0; t < sequence.Count; t++)
            {
                counts[state, sequence[t]]++;
                state = sequence[t] + 1;
            }
        }
        double[,] logits = new double[tokens + 1, tokens];
        for (int i = 0; i <= tokens; i++)
        {
            for (int k = 0; k < tokens; k++)
                logits[i, k] = Math.Log(i == 0 && start is not null ? start[k] : counts[i, k]);
        }
        return SequenceLaw.OfLogits(logits, (_, token) => token + 1, sequences[0].Count);
    }
}
