namespace GanNotebooks.Theory;

/// <summary>
/// The smallest problem with a choice in it: b ~ Bernoulli(θ), minimise E[(b − t)²]. Ways to estimate the gradient by the logit
/// ψ = log θ/(1 − θ), with their means and variances, in closed form or by quadrature.
/// </summary>
/// <remarks>
/// t = 0.45 is the toy problem of REBAR (Tucker et al. 2017), t = 0.499 that of RELAX (Grathwohl et al. 2018, section 4.1).
/// A draw of b is written as b = [z &gt; 0] with z = ψ + log u/(1 − u), u uniform.
/// </remarks>
public sealed record BernoulliGradient
{
    private readonly Quadrature quadrature = new() { AbsoluteTolerance = 1e-13, RelativeTolerance = 1e-12 };

    /// <summary>The problem.</summary>
    /// <param name="target">t.</param>
    /// <param name="theta">θ in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">θ is not in (0, 1), or t is not finite.</exception>
    public BernoulliGradient(double target, double theta)
    {
        (Target, Theta) = (Require.Finite(target), Require.Probability(Require.Positive(theta)));
        Require.Positive(1 - theta);
    }

    /// <summary>t.</summary>
    public double Target { get; }

    /// <summary>θ.</summary>
    public double Theta { get; }

    /// <summary>ψ = log θ/(1 − θ).</summary>
    public double Logit => Math.Log(Theta / (1 - Theta));

    /// <summary>The gradient itself: θ(1 − θ)(f(1) − f(0)) = θ(1 − θ)(1 − 2t).</summary>
    public double Exact => Theta * (1 - Theta) * (Cost(1) - Cost(0));

    /// <summary>The constant that makes REINFORCE quietest: θ t² + (1 − θ)(1 − t)², with which its variance is 0 on this problem.</summary>
    public double BestBaseline => Theta * Cost(0) + (1 - Theta) * Cost(1);

    /// <summary>Straight-through (Bengio et al. 2013): the gradient f′(b) is passed to θ as if b were θ. Mean 2(θ − t) θ(1 − θ).</summary>
    public double StraightThrough => Theta * (1 - Theta) * (Theta * Slope(1) + (1 - Theta) * Slope(0));

    /// <summary>Standard deviation of the estimate whose mean is <see cref="StraightThrough"/>: 2 (θ(1 − θ))^1.5.</summary>
    public double StraightThroughDeviation => 2 * Math.Pow(Theta * (1 - Theta), 1.5);

    /// <summary>f(b) = (b − t)².</summary>
    public double Cost(double b) => (b - Target) * (b - Target);

    /// <summary>f′(b).</summary>
    public double Slope(double b) => 2 * (b - Target);

    /// <summary>One REINFORCE estimate (Williams 1992): (f(b) − baseline)(b − θ).</summary>
    /// <param name="b">The draw, 0 or 1.</param>
    /// <param name="baseline">A number that does not depend on b.</param>
    public double Reinforce(int b, double baseline = 0) => (Cost(b) - baseline) * (b - Theta);

    /// <summary>Mean of <see cref="Reinforce"/>.</summary>
    public double ReinforceMean(double baseline = 0) => Theta * Reinforce(1, baseline) + (1 - Theta) * Reinforce(0, baseline);

    /// <summary>Standard deviation of <see cref="Reinforce"/>: √(θ(1 − θ)) times the difference of its two values.</summary>
    public double ReinforceDeviation(double baseline = 0) =>
        Math.Sqrt(Theta * (1 - Theta)) * Math.Abs(Reinforce(1, baseline) - Reinforce(0, baseline));

    /// <summary>
    /// Mean of the Gumbel-softmax or Concrete estimate (Jang et al. 2017; Maddison et al. 2017): b is replaced by σ(z/τ) everywhere, and
    /// its gradient by ψ is f′(σ(z/τ)) σ′(z/τ)/τ.
    /// </summary>
    /// <param name="temperature">τ &gt; 0.</param>
    public double Relaxed(double temperature) => Mean(temperature, z => Slope(LogSpace.Sigmoid(z / temperature)));

    /// <summary>Standard deviation of the estimate whose mean is <see cref="Relaxed"/>.</summary>
    /// <param name="temperature">τ &gt; 0.</param>
    public double RelaxedDeviation(double temperature) => Deviation(temperature, z => Slope(LogSpace.Sigmoid(z / temperature)));

    /// <summary>Mean of straight-through Gumbel: f′ at the hard b, the rest as in <see cref="Relaxed"/>.</summary>
    /// <param name="temperature">τ &gt; 0.</param>
    public double StraightThroughGumbel(double temperature) => Mean(temperature, z => Slope(z > 0 ? 1 : 0));

    /// <summary>Standard deviation of the estimate whose mean is <see cref="StraightThroughGumbel"/>.</summary>
    /// <param name="temperature">τ &gt; 0.</param>
    public double StraightThroughGumbelDeviation(double temperature) => Deviation(temperature, z => Slope(z > 0 ? 1 : 0));

    /// <summary>One estimate of <see cref="StraightThrough"/>: f′(b) θ(1 − θ).</summary>
    /// <param name="b">The draw, 0 or 1.</param>
    public double DrawStraightThrough(int b) => Slope(b) * Theta * (1 - Theta);

    /// <summary>One estimate of <see cref="Relaxed"/>.</summary>
    /// <param name="temperature">τ &gt; 0.</param>
    /// <param name="u">A uniform number in (0, 1).</param>
    public double DrawRelaxed(double temperature, double u) =>
        Logit + LogOdds(u) is var z ? Slope(LogSpace.Sigmoid(z / temperature)) * Rise(z, temperature) : double.NaN;

    /// <summary>One estimate of <see cref="StraightThroughGumbel"/>.</summary>
    /// <param name="temperature">τ &gt; 0.</param>
    /// <param name="u">A uniform number in (0, 1).</param>
    public double DrawStraightThroughGumbel(double temperature, double u) =>
        Logit + LogOdds(u) is var z ? Slope(z > 0 ? 1 : 0) * Rise(z, temperature) : double.NaN;

    private double Mean(double temperature, Func<double, double> slope)
    {
        Require.Positive(temperature);
        return Integral(z => slope(z) * Rise(z, temperature));
    }

    private double Deviation(double temperature, Func<double, double> slope)
    {
        double mean = Mean(temperature, slope);
        return Math.Sqrt(Integral(z => Math.Pow(slope(z) * Rise(z, temperature), 2)) - mean * mean);
    }

    // ∫ g(z) du over u in (0, 1), written as an integral over the noise l = log u/(1 − u), whose density is σ(l)(1 − σ(l)).
    private double Integral(Func<double, double> g)
    {
        double psi = Logit;
        return quadrature.Integrate(l => g(psi + l) * LogSpace.Sigmoid(l) * LogSpace.Sigmoid(-l),
            [.. new[] { -45, -psi - 5, -psi - 1, -psi, -psi + 1, -psi + 5, 45 }.Order()]).Value;
    }

    private static double Rise(double z, double temperature) =>
        LogSpace.Sigmoid(z / temperature) * LogSpace.Sigmoid(-z / temperature) / temperature;

    internal static double LogOdds(double u) => Math.Log(u / (1 - u));
}
