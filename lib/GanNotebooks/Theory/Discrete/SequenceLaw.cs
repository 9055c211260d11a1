namespace GanNotebooks.Theory;

/// <summary>
/// A law of sequences x₁ … x_T of tokens 0 … S − 1, written token by token: q(x) = Π q(x_t | state), where the state is all that the law
/// remembers of x₁ … x_{t−1}. A Markov chain remembers one token; a <see cref="Tree"/> remembers everything, and so can hold any law.
/// Probabilities are in double, logarithms are natural.
/// </summary>
public sealed class SequenceLaw
{
    private readonly double[,] logProbabilities; // [states, S]
    private readonly Func<int, int, int> next;

    private SequenceLaw(double[,] logProbabilities, Func<int, int, int> next, int length)
    {
        (this.logProbabilities, this.next, Length) = (logProbabilities, next, Require.AtLeast(length, 1));
        (States, Tokens) = (logProbabilities.GetLength(0), logProbabilities.GetLength(1));
    }

    /// <summary>Number of tokens, S.</summary>
    public int Tokens { get; }

    /// <summary>Number of tokens in a sequence, T.</summary>
    public int Length { get; }

    /// <summary>Number of states; state 0 is the start.</summary>
    public int States { get; }

    /// <summary>A law from its logits: q(k | state) = softmax over k.</summary>
    /// <param name="logits">[states, S]; −∞ gives probability 0.</param>
    /// <param name="next">The state after a state and a token; state 0 is the start.</param>
    /// <param name="length">T ≥ 1.</param>
    /// <exception cref="ArgumentException">A row holds NaN, +∞ or only −∞.</exception>
    public static SequenceLaw OfLogits(double[,] logits, Func<int, int, int> next, int length)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(next);
        return new SequenceLaw(Normalised(logits, 1), next, length);
    }

    /// <summary>A Markov chain: state 0 is the start, state 1 + i stands for the last token i.</summary>
    /// <param name="start">[S] probabilities of the first token.</param>
    /// <param name="transitions">[S, S] probabilities of the next token, row = last token.</param>
    /// <param name="length">T ≥ 1.</param>
    /// <exception cref="ArgumentException">A row is no law, or the shapes differ.</exception>
    public static SequenceLaw Markov(IReadOnlyList<double> start, double[,] transitions, int length)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        int s = Require.Weights(start).Length;
        if (transitions.GetLength(0) != s || transitions.GetLength(1) != s)
        {
            throw new ArgumentException(
                Text.Of($"transitions must be [{s}, {s}], got [{transitions.GetLength(0)}, {transitions.GetLength(1)}]."),
                nameof(transitions));
        }

        double[,] logs = new double[s + 1, s];
        for (int i = 0; i <= s; i++)
        {
            double[] row = i == 0 ? [.. start] : [.. Enumerable.Range(0, s).Select(k => transitions[i - 1, k])];
            Require.Weights(row, nameof(transitions));
            for (int k = 0; k < s; k++)
                logs[i, k] = Math.Log(row[k]);
        }
        return OfLogits(logs, (_, token) => token + 1, length);
    }

    /// <summary>Independent tokens, all with the same law: unigrams.</summary>
    /// <param name="probabilities">[S].</param>
    /// <param name="length">T ≥ 1.</param>
    public static SequenceLaw Independent(IReadOnlyList<double> probabilities, int length)
    {
        double[] p = Require.Weights(probabilities);
        double[,] logs = new double[1, p.Length];
        for (int k = 0; k < p.Length; k++)
            logs[0, k] = Math.Log(p[k]);
        return OfLogits(logs, (_, _) => 0, length);
    }

    /// <summary>
    /// A law that remembers everything: one row of logits for each prefix. The prefix with number s, followed by token k, has the number
    /// S·s + 1 + k; the empty one has number 0. There are (Sᵀ − 1)/(S − 1) of them.
    /// </summary>
    /// <param name="logits">[prefixes, S].</param>
    /// <param name="length">T ≥ 1.</param>
    /// <exception cref="ArgumentException">The number of rows is not that of the prefixes.</exception>
    public static SequenceLaw Tree(double[,] logits, int length)
    {
        ArgumentNullException.ThrowIfNull(logits);
        int tokens = logits.GetLength(1), prefixes = 0;
        for (int t = 0; t < Require.AtLeast(length, 1); t++)
            prefixes = checked(prefixes * tokens + 1);
        return logits.GetLength(0) == prefixes
            ? OfLogits(logits, (state, token) => tokens * state + 1 + token, length)
            : throw new ArgumentException(
                Text.Of($"{tokens} tokens and length {length} have {prefixes} prefixes, got {logits.GetLength(0)} rows."), nameof(logits));
    }

    /// <summary>One sequence with probability 1.</summary>
    /// <param name="sequence">[T] tokens.</param>
    /// <param name="tokens">S.</param>
    public static SequenceLaw Certain(IReadOnlyList<int> sequence, int tokens)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        double[,] logs = new double[sequence.Count, tokens];
        for (int t = 0; t < sequence.Count; t++)
        {
            for (int k = 0; k < tokens; k++)
                logs[t, k] = k == sequence[t] ? 0 : double.NegativeInfinity;
        }
        return OfLogits(logs, (state, _) => Math.Min(state + 1, sequence.Count - 1), sequence.Count);
    }

    /// <summary>log q(token | state).</summary>
    public double LogProbability(int state, int token) => logProbabilities[state, token];

    /// <summary>The state after a state and a token.</summary>
    public int Next(int state, int token) => next(state, token);

    /// <summary>log q(x) of a whole sequence, in nats.</summary>
    /// <param name="sequence">[T] tokens.</param>
    /// <exception cref="ArgumentException">The sequence has another length.</exception>
    public double LogProbability(IReadOnlyList<int> sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        if (sequence.Count != Length)
            throw new ArgumentException(Text.Of($"expected {Length} tokens, got {sequence.Count}."), nameof(sequence));
        double sum = 0;
        int state = 0;
        foreach (int token in sequence)
        {
            sum += logProbabilities[state, token];
            state = next(state, token);
        }
        return sum;
    }

    /// <summary>
    /// The law at another temperature: q(k | state)^α / Σ q(j | state)^α, token by token. α = 1/temperature; α &gt; 1 is sharper.
    /// </summary>
    /// <param name="alpha">α &gt; 0.</param>
    public SequenceLaw Sharpen(double alpha) => new(Normalised(logProbabilities, Require.Positive(alpha)), next, Length);

    /// <summary>Draws a sequence.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <returns>[T] tokens.</returns>
    public int[] Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int[] sequence = new int[Length];
        for (int t = 0, state = 0; t < Length; t++)
        {
            double[] row = [.. Enumerable.Range(0, Tokens).Select(k => Math.Exp(logProbabilities[state, k]))];
            sequence[t] = Sampling.Index(row, random);
            state = next(state, sequence[t]);
        }
        return sequence;
    }

    /// <summary>All Sᵀ sequences, in the order of the numbers that they write in base S.</summary>
    public IEnumerable<int[]> Sequences()
    {
        int[] sequence = new int[Length];
        while (true)
        {
            yield return [.. sequence];
            int t = Length - 1;
            while (t >= 0 && ++sequence[t] == Tokens)
                sequence[t--] = 0;
            if (t < 0)
                yield break;
        }
    }

    /// <summary>The most likely sequence, by dynamic programming (Viterbi) over states.</summary>
    public int[] MostLikely()
    {
        var best = new Dictionary<int, (double Log, int[] Sequence)> { [0] = (0, []) };
        for (int t = 0; t < Length; t++)
        {
            var after = new Dictionary<int, (double Log, int[] Sequence)>();
            foreach (var (state, (log, sequence)) in best)
            {
                for (int k = 0; k < Tokens; k++)
                {
                    double total = log + logProbabilities[state, k];
                    int there = next(state, k);
                    if (!after.TryGetValue(there, out var known) || total > known.Log)
                        after[there] = (total, [.. sequence, k]);
                }
            }
            best = after;
        }
        return best.Values.MaxBy(b => b.Log).Sequence;
    }

    private static double[,] Normalised(double[,] logits, double alpha)
    {
        int states = logits.GetLength(0), tokens = logits.GetLength(1);
        double[,] logs = new double[states, tokens];
        double[] row = new double[tokens];
        for (int i = 0; i < states; i++)
        {
            for (int k = 0; k < tokens; k++)
                row[k] = alpha * logits[i, k];
            double sum = LogSpace.LogSumExp(row);
            if (!double.IsFinite(sum))
                throw new ArgumentException(Text.Of($"row {i} of the logits is no law: log Σ exp = {sum}."), nameof(logits));
            for (int k = 0; k < tokens; k++)
                logs[i, k] = row[k] - sum;
        }
        return logs;
    }
}
