namespace GanNotebooks.Theory;

/// <summary>One estimator of the gradient of a <see cref="BernoulliGradient"/>: what it gives on average, and single draws of it.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Name">Name, with its temperature τ where it has one.</param>
/// <param name="Mean">Exact mean, in closed form or by quadrature.</param>
/// <param name="Deviation">Exact standard deviation of one draw, in closed form or by quadrature.</param>
/// <param name="Draw">One estimate from two independent uniform numbers in (0, 1). The first gives b; only REBAR and RELAX read the
/// second.</param>
public sealed record BernoulliEstimator(BernoulliGradient Problem, string Name, double Mean, double Deviation,
    Func<double, double, double> Draw)
{
    private const double ControlTemperature = 0.5, UntunedWeight = 0.1;

    /// <summary>Mean minus gradient; below 1e-9 it is the rounding of the quadrature.</summary>
    public double Bias => Mean - Problem.Exact;

    /// <summary>Whether the mean has the sign of the gradient: whether a step goes the right way on average.</summary>
    public bool HasRightSign => Math.Sign(Mean) == Math.Sign(Problem.Exact);

    /// <summary>
    /// Eleven estimators of one problem: REINFORCE without and with its best constant baseline, Gumbel-softmax and straight-through Gumbel
    /// ("hard") at τ = 1, 0.5 and 0.1, straight-through, REBAR with η = 1 and τ = 0.5, and RELAX with three weights of 0.1, before any
    /// learning.
    /// </summary>
    /// <param name="problem">The problem.</param>
    public static IReadOnlyList<BernoulliEstimator> All(BernoulliGradient problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        int Choice(double u) => u > 1 - problem.Theta ? 1 : 0;
        BernoulliEstimator Reinforce(string name, double baseline) => new(problem, name, problem.ReinforceMean(baseline),
            problem.ReinforceDeviation(baseline), (u, _) => problem.Reinforce(Choice(u), baseline));
        BernoulliEstimator Soft(double tau) => new(problem, Text.Of($"Gumbel, τ = {tau}"), problem.Relaxed(tau),
            problem.RelaxedDeviation(tau), (u, _) => problem.DrawRelaxed(tau, u));
        BernoulliEstimator Hard(double tau) => new(problem, Text.Of($"hard Gumbel, τ = {tau}"), problem.StraightThroughGumbel(tau),
            problem.StraightThroughGumbelDeviation(tau), (u, _) => problem.DrawStraightThroughGumbel(tau, u));
        BernoulliEstimator Controlled(string name, ControlVariate control) =>
            new(problem, name, control.Mean(), Math.Sqrt(control.Variance()), control.Draw);
        return
        [
            Reinforce("REINFORCE", 0), Reinforce("REINFORCE, best baseline", problem.BestBaseline),
            Soft(1), Soft(0.5), Soft(0.1), Hard(1), Hard(0.5), Hard(0.1),
            new(problem, "straight-through", problem.StraightThrough, problem.StraightThroughDeviation,
                (u, _) => problem.DrawStraightThrough(Choice(u))),
            Controlled("REBAR", ControlVariate.Rebar(problem, ControlTemperature)),
            Controlled("RELAX, not yet tuned",
                ControlVariate.Relax(problem, ControlTemperature, UntunedWeight, UntunedWeight, UntunedWeight)),
        ];
    }

    /// <summary>Draws many estimates.</summary>
    /// <param name="count">Number of draws n, at least 2.</param>
    /// <param name="random">The source of the uniform numbers.</param>
    public BernoulliTrial Sample(int count, Random random)
    {
        Require.AtLeast(count, 2);
        ArgumentNullException.ThrowIfNull(random);
        double[] drawn = [.. Enumerable.Range(0, count).Select(_ => Draw(Inner(random), Inner(random)))];
        return BernoulliTrial.Of(this, drawn);
    }

    // Uniform numbers of 0 and 1 would be infinite noise.
    private static double Inner(Random random) => Math.Clamp(random.NextDouble(), 1e-12, 1 - 1e-12);
}

/// <summary>Many draws of an estimator beside its exact moments.</summary>
/// <param name="Estimator">The estimator.</param>
/// <param name="Mean">Mean of the draws, with its standard error.</param>
/// <param name="Deviation">Standard deviation of the draws, with its standard error √(m₄ − m₂²) / (2 √(n m₂)), m the central
/// moments.</param>
public sealed record BernoulliTrial(BernoulliEstimator Estimator, Estimate Mean, Estimate Deviation)
{
    private const double Rounding = 1e-13; // of a sum of some hundred thousand numbers below 1, and of the quadratures

    /// <summary>Distance of the mean of the draws from the exact mean, in standard errors.</summary>
    public double MeanErrors => Math.Abs(Mean.Value - Estimator.Mean) / Mean.Error;

    /// <summary>Distance of the standard deviation of the draws from the exact one, in standard errors.</summary>
    public double DeviationErrors => Math.Abs(Deviation.Value - Estimator.Deviation) / Deviation.Error;

    /// <summary>The moments of given draws.</summary>
    internal static BernoulliTrial Of(BernoulliEstimator estimator, double[] drawn)
    {
        double mean = drawn.Average(), second = drawn.Average(g => (g - mean) * (g - mean));
        double fourth = drawn.Average(g => Math.Pow((g - mean) * (g - mean), 2));
        double deviation = Math.Sqrt(second), ofSecond = Math.Sqrt(Math.Max(0, fourth - second * second) / drawn.Length);
        Estimate Sampled(double value, double error) => new(value, error + Rounding, EstimateMethod.MonteCarlo, drawn.Length);
        return new(estimator, Sampled(mean, deviation / Math.Sqrt(drawn.Length)),
            Sampled(deviation, deviation > Rounding ? ofSecond / (2 * deviation) : 0));
    }
}
