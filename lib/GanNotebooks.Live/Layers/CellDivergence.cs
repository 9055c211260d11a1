namespace GanNotebooks.Live;

/// <summary>The Jensen-Shannon divergence between known masses of cells and the counts of samples.</summary>
internal static class CellDivergence
{
    /// <summary>JSD in nats, and its standard error by the delta method, to which the noise of a perfect sampler is added.</summary>
    /// <param name="masses">p of each cell; they sum to 1.</param>
    /// <param name="counts">Samples in each cell.</param>
    public static (double Divergence, double Error) Of(IReadOnlyList<double> masses, IReadOnlyList<int> counts)
    {
        double n = counts.Sum(), toMixture = 0, fromMixture = 0, square = 0;
        int used = 0;
        for (int i = 0; i < masses.Count; i++)
        {
            double p = masses[i], q = counts[i] / n, term = Term(q, p);
            toMixture += Term(p, q);
            fromMixture += term;
            square += q > 0 ? term * term / q : 0;
            used += counts[i] > 0 ? 1 : 0;
        }

        double secondOrder = 2.0 * used / (64 * n * n);
        return ((toMixture + fromMixture) / 2, Math.Sqrt(Math.Max(0, square - fromMixture * fromMixture) / n / 4 + secondOrder));
    }

    /// <summary>
    /// The mean of <see cref="Of"/> for N samples of the masses themselves: the sum over the cells of the mean for a Poisson number of
    /// samples. Where all cells have many samples it is (K − 1)/(8N) for K cells.
    /// </summary>
    /// <param name="masses">p of each cell.</param>
    /// <param name="samples">N.</param>
    public static double Floor(IReadOnlyList<double> masses, int samples)
    {
        double sum = 0;
        foreach (double p in masses)
        {
            double mean = samples * p, deviation = Math.Sqrt(mean);
            int from = (int)Math.Max(0, mean - 8 * deviation - 1), to = (int)(mean + 8 * deviation + 12);
            double log = -mean + (from > 0 ? from * Math.Log(mean) - LogFactorial(from) : 0);
            double probability = p > 0 ? Math.Exp(log) : 0;
            for (int k = from; k <= to && p > 0; k++)
            {
                double q = (double)k / samples;
                sum += probability * (Term(p, q) + Term(q, p)) / 2;
                probability *= mean / (k + 1);
            }
        }
        return sum;
    }

    private static double Term(double a, double b) => a > 0 ? a * Math.Log(2 * a / (a + b)) : 0;

    // Stirling's series; exact for small n.
    private static double LogFactorial(int n)
    {
        if (n < 20)
            return Enumerable.Range(1, n).Sum(k => Math.Log(k));
        double x = n + 1.0;
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(Math.Tau) + 1 / (12 * x) - 1 / (360 * x * x * x);
    }
}
