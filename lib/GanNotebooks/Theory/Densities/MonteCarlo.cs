namespace GanNotebooks.Theory;

/// <summary>Plain Monte Carlo with a standard error.</summary>
public static class MonteCarlo
{
    /// <summary>E_p[f(X)] ≈ mean of f over N samples, with standard error √(s²/N).</summary>
    /// <param name="p">The density to sample.</param>
    /// <param name="f">The function to average; should have a finite variance under p.</param>
    /// <param name="count">N ≥ 2.</param>
    /// <param name="random">The seeded source of randomness.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 2.</exception>
    public static Estimate Expectation(Density p, Func<double, double> f, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(f);
        return Average(() => f(p.Sample(random)), count);
    }

    /// <summary>The mean of N draws, by Welford's recurrence.</summary>
    internal static Estimate Average(Func<double> draw, int count)
    {
        Require.AtLeast(count, 2);
        double mean = 0, squares = 0;
        for (int i = 1; i <= count; i++)
        {
            double value = draw();
            double delta = value - mean;
            mean += delta / i;
            squares += delta * (value - mean);
        }
        return new(mean, Math.Sqrt(squares / (count - 1) / count), EstimateMethod.MonteCarlo, count);
    }
}
