namespace GanNotebooks.Theory;

/// <summary>Divergences that have a formula; null where none is known here.</summary>
internal static class ClosedForm
{
    /// <summary>KL(p‖q) for two Gaussians, Laplace densities, uniforms or betas, in nats.</summary>
    public static double? KullbackLeibler(Density p, Density q) => (p, q) switch
    {
        _ when Same(p, q) => 0,
        (Gaussian a, Gaussian b) => Math.Log(b.Sigma / a.Sigma)
            + 0.5 * ((a.Sigma / b.Sigma - 1) * (a.Sigma / b.Sigma + 1) + Square((a.Mean - b.Mean) / b.Sigma)),
        (Laplace a, Laplace b) => LaplaceKullbackLeibler(a.Scale / b.Scale, Math.Abs(a.Mean - b.Mean) / b.Scale),
        (Uniform a, Uniform b) => a.Lower >= b.Lower && a.Upper <= b.Upper ? Math.Log(Length(b) / Length(a)) : double.PositiveInfinity,
        (Beta a, Beta b) => SpecialFunctions.LogBeta(b.Alpha, b.BetaShape) - SpecialFunctions.LogBeta(a.Alpha, a.BetaShape)
            + (a.Alpha - b.Alpha) * (SpecialFunctions.Digamma(a.Alpha) - SpecialFunctions.Digamma(a.Alpha + a.BetaShape))
            + (a.BetaShape - b.BetaShape) * (SpecialFunctions.Digamma(a.BetaShape) - SpecialFunctions.Digamma(a.Alpha + a.BetaShape)),
        _ => null,
    };

    /// <summary>JSD(p, q) = (C + log 4)/2 where <see cref="VirtualCriterion"/> has a formula, in nats.</summary>
    public static double? JensenShannon(Density p, Density q) =>
        Same(p, q) ? 0 : Disjoint(p, q) ? Constants.Log2 : Criterion(p, q) is { } c ? 0.5 * (c + Constants.Log4) : null;

    /// <summary>C = ∫ p log D* + q log(1 − D*): −log 4 for p = q, 0 for disjoint supports, and formulas for two uniforms or two Laplace
    /// densities of equal scale.</summary>
    /// <remarks>Laplace at distance t scales: C = g(1, e⁻ᵗ) − e^(−t/2) [w log(1 + w⁻²) + 2 arctan w] from w = e^(−t/2) to e^(t/2),
    /// with g(u, v) = −u log(1 + v/u) − v log(1 + u/v); the two terms are the outer regions and the middle.</remarks>
    public static double? Criterion(Density p, Density q) => (p, q) switch
    {
        _ when Same(p, q) => Constants.GlobalMinimum,
        _ when Disjoint(p, q) => 0,
        (Uniform a, Uniform b) => Overlap(a, b) * VirtualCriterion.Integrand(-Math.Log(Length(a)), -Math.Log(Length(b))),
        (Laplace a, Laplace b) when a.Scale == b.Scale => LaplaceCriterion(Math.Abs(a.Mean - b.Mean) / a.Scale),
        _ => null,
    };

    /// <summary>TV(p, q) = ½ ∫ |p − q| for two Gaussians, two uniforms, two Laplace densities of equal scale.</summary>
    public static double? TotalVariation(Density p, Density q) => (p, q) switch
    {
        _ when Same(p, q) => 0,
        _ when Disjoint(p, q) => 1,
        (Gaussian a, Gaussian b) => GaussianTotalVariation(a, b),
        (Uniform a, Uniform b) => 1 - Overlap(a, b) / Math.Max(Length(a), Length(b)),
        (Laplace a, Laplace b) when a.Scale == b.Scale => -LogSpace.ExpM1(-0.5 * Math.Abs(a.Mean - b.Mean) / a.Scale),
        _ => null,
    };

    /// <summary>H²(p, q) = 1 − ∫ √(pq) for two Gaussians, uniforms, betas, or Laplace densities of equal scale.</summary>
    public static double? SquaredHellinger(Density p, Density q) => (p, q) switch
    {
        _ when Same(p, q) => 0,
        _ when Disjoint(p, q) => 1,
        (Gaussian a, Gaussian b) => -LogSpace.ExpM1(0.5 * Math.Log(2 * a.Sigma * b.Sigma / (a.Variance + b.Variance))
            - 0.25 * Square(a.Mean - b.Mean) / (a.Variance + b.Variance)),
        (Uniform a, Uniform b) => 1 - Overlap(a, b) / Math.Sqrt(Length(a) * Length(b)),
        (Beta a, Beta b) => -LogSpace.ExpM1(SpecialFunctions.LogBeta(0.5 * (a.Alpha + b.Alpha), 0.5 * (a.BetaShape + b.BetaShape))
            - 0.5 * (SpecialFunctions.LogBeta(a.Alpha, a.BetaShape) + SpecialFunctions.LogBeta(b.Alpha, b.BetaShape))),
        (Laplace a, Laplace b) when a.Scale == b.Scale && 0.5 * Math.Abs(a.Mean - b.Mean) / a.Scale is var h => 1 - (1 + h) * Math.Exp(-h),
        _ => null,
    };

