namespace GanNotebooks.Theory;

/// <summary>
/// Descends E[(b − t)²] over the logit of a Bernoulli with one noisy gradient a step and Adam, the experiment of REBAR and RELAX.
/// </summary>
/// <remarks>
/// RELAX's control variate is here linear in its weights, c(z) = Σ w_k φ_k(z), so that an estimate is g = f(b)(b − θ) + Σ w_k ψ_k, and the
/// weights of the least E[g²] solve three linear equations. They are fitted to a running mean over the last hundred draws or so. The
/// authors use a small network and descend on E[g²]. The first 200 draws only set what an estimator remembers. Settings: Grathwohl et al.
/// 2018, section 4.1.
/// </remarks>
public sealed class BernoulliDescent
{
    private const double Rate = 0.01, Beta1 = 0.9, Beta2 = 0.999, Tiny = 1e-8, Temperature = 0.5, Memory = 0.99;

    private const int Parts = 3, WarmUp = 200;

    private readonly double target;
    private readonly ChoiceEstimator estimator;
    private readonly Random random;
    private readonly AdamNumber logit = new();
    private readonly double[,] left = new double[Parts, Parts];
    private readonly double[] right = new double[Parts];
    private double[] weights = new double[Parts];
    private double baseline;

    /// <summary>Starts at θ = ½.</summary>
    /// <param name="target">t.</param>
    /// <param name="estimator">The estimate of the gradient.</param>
    /// <param name="seed">Seed of the draws.</param>
    public BernoulliDescent(double target, ChoiceEstimator estimator, int seed) =>
        (this.target, this.estimator, random) = (Require.Finite(target), estimator, new Random(seed));

    /// <summary>Which of RELAX's features may have a weight: the constant (0), σ(z/τ) (1), REBAR's control (2).</summary>
    public IReadOnlyList<int> Features { get; init; } = [0, 1, 2];

    /// <summary>The weights that RELAX has fitted, one for each of its three features; 0 for one that has none.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>θ.</summary>
    public double Theta => LogSpace.Sigmoid(logit.Value);

    /// <summary>Makes steps and keeps θ. Call it once.</summary>
    /// <param name="steps">Number of steps.</param>
    /// <param name="every">Steps between two kept values.</param>
    /// <returns>θ at the start, and after each <paramref name="every"/> steps.</returns>
    public double[] Run(int steps, int every)
    {
        Require.AtLeast(steps, 1);
        Require.AtLeast(every, 1);
        for (int draw = 0; draw < WarmUp; draw++)
            Estimate();
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

    // The weights come from earlier draws only, so that the estimate stays unbiased.
    private double Relax(BernoulliGradient problem, int b, double u, double v)
    {
        double plain = problem.Reinforce(b);
        double[] parts = [.. ControlVariate.RelaxFeatures(problem, Temperature)
            .Select((c, i) => Features.Contains(i) ? c.Draw(u, v) - plain : 0)];
        double estimate = plain + parts.Zip(weights, (p, w) => p * w).Sum();
        for (int i = 0; i < parts.Length; i++)
        {
            right[i] = Memory * right[i] - plain * parts[i];
            for (int j = 0; j < parts.Length; j++)
                left[i, j] = Memory * left[i, j] + parts[i] * parts[j];
        }
        weights = Solve();
        return estimate;
    }

    // Cholesky's way to the weights of the least E[g²]; a small ridge, since the parts can be nearly parallel.
    private double[] Solve()
    {
        int n = right.Length;
        double ridge = 1e-9 * (Enumerable.Range(0, n).Sum(i => left[i, i]) + 1e-12);
        double[,] l = new double[n, n];
        double[] x = [.. right];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = left[i, j] + (i == j ? ridge : 0) - Enumerable.Range(0, j).Sum(k => l[i, k] * l[j, k]);
                l[i, j] = i == j ? Math.Sqrt(Math.Max(rest, ridge)) : rest / l[j, j];
            }
            x[i] = (x[i] - Enumerable.Range(0, i).Sum(k => l[i, k] * x[k])) / l[i, i];
        }
        for (int i = n - 1; i >= 0; i--)
            x[i] = (x[i] - Enumerable.Range(i + 1, n - 1 - i).Sum(k => l[k, i] * x[k])) / l[i, i];
        return x;
    }

    private sealed class AdamNumber
    {
        private double mean, square;

        public double Value { get; private set; }

        public void Descend(double gradient, int step)
        {
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
