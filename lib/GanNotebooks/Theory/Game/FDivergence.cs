namespace GanNotebooks.Theory;

/// <summary>A row of the f-GAN table: D_f(p‖q) = ∫ q f(p/q), its conjugate, output activation and optimal critic.</summary>
/// <remarks>
/// D_f(p‖q) = max_T E_p[T(x)] − E_q[f*(T(x))], attained at T* = f′(p/q); a network's output v becomes T = g_f(v), which keeps T in the
/// domain of f*. u = p/q throughout. Source: Nowozin, Cseke and Tomioka 2016, tables 1, 2 and 5.
/// </remarks>
public sealed record FDivergence
{
    private FDivergence(
        string name,
        Func<double, double> f,
        Func<double, double> derivative,
        Func<double, double> conjugate,
        Func<double, double> outputActivation,
        Func<double, double, double> integrand,
        double conjugateLimit)
    {
        Name = name;
        F = f;
        Derivative = derivative;
        Conjugate = conjugate;
        OutputActivation = outputActivation;
        Integrand = integrand;
        ConjugateLimit = conjugateLimit;
    }

    /// <summary>KL(p‖q): f = u log u, f* = e^(t−1), g_f(v) = v.</summary>
    public static FDivergence KullbackLeibler { get; } = new(
        "KL", u => u == 0 ? 0 : u * Math.Log(u), u => 1 + Math.Log(u), t => Math.Exp(t - 1), v => v,
        (a, b) => Math.Exp(a) * (a - b), double.PositiveInfinity);

    /// <summary>KL(q‖p): f = −log u, f* = −1 − log(−t) for t &lt; 0, g_f(v) = −e⁻ᵛ.</summary>
    public static FDivergence ReverseKullbackLeibler { get; } = new(
        "Reverse KL", u => -Math.Log(u), u => -1 / u, t => -1 - Math.Log(-t), v => -Math.Exp(-v),
        (a, b) => Math.Exp(b) * (b - a), 0);

    /// <summary>Pearson's χ²(p‖q): f = (u − 1)², f* = t²/4 + t for t ≥ −2, g_f(v) = v.</summary>
    public static FDivergence PearsonChiSquare { get; } = new(
        "Pearson χ²", u => (u - 1) * (u - 1), u => 2 * (u - 1), t => 0.25 * t * t + t, v => v,
        Divergence.SquaredOverQ, double.PositiveInfinity);

    /// <summary>∫ (√p − √q)² = 2 H²: f = (√u − 1)², f* = t/(1 − t) for t &lt; 1, g_f(v) = 1 − e⁻ᵛ.</summary>
    public static FDivergence SquaredHellinger { get; } = new(
        "Squared Hellinger", u => Math.Pow(Math.Sqrt(u) - 1, 2), u => 1 - 1 / Math.Sqrt(u), t => t / (1 - t), v => -LogSpace.ExpM1(-v),
        (a, b) => Math.Pow(Math.Exp(0.5 * a) - Math.Exp(0.5 * b), 2), 1);

    /// <summary>
    /// 2 JSD(p, q): f = −(u+1) log((1+u)/2) + u log u, f* = −log(2 − eᵗ) for t &lt; log 2, g_f(v) = log 2 − log(1 + e⁻ᵛ).
    /// </summary>
    public static FDivergence JensenShannon { get; } = new(
        "Jensen-Shannon", u => -(u + 1) * Math.Log(0.5 * (1 + u)) + (u == 0 ? 0 : u * Math.Log(u)),
        u => Constants.Log2 - LogSpace.Log1P(1 / u),
        t => -Math.Log(2 - Math.Exp(t)), v => Constants.Log2 - LogSpace.Softplus(-v),
        (a, b) => Divergence.TowardsMixture(a, b) + Divergence.TowardsMixture(b, a), Constants.Log2);

    /// <summary>
    /// 2 JSD(p, q) − log 4, the original game: f = u log u − (u+1) log(u+1), f* = −log(1 − eᵗ) for t &lt; 0, g_f(v) = −log(1 + e⁻ᵛ).
    /// </summary>
    public static FDivergence Gan { get; } = new(
        "GAN", u => (u == 0 ? 0 : u * Math.Log(u)) - (u + 1) * LogSpace.Log1P(u), u => -LogSpace.Log1P(1 / u),
        t => -Math.Log(-LogSpace.ExpM1(t)), v => -LogSpace.Softplus(-v),
        VirtualCriterion.Integrand, 0);

    /// <summary>The six rows, in the order of the table.</summary>
    public static IReadOnlyList<FDivergence> All { get; } =
        [KullbackLeibler, ReverseKullbackLeibler, PearsonChiSquare, SquaredHellinger, JensenShannon, Gan];

    /// <summary>Name of the row.</summary>
    public string Name { get; }

    /// <summary>The convex f(u), u ≥ 0; f(1) = 0 except for the GAN row, where it is −log 4.</summary>
    public Func<double, double> F { get; }

    /// <summary>f′(u): the optimal critic as a function of the density ratio u = p/q.</summary>
    public Func<double, double> Derivative { get; }

    /// <summary>The conjugate f*(t) = sup_u (u t − f(u)).</summary>
    public Func<double, double> Conjugate { get; }

    /// <summary>g_f(v), from the real line into the domain of f*.</summary>
    public Func<double, double> OutputActivation { get; }

    /// <summary>f* is defined below this t.</summary>
    public double ConjugateLimit { get; }

    /// <summary>q f(p/q) from log p and log q.</summary>
    internal Func<double, double, double> Integrand { get; }

    /// <summary>T*(x) = f′(p(x)/q(x)).</summary>
    public Func<double, double> OptimalCritic(Density p, Density q) => x => Derivative(Math.Exp(p.LogPdf(x) - q.LogPdf(x)));

    /// <summary>D_f(p‖q) by quadrature; p and q must have the same support for the first three rows.</summary>
    public Estimate Value(Density p, Density q, Quadrature? quadrature = null) => (quadrature ?? Quadrature.Default).Integrate(
        x => (p.LogPdf(x), q.LogPdf(x)) is var (a, b) && double.IsNegativeInfinity(a) && double.IsNegativeInfinity(b) ? 0 : Integrand(a, b),
        Partition.Of(p, q));

    /// <summary>E_p[T] − E_q[f*(T)], a lower bound of D_f(p‖q) for every critic T and equal to it for T*.</summary>
    public Estimate LowerBound(Density p, Density q, Func<double, double> critic, Quadrature? quadrature = null)
    {
        ArgumentNullException.ThrowIfNull(critic);
        return (quadrature ?? Quadrature.Default).Integrate(
            x => critic(x) is var t ? Times(p.Pdf(x), t) - Times(q.Pdf(x), Conjugate(t)) : 0, Partition.Of(p, q));
    }

    /// <summary>Name of the row.</summary>
    public override string ToString() => Name;

    private static double Times(double density, double value) => density == 0 ? 0 : density * value;
}
