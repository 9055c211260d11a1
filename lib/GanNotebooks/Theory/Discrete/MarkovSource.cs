namespace GanNotebooks.Theory;

/// <summary>
/// "Real text" whose law is known: a Markov chain over five tokens. P(i → j) is proportional to (1 + ((3i + 5j + ij) mod 7))^1.5, and the
/// first token is uniform. The formula has no meaning; it makes rows that differ.
/// </summary>
public static class MarkovSource
{
    /// <summary>Number of tokens.</summary>
    public const int Tokens = 5;

    private const double Power = 1.5;

    /// <summary>The probabilities of the next token, [5, 5], row = last token.</summary>
    public static double[,] Transitions()
    {
        double[,] p = new double[Tokens, Tokens];
        for (int i = 0; i < Tokens; i++)
        {
            double[] row = [.. Enumerable.Range(0, Tokens).Select(j => Math.Pow(1 + (3 * i + 5 * j + i * j) % 7, Power))];
            for (int j = 0; j < Tokens; j++)
                p[i, j] = row[j] / row.Sum();
        }
        return p;
    }

    /// <summary>The source.</summary>
    /// <param name="length">T ≥ 1.</param>
    public static SequenceLaw Law(int length) => SequenceLaw.Markov(Even, Transitions(), length);

    /// <summary>The law that the chain's tokens have in the long run: π = πP, [5].</summary>
    public static double[] Stationary()
    {
        double[,] p = Transitions();
        double[] pi = Even;
        for (int step = 0; step < 1000; step++)
            pi = [.. Enumerable.Range(0, Tokens).Select(j => Enumerable.Range(0, Tokens).Sum(i => pi[i] * p[i, j]))];
        return [.. pi.Select(x => x / pi.Sum())];
    }

    /// <summary>
    /// A model without any grammar: a uniform first token, then independent tokens with the frequencies of the long run.
    /// </summary>
    /// <param name="length">T ≥ 1.</param>
    public static SequenceLaw Unigrams(int length)
    {
        double[] often = Stationary();
        double[,] rows = new double[Tokens, Tokens];
        for (int i = 0; i < Tokens; i++)
        {
            for (int j = 0; j < Tokens; j++)
                rows[i, j] = often[j];
        }
        return SequenceLaw.Markov(Even, rows, length);
    }

    private static double[] Even => [.. Enumerable.Repeat(1.0 / Tokens, Tokens)];
}
