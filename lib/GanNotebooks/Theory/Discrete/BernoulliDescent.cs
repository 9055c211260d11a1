namespace GanNotebooks.Theory;

/// <summary>
/// Descends E[(b − t)²] over the logit of a Bernoulli with one noisy gradient a step and Adam, the experiment of REBAR and RELAX.
/// </summary>
/// <remarks>
/// RELAX's control variate is here linear in its weights, c(z) = Σ w_k φ_k(z), so that an estimate is g = f(b)(b − θ) + Σ w_k ψ_k and the
/// gradient of its variance, ∂E[g²]/∂w_k = E[2 g ψ_k], needs no second derivatives. The authors use a small network. Settings: Grathwohl et
/// al. 2018, section 4.1.
/// </remarks>
public sealed class BernoulliDescent
{
    private const double Rate = 0.01, Beta1 = 0.9, Beta2 = 0.999, Tiny = 1e-8, Temperature = 0.5, Memory = 0.99;

    private readonly double target;
    private readonly ChoiceEstimator estimator;
    private readonly Random random;
    private readonly AdamNumber logit = new();
    private readonly AdamNumber[] weights = [new(), new(), new()];
    private double baseline;

    /// <summary>Starts at θ = ½.</summary>
    /// <param name="target">t.</param>
    /// <param name="estimator">The estimate of the gradient.</param>
    /// <param name="seed">Seed of the draws.</param>
    public BernoulliDescent(double target, ChoiceEstimator estimator, int seed) =>
        (this.target, this.estimator, random) = (Require.Finite(target), estimator, new Random(seed));

    /// <summary>θ.</summary>
    public double Theta => LogSpace.Sigmoid(logit.Value);

    /// <summary>Makes steps and keeps θ.</summary>
    /// <param name="steps">Number of steps.</param>
    /// <param name="every">Steps between two kept values.</param>
    /// <returns>θ at the start, and after each <paramref name="every"/> steps.</returns>
    public double[] Run(int steps, int every)
    {
        Require.AtLeast(steps, 1);
        Require.AtLeast(every, 1);
        var kept = new List<double> { Theta };
        for (int step = 1; step <= steps; step++)
        {
            logit.Descend(Estimate(), step);
            if (step % every == 0)
                kept.Add(Theta);
        }
        return [.. kept];

        double Estimate()
        {
            var problem = new BernoulliGradient(target, Math.Clamp(Theta, 1e-9, 1 - 1e-9));
            double u = Math.Clamp(random.NextDouble(), 1e-12, 1 - 1e-12), v = Math.Clamp(random.NextDouble(), 1e-12, 1 - 1e-12);
            int b = u > 1 - problem.Theta ? 1 : 0;
            switch (estimator)
            {
                case ChoiceEstimator.Exact:
                    return problem.Exact;
                case ChoiceEstimator.Reinforce:
                    return problem.Reinforce(b);
                case ChoiceEstimator.ReinforceBaseline:
                    double estimate = problem.Reinforce(b, baseline);
                    baseline = Memory * baseline + (1 - Memory) * problem.Cost(b);
                    return estimate;
                case ChoiceEstimator.Relaxed:
                    return problem.DrawRelaxed(Temperature, u);
                case ChoiceEstimator.Rebar:
                    return ControlVariate.Rebar(problem, Temperature).Draw(u, v);
                case ChoiceEstimator.Relax:
                    return Relax(problem, b, u, v);
                default:
                    throw new InvalidOperationException($"unknown estimator {estimator}");
            }
        }
    }

    private double Relax(BernoulliGradient problem, int b, double u, double v)
    {
        double[] parts = [.. Features(problem).Select(c =>
            new ControlVariate(problem, c.Control, c.ControlSlope).Draw(u, v) - problem.Reinforce(b))];
        double estimate = problem.Reinforce(b) + parts.Zip(weights, (p, w) => p * w.Value).Sum();
        int step = weights[0].Steps + 1;
        for (int k = 0; k < weights.Length; k++)
            weights[k].Descend(2 * estimate * parts[k], step);
        return estimate;
    }

    // A constant, the soft choice, and REBAR's f of the soft choice.
    private static ControlVariate[] Features(BernoulliGradient problem) =>
    [
        new(problem, _ => 1, _ => 0),
        new(problem, z => LogSpace.Sigmoid(z / Temperature),
            z => LogSpace.Sigmoid(z / Temperature) * LogSpace.Sigmoid(-z / Temperature) / Temperature),
        ControlVariate.Rebar(problem, Temperature),
    ];

    private sealed class AdamNumber
    {
        private double mean, square;

        public double Value { get; private set; }

        public int Steps { get; private set; }

        public void Descend(double gradient, int step)
        {
            Steps = step;
            mean = Beta1 * mean + (1 - Beta1) * gradient;
            square = Beta2 * square + (1 - Beta2) * gradient * gradient;
            Value -= Rate * mean / (1 - Math.Pow(Beta1, step)) / (Math.Sqrt(square / (1 - Math.Pow(Beta2, step))) + Tiny);
        }
    }
}

/// <summary>Ways to estimate a gradient through a choice.</summary>
public enum ChoiceEstimator
{
    /// <summary>The gradient itself, the control.</summary>
    Exact,

    /// <summary>REINFORCE.</summary>
    Reinforce,

    /// <summary>REINFORCE minus a running mean of the cost.</summary>
    ReinforceBaseline,

    /// <summary>Gumbel-softmax at τ = 0.5.</summary>
    Relaxed,

    /// <summary>REBAR at τ = 0.5 with scale 1.</summary>
    Rebar,

    /// <summary>RELAX with a control variate of three weights.</summary>
    Relax,
}
