namespace GanNotebooks.Theory;

/// <summary>
/// C(q) = max over D of V(D, q) for distributions on finitely many points, in double precision, arranged so that it can be followed down to
/// the last bit: C = -log 4 + Σ mₖ φ(dₖ) with m = (p + q)/2, d = (q - p)/(p + q) and φ(d) = (1+d) log(1+d) + (1-d) log(1-d) ≥ 0, every term
/// non-negative. Source: Goodfellow et al. 2014 (arXiv 1406.2661), theorem 1.
/// </summary>
public static class SimplexCriterion
{
    private const double SeriesBelow = 0.25; // with 14 terms the first one left out is below 2⁻⁵⁶ of the first
    private const int SeriesTerms = 14;
    private const double MassTolerance = 1e-9;

    /// <summary>-log 4, the least value of C.</summary>
    public static double Minimum { get; } = -Math.Log(4);

    /// <summary>C(q) = Σ pₖ log(pₖ/(pₖ+qₖ)) + qₖ log(qₖ/(pₖ+qₖ)).</summary>
    /// <param name="p">The data, non-negative, sum 1.</param>
    /// <param name="q">The model, non-negative, sum 1, as long as p.</param>
    /// <returns>In [-log 4, 0].</returns>
    public static double Value(IReadOnlyList<double> p, IReadOnlyList<double> q) => Minimum + Excess(p, q);

    /// <summary>C(q) + log 4 = 2 JSD(p, q), with a relative error of a few roundings even where it is tiny.</summary>
    /// <param name="p">The data.</param>
    /// <param name="q">The model.</param>
    /// <returns>In [0, log 4].</returns>
    public static double Excess(IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        Check(p, q);
        var (sum, lost) = (0.0, 0.0);
        for (int k = 0; k < p.Count; k++)
        {
            if (p[k] + q[k] == 0)
                continue;
            double term = Term(p[k], q[k]);
            double next = sum + term;
            lost += sum >= term ? sum - next + term : term - next + sum; // Neumaier's compensation: right to a rounding or two
            sum = next;
        }

        return sum + lost;
    }

    /// <summary>D* = p/(p + q); 1/2 where both vanish, since there it does not matter.</summary>
    /// <param name="p">The data.</param>
    /// <param name="q">The model.</param>
    /// <returns>The optimal discriminator, point by point.</returns>
    public static double[] OptimalDiscriminator(IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        Check(p, q);
        return [.. p.Zip(q, (a, b) => a + b == 0 ? 0.5 : a / (a + b))];
    }

    /// <summary>V(D, q) = Σ pₖ log Dₖ + qₖ log(1 - Dₖ) for any discriminator; linear in q. 0 log 0 = 0.</summary>
    /// <param name="discriminator">D, point by point, in [0, 1].</param>
    /// <param name="p">The data.</param>
    /// <param name="q">The model.</param>
    /// <returns>At most C(q); -∞ if D is certain and wrong.</returns>
    public static double Objective(IReadOnlyList<double> discriminator, IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        Check(p, q);
        if (discriminator.Count != p.Count)
            throw new ArgumentException($"Expected {p.Count} values of D, got {discriminator.Count}.", nameof(discriminator));
        double sum = 0.0;
        for (int k = 0; k < p.Count; k++)
        {
            if (p[k] > 0)
                sum += p[k] * Math.Log(discriminator[k]);
            if (q[k] > 0)
                sum += q[k] * Math.Log(1 - discriminator[k]);
        }

        return sum;
    }

    /// <summary>
    /// The subgradient of C at q that Proposition 2 takes: the derivative of V at the maximising D, ∂V/∂qₖ = log(1 - D*ₖ) =
    /// log(qₖ/(pₖ+qₖ)).
    /// </summary>
    /// <param name="p">The data.</param>
    /// <param name="q">The model, positive wherever p is.</param>
    /// <returns>One number per point, at most 0.</returns>
    public static double[] Subgradient(IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        Check(p, q);
        return [.. p.Zip(q, (a, b) => a == 0 ? 0 : Math.Log(b) - Math.Log(a + b))];
    }

    /// <summary>Requires two distributions on the same points.</summary>
    internal static void Check(IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        if (p.Count != q.Count)
            throw new ArgumentException($"p has {p.Count} points, q has {q.Count}.", nameof(q));
        CheckOne(p, nameof(p));
        CheckOne(q, nameof(q));
    }

    private static void CheckOne(IReadOnlyList<double> weights, string name)
    {
        double sum = 0.0;
        foreach (double weight in weights)
            sum += weight >= 0 ? weight : double.NaN;
        if (!(Math.Abs(sum - 1) <= MassTolerance))
        {
            throw new ArgumentException($"Expected non-negative weights that sum to 1, got {string.Join(", ", weights.Take(10))} ...",
                name);
        }
    }

    private static double Term(double p, double q)
    {
        var (middle, d) = ((p + q) / 2, (q - p) / (p + q));
        if (Math.Abs(d) >= SeriesBelow)
            return LogTerm(p, middle) + LogTerm(q, middle);
        var (square, sum) = (d * d, 0.0);
        for (int k = SeriesTerms; k >= 1; k--)
            sum = sum * square + 1.0 / (k * (2 * k - 1)); // φ(d) = Σ d²ᵏ / (k (2k - 1))
        return middle * square * sum;
    }

    private static double LogTerm(double a, double middle) => a == 0 ? 0 : a * Math.Log(a / middle);
}
