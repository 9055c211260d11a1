namespace GanNotebooks.Theory;

/// <summary>
/// REBAR and RELAX on the problem of one Bernoulli: REINFORCE minus a control variate c(z), plus that control's own gradient. Unbiased for
/// every c:
/// g = (f(b) − c(z̃)) (b − θ) + ∂c(z)/∂ψ − ∂c(z̃)/∂ψ, where z gives b, and z̃ is drawn again, given b.
/// </summary>
/// <param name="Problem">The problem.</param>
/// <param name="Control">c(z).</param>
/// <param name="ControlSlope">c′(z).</param>
/// <remarks>Sources: Tucker et al. 2017 (REBAR, equation 5), c(z) = η f(σ(z/τ)); Grathwohl et al. 2018 (RELAX, section 3.2), c is
/// learned so that the variance falls.</remarks>
public sealed record ControlVariate(BernoulliGradient Problem, Func<double, double> Control, Func<double, double> ControlSlope)
{
    private const double Edge = 1e-13; // a uniform number nearer to 0 or 1 adds nothing to the integrals below

    /// <summary>REBAR's control: η f(σ(z/τ)).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="temperature">τ &gt; 0.</param>
    /// <param name="scale">η.</param>
    public static ControlVariate Rebar(BernoulliGradient problem, double temperature, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Require.Positive(temperature);
        return new(problem, z => scale * problem.Cost(LogSpace.Sigmoid(z / temperature)),
            z => scale * problem.Slope(LogSpace.Sigmoid(z / temperature)) * LogSpace.Sigmoid(z / temperature)
                * LogSpace.Sigmoid(-z / temperature) / temperature);
    }

    /// <summary>
    /// RELAX's control as this library has it, linear in three weights: w₁ + w₂ σ(z/τ) + w₃ f(σ(z/τ)). The authors use a small
    /// network (Grathwohl et al. 2018, section 3.2).
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="temperature">τ &gt; 0.</param>
    /// <param name="weights">The three weights.</param>
    /// <exception cref="ArgumentException">There are not three weights.</exception>
    public static ControlVariate Relax(BernoulliGradient problem, double temperature, params IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var features = RelaxFeatures(problem, temperature);
        if (weights.Count != features.Count)
            throw new ArgumentException($"RELAX has {features.Count} weights here, not {weights.Count}", nameof(weights));
        return new(problem, z => features.Zip(weights, (c, w) => w * c.Control(z)).Sum(),
            z => features.Zip(weights, (c, w) => w * c.ControlSlope(z)).Sum());
    }

    /// <summary>The three functions that <see cref="Relax"/> adds up: a constant, the soft choice, and REBAR's f of it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="temperature">τ &gt; 0.</param>
    public static IReadOnlyList<ControlVariate> RelaxFeatures(BernoulliGradient problem, double temperature) =>
    [
        new(problem, _ => 1, _ => 0),
        new(problem, z => LogSpace.Sigmoid(z / temperature),
            z => LogSpace.Sigmoid(z / temperature) * LogSpace.Sigmoid(-z / temperature) / temperature),
        Rebar(problem, temperature),
    ];

    /// <summary>One estimate.</summary>
    /// <param name="u">Uniform in (0, 1): gives z and b.</param>
    /// <param name="v">Uniform in (0, 1), independent of u: gives z̃.</param>
    public double Draw(double u, double v)
    {
        double z = Problem.Logit + BernoulliGradient.LogOdds(u);
        return Choice(z > 0 ? 1 : 0, v) + ControlSlope(z);
    }

    /// <summary>Mean of the estimate over u and v, by quadrature.</summary>
    public double Mean() => Average(ControlSlope, 0, 1)
        + Problem.Theta * Average(v => Choice(1, v)) + (1 - Problem.Theta) * Average(v => Choice(0, v));

    /// <summary>Variance of the estimate, by quadrature: given b, the terms of u and of v are independent.</summary>
    public double Variance()
    {
        double second = 0;
        foreach (int b in new[] { 0, 1 })
        {
            double probability = b == 1 ? Problem.Theta : 1 - Problem.Theta;
            var (from, to) = b == 1 ? (1 - Problem.Theta, 1.0) : (0.0, 1 - Problem.Theta);
            double first = Average(v => Choice(b, v)), own = Average(ControlSlope, from, to) / probability;
            second += probability * (Average(v => Math.Pow(Choice(b, v), 2)) + 2 * first * own
                + Average(z => Math.Pow(ControlSlope(z), 2), from, to) / probability);
        }
        return second - Math.Pow(Mean(), 2);
    }

    // All terms of the estimate but ∂c(z)/∂ψ.
    private double Choice(int b, double v)
    {
        var (z, slope) = Again(b, v);
        return (Problem.Cost(b) - Control(z)) * (b - Problem.Theta) - ControlSlope(z) * slope;
    }

    /// <summary>z̃ given b, and its derivative by ψ with v held fixed.</summary>
    /// <param name="b">The draw, 0 or 1.</param>
    /// <param name="v">Uniform in (0, 1).</param>
    public (double Z, double Slope) Again(int b, double v)
    {
        double theta = Problem.Theta, u = b == 1 ? v * theta + 1 - theta : v * (1 - theta);
        double ofTheta = (b == 1 ? v - 1 : -v) / (u * (1 - u)); // d logit(u)/dθ
        return (Problem.Logit + BernoulliGradient.LogOdds(u), 1 + theta * (1 - theta) * ofTheta);
    }

    private static double Average(Func<double, double> g) =>
        Quadrature.Default.Integrate(g, [Edge, 0.01, 0.5, 0.99, 1 - Edge]).Value;

    // ∫ g(z(u)) du from one uniform number to another.
    private double Average(Func<double, double> g, double from, double to) => Quadrature.Default.Integrate(
        u => g(Problem.Logit + BernoulliGradient.LogOdds(u)),
        [Math.Max(from, Edge), from + 0.01 * (to - from), (from + to) / 2, from + 0.99 * (to - from), Math.Min(to, 1 - Edge)]).Value;
}
