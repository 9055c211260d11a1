namespace GanNotebooks.Tests.Theory;

/// <summary>Random distributions on finitely many points.</summary>
internal static class RandomSimplex
{
    /// <summary>Full support; the larger the spread, the more uneven: weights e^(spread · u), u uniform in [-1, 1].</summary>
    public static double[] Draw(Random random, int count, double spread = 3)
    {
        double[] weights = Enumerable.Range(0, count).Select(_ => Math.Exp(spread * (2 * random.NextDouble() - 1))).ToArray();
        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }
}
