namespace GanNotebooks.Theory;

/// <summary>
/// Proposition 2 of Goodfellow et al. 2014 at work: q itself, not a network, descends C(q) = max over D of V(D, q). Entropic mirror descent
/// on the simplex, also known as multiplicative weights: q′ₖ ∝ qₖ e^(-η log(1-D*ₖ)) = qₖ ((pₖ+qₖ)/qₖ)^η. Since ∂²C/∂qₖ² = pₖ/(qₖ(pₖ+qₖ)) ≤
/// 1/qₖ, C is 1-smooth relative to the entropy, so that every step η ≤ 1 descends (Bauschke, Bolte, Teboulle 2017; Lu, Freund, Nesterov
/// 2018); η = 1 is q′ = (p + q)/2.
/// </summary>
public static class MirrorDescent
{
    /// <summary>The largest step for which descent is a theorem.</summary>
    public const double LargestStep = 1;

    /// <summary>Computes one step of mirror descent.</summary>
    /// <param name="p">The data: non-negative, sum 1.</param>
    /// <param name="q">The model: positive wherever p is, sum 1.</param>
    /// <param name="step">η in (0, 1].</param>
    /// <returns>The next q, sum 1.</returns>
    public static double[] Step(IReadOnlyList<double> p, IReadOnlyList<double> q, double step)
    {
        SimplexCriterion.Check(p, q);
        if (!(step > 0 && step <= LargestStep))
            throw new ArgumentOutOfRangeException(nameof(step), step, "The step must lie in (0, 1].");
        double[] logs = new double[q.Count];
        for (int k = 0; k < logs.Length; k++)
        {
            if (p[k] > 0 && q[k] == 0)
            {
                throw new ArgumentException(
                    $"q must be positive wherever p is, but q[{k}] = 0: mass that is lost never comes back.", nameof(q));
            }

            logs[k] = Math.Log(q[k]) + (p[k] == 0 ? 0 : step * (Math.Log(p[k] + q[k]) - Math.Log(q[k])));
        }

        return Normalise(logs);
    }

    /// <summary>Steps until C + log 4 is at most the tolerance, or so often.</summary>
    /// <param name="p">The data: non-negative, sum 1.</param>
    /// <param name="start">The first q: positive wherever p is, sum 1.</param>
    /// <param name="step">η in (0, 1].</param>
    /// <param name="maxSteps">The largest number of steps.</param>
    /// <param name="tolerance">The distance to -log 4 that counts as reached.</param>
    /// <returns>Every q on the way.</returns>
    public static FunctionSpaceDescent Run(
        IReadOnlyList<double> p, IReadOnlyList<double> start, double step, int maxSteps, double tolerance = 1e-13)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(start);
        List<double[]> models = [[.. start]];
        List<double> excesses = [SimplexCriterion.Excess(p, start)];
        while (excesses[^1] > tolerance && models.Count <= maxSteps)
        {
            models.Add(Step(p, models[^1], step));
            excesses.Add(SimplexCriterion.Excess(p, models[^1]));
        }

        return new([.. p], models, excesses);
    }

    private static double[] Normalise(double[] logs)
    {
        double largest = logs.Max();
        double[] weights = Array.ConvertAll(logs, log => Math.Exp(log - largest));
        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }
}
