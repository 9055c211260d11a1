namespace GanNotebooks.Tests.Theory.References;

/// <summary>A density's textbook formula in 115 decimals; shares no code with the library's densities.</summary>
public sealed class ReferenceDensity
{
    private readonly Func<BigFixed, BigFixed> pdf;

    public ReferenceDensity(DensitySpec spec)
    {
        var a = spec.Parameters.Select(BigFixed.From).ToArray();
        double[] d = spec.Parameters;
        (pdf, Breakpoints, Lower, Upper) = spec.Family switch
        {
            "Gaussian" => (Gaussian(a[0], a[1]), Around(d[0], d[1]), double.NegativeInfinity, double.PositiveInfinity),
            "Laplace" => (Laplace(a[0], a[1]), Around(d[0], d[1]), double.NegativeInfinity, double.PositiveInfinity),
            "Uniform" => (_ => BigFixed.One / (a[1] - a[0]), [d[0], d[1]], d[0], d[1]),
            "Triangular" => (Triangular(a[0], a[1], a[2]), [d[0], d[1], d[2]], d[0], d[2]),
            "StudentT" => (StudentT(a[0], a[1], a[2]), Around(d[1], d[2]), double.NegativeInfinity, double.PositiveInfinity),
            "Beta" => (Beta(a[0], a[1]), [0, 0.5, 1], 0, 1),
            "Mixture" => Mixture(spec),
            _ => throw new ArgumentException($"Unknown family {spec.Family}."),
        };
    }

    public double[] Breakpoints { get; }

    public double Lower { get; }

    public double Upper { get; }

    /// <summary>p(x), 0 outside the support; x is never an end of the support.</summary>
    public BigFixed Pdf(BigFixed x) => Inside(x) ? pdf(x) : BigFixed.Zero;

    private bool Inside(BigFixed x) =>
        (double.IsInfinity(Lower) || x > BigFixed.From(Lower)) && (double.IsInfinity(Upper) || x < BigFixed.From(Upper));

    private static double[] Around(double centre, double scale) => [.. new[] { -9.0, -6, -3, 0, 3, 6, 9 }.Select(k => centre + k * scale)];

    private static Func<BigFixed, BigFixed> Gaussian(BigFixed mu, BigFixed sigma)
    {
        var front = BigFixed.One / (sigma * BigFixed.Exp(BigFixed.Log(2 * BigFixed.Pi) / 2));
        return x => front * BigFixed.Exp(-((x - mu) * (x - mu) / (2 * (sigma * sigma))));
    }

    private static Func<BigFixed, BigFixed> Laplace(BigFixed mu, BigFixed b) => x => BigFixed.Exp(-(BigFixed.Abs(x - mu) / b)) / (2 * b);

    private static Func<BigFixed, BigFixed> Triangular(BigFixed a, BigFixed c, BigFixed b) => x =>
        2 * (x < c ? (x - a) / ((b - a) * (c - a)) : (b - x) / ((b - a) * (b - c)));

    private static Func<BigFixed, BigFixed> StudentT(BigFixed nu, BigFixed mu, BigFixed s)
    {
        var half = (nu + BigFixed.One) / 2;
        var front = BigFixed.Exp(BigFixed.LogGamma(half) - BigFixed.LogGamma(nu / 2) - BigFixed.Log(nu * BigFixed.Pi) / 2) / s;
        return x => front * BigFixed.Exp(-(half * BigFixed.Log(BigFixed.One + (x - mu) * (x - mu) / (nu * s * s))));
    }

    private static Func<BigFixed, BigFixed> Beta(BigFixed alpha, BigFixed beta)
    {
        var front = BigFixed.LogGamma(alpha + beta) - BigFixed.LogGamma(alpha) - BigFixed.LogGamma(beta);
        return x => BigFixed.Exp(front + (alpha - BigFixed.One) * BigFixed.Log(x) + (beta - BigFixed.One) * BigFixed.Log(BigFixed.One - x));
    }

    private static (Func<BigFixed, BigFixed>, double[], double, double) Mixture(DensitySpec spec)
    {
        var parts = spec.Components.Select(c => (Weight: BigFixed.From(c.Weight), Density: new ReferenceDensity(c.Component))).ToArray();
        var total = parts.Aggregate(BigFixed.Zero, (sum, c) => sum + c.Weight);
        return (x => parts.Aggregate(BigFixed.Zero, (sum, c) => sum + c.Weight * c.Density.Pdf(x)) / total,
            [.. parts.SelectMany(c => c.Density.Breakpoints)], parts.Min(c => c.Density.Lower), parts.Max(c => c.Density.Upper));
    }
}