    /// <summary>χ²(p‖q) = ∫ (p − q)²/q for two Gaussians, two uniforms or two betas; +∞ where p²/q is not integrable.</summary>
    public static double? ChiSquare(Density p, Density q) => (p, q) switch
    {
        _ when Same(p, q) => 0,
        (Gaussian a, Gaussian b) => GaussianChiSquare(a, b),
        (Uniform a, Uniform b) => a.Lower >= b.Lower && a.Upper <= b.Upper ? Length(b) / Length(a) - 1 : double.PositiveInfinity,
        (Beta a, Beta b) => BetaChiSquare(a, b),
        _ => null,
    };

    /// <summary>W₁(p, q) = ∫ |F − G| for two Gaussians, Laplace densities, uniforms, or Student t of the same shape and scale.</summary>
    /// <remarks>In a location-scale family the optimal map is affine, so W₁ = E|Δμ + Δσ Z| with Z the standard member.</remarks>
    public static double? Wasserstein1(Density p, Density q) => (p, q) switch
    {
        _ when Same(p, q) => 0,
        (Gaussian a, Gaussian b) => FoldedGaussian(Math.Abs(a.Mean - b.Mean), Math.Abs(a.Sigma - b.Sigma)),
        (Laplace a, Laplace b) => FoldedLaplace(Math.Abs(a.Mean - b.Mean), Math.Abs(a.Scale - b.Scale)),
        (Uniform a, Uniform b) => FoldedUniform(a.Lower - b.Lower, a.Upper - b.Upper),
        (StudentT a, StudentT b) when a.DegreesOfFreedom == b.DegreesOfFreedom && a.Scale == b.Scale => Math.Abs(a.Location - b.Location),
        _ => null,
    };

    /// <summary>Both are the same object, or members of one of this library's families with the same parameters.</summary>
    internal static bool Same(Density p, Density q) =>
        ReferenceEquals(p, q) || p is ICertifiedDensity && q is ICertifiedDensity && p.ToString() == q.ToString();

    internal static bool Disjoint(Density p, Density q) => p.Support.Hi <= q.Support.Lo || q.Support.Hi <= p.Support.Lo;

    private static double Square(double x) => x * x;

    private static double Length(Uniform u) => u.Upper - u.Lower;

    private static double Overlap(Uniform a, Uniform b) => Math.Max(0, Math.Min(a.Upper, b.Upper) - Math.Max(a.Lower, b.Lower));

    // r = b₁/b₂, d = |Δμ|/b₂
    private static double LaplaceKullbackLeibler(double r, double d) => -Math.Log(r) + d - 1 + r * Math.Exp(-d / r);

    private static double LaplaceCriterion(double t)
    {
        double outer = -LogSpace.Log1P(Math.Exp(-t)) - Math.Exp(-t) * LogSpace.Softplus(t);
        return outer - Math.Exp(-0.5 * t) * (Primitive(0.5 * t) - Primitive(-0.5 * t));

        static double Primitive(double u) => Math.Exp(u) * LogSpace.Softplus(-2 * u) + 2 * Math.Atan(Math.Exp(u));
    }

    private static double GaussianTotalVariation(Gaussian p, Gaussian q)
    {
        if (p.Sigma == q.Sigma)
            return SpecialFunctions.Erf(Math.Abs(p.Mean - q.Mean) / (2 * Math.Sqrt(2) * p.Sigma));
        var (a, b) = p.Sigma < q.Sigma ? (p, q) : (q, p); // a is larger exactly between the two crossings
        var (d, gap) = (b.Mean - a.Mean, b.Variance - a.Variance);
        double root = a.Sigma * b.Sigma * Math.Sqrt(d * d + 2 * gap * Math.Log(b.Sigma / a.Sigma));
        var (low, high) = (a.Mean + (-a.Variance * d - root) / gap, a.Mean + (-a.Variance * d + root) / gap);
        return b.Cdf(low) - a.Cdf(low) + (b.Survival(high) - a.Survival(high));
    }

    private static double GaussianChiSquare(Gaussian p, Gaussian q)
    {
        double gap = 2 * q.Variance - p.Variance;
        return gap <= 0
            ? double.PositiveInfinity
            : LogSpace.ExpM1(Math.Log(q.Variance / (p.Sigma * Math.Sqrt(gap))) + Square(p.Mean - q.Mean) / gap);
    }

    private static double BetaChiSquare(Beta p, Beta q)
    {
        var (a, b) = (2 * p.Alpha - q.Alpha, 2 * p.BetaShape - q.BetaShape);
        return a <= 0 || b <= 0 ? double.PositiveInfinity : LogSpace.ExpM1(SpecialFunctions.LogBeta(a, b)
            + SpecialFunctions.LogBeta(q.Alpha, q.BetaShape) - 2 * SpecialFunctions.LogBeta(p.Alpha, p.BetaShape));
    }

    private static double FoldedGaussian(double shift, double scale) => scale == 0 ? shift
        : scale * Math.Sqrt(2 / Math.PI) * Math.Exp(-0.5 * Square(shift / scale))
            + shift * SpecialFunctions.Erf(shift / (scale * Math.Sqrt(2)));

    private static double FoldedLaplace(double shift, double scale) => scale == 0 ? shift : shift + scale * Math.Exp(-shift / scale);

    private static double FoldedUniform(double from, double to) => from * to >= 0
        ? 0.5 * Math.Abs(from + to)
        : 0.5 * (from * from + to * to) / Math.Abs(to - from);
}
