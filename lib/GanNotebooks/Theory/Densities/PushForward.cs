namespace GanNotebooks.Theory;

/// <summary>The density of x = G(z), z ~ noise, for a generator G of one variable: q(x) = Σ_{z : G(z) = x} p_z(z) / |G′(z)|.</summary>
/// <remarks>
/// Many-to-one generators are allowed: between two turning points G is strictly monotone and has at most one pre-image there, found
/// by bisection. At the image of a turning point q is unbounded (but integrable).
/// Source: change of variables; Goodfellow et al. 2014, section 3 (p_g is defined as this density).
/// </remarks>
public sealed class PushForward : Density
{
    private readonly Func<double, double> generator;
    private readonly Func<double, double> derivative;
    private readonly double[] turningPoints;
    private readonly (double From, double To)[] pieces;
    private readonly double[] splitPoints;

    /// <summary>The law of G(z).</summary>
    /// <param name="noise">Density of z.</param>
    /// <param name="generator">G, continuously differentiable and strictly monotone between turning points.</param>
    /// <param name="derivative">G′; null takes a five-point difference of G (about 10 digits).</param>
    /// <param name="turningPoints">The points at which G changes direction.</param>
    /// <exception cref="ArgumentException">A turning point is not finite, or G is not monotone between two of them.</exception>
    public PushForward(Density noise, Func<double, double> generator, Func<double, double>? derivative = null,
        params double[] turningPoints)
    {
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(turningPoints);
        Noise = noise;
        this.generator = generator;
        this.derivative = derivative ?? (z => FivePointDifference(generator, z));
        this.turningPoints = [.. turningPoints.Select(z => Require.Finite(z, nameof(turningPoints)))
            .Where(z => z > noise.Support.Lo && z < noise.Support.Hi).Distinct().Order()];
        double[] ends = [noise.Support.Lo, .. this.turningPoints, noise.Support.Hi];
        pieces = [.. ends.Zip(ends.Skip(1))];
        foreach (var piece in pieces)
            CheckMonotone(piece.From, piece.To);
        splitPoints = [.. this.turningPoints.Concat(noise.SplitPoints).Select(generator).Where(double.IsFinite).Distinct().Order()];
        double[] images = ends.Select(Limit).ToArray();
        Support = new(images.Min(), images.Max());
    }

    /// <summary>Density of z.</summary>
    public Density Noise { get; }

    /// <summary>The points at which G changes direction, ascending.</summary>
    public IReadOnlyList<double> TurningPoints => turningPoints;

    /// <summary>The hull of G(support of the noise).</summary>
    public override Interval Support { get; }

    /// <summary>Images of the turning points and of the noise's split points.</summary>
    public override IReadOnlyList<double> SplitPoints => splitPoints;

    /// <summary>Images of the noise's landmarks.</summary>
    public override IReadOnlyList<double> Landmarks =>
        [.. Noise.Landmarks.Select(generator).Where(x => double.IsFinite(x) && x > Support.Lo && x < Support.Hi).Distinct().Order()];

    /// <summary>E[G(z)], by quadrature over the noise.</summary>
    public override double Mean => Quadrature.Default.Expectation(Noise, generator).Value;

    /// <summary>E[(G(z) − E G)²], by quadrature over the noise.</summary>
    public override double Variance
    {
        get
        {
            double mean = Mean;
            return Quadrature.Default.Expectation(Noise, z => (generator(z) - mean) * (generator(z) - mean)).Value;
        }
    }

    /// <summary>Every z with G(z) = x, ascending.</summary>
    public IReadOnlyList<double> PreImages(double x) => [.. pieces.Select(p => Solve(p.From, p.To, x)).OfType<double>().Distinct()];

    /// <summary>log Σ p_z(z)/|G′(z)| over the pre-images z of x; +∞ at the image of a turning point.</summary>
    public override double LogPdf(double x)
    {
        double[] terms = PreImages(x).Select(z => (Log: Noise.LogPdf(z), Slope: Math.Abs(derivative(z))))
            .Select(t => double.IsNegativeInfinity(t.Log) ? t.Log : t.Log - Math.Log(t.Slope)).ToArray();
        return LogSpace.LogSumExp(terms);
    }

    /// <summary>Σ over the pieces of the noise's mass that G maps to (−∞, x].</summary>
    public override double Cdf(double x) => pieces.Sum(piece =>
    {
        var (low, high) = (Limit(piece.From), Limit(piece.To));
        var (from, to) = (Noise.Cdf(piece.From), Noise.Cdf(piece.To));
        if (x >= Math.Max(low, high))
            return to - from;
        if (Solve(piece.From, piece.To, x) is not { } z)
            return 0;
        return low < high ? Noise.Cdf(z) - from : to - Noise.Cdf(z);
    });

    /// <summary>G of a sample of the noise.</summary>
    public override double Sample(Random random) => generator(Noise.Sample(random));

    /// <summary>For example PushForward(Gaussian(0, 1)).</summary>
    public override string ToString() => $"PushForward({Noise})";

    private static double FivePointDifference(Func<double, double> g, double z)
    {
        double h = 1e-3 * Math.Max(1, Math.Abs(z));
        return (g(z - 2 * h) - 8 * g(z - h) + 8 * g(z + h) - g(z + 2 * h)) / (12 * h);
    }

    // A finite stand-in for an infinite end, close enough that G does not become ∞ − ∞.
    private double Innermost(double z)
    {
        for (z = Math.Clamp(z, -double.MaxValue, double.MaxValue); double.IsNaN(generator(z)) && Math.Abs(z) > 2;)
            z = Math.Sign(z) * Math.Sqrt(Math.Abs(z));
        return double.IsNaN(generator(z)) ? throw new ArithmeticException(Text.Of($"generator is NaN at z = {z}.")) : z;
    }

    // G at an end that may be infinite, where G itself may be ∞ − ∞.
    private double Limit(double z) => generator(z) is var x && double.IsNaN(x) ? Reach(z) : x;

    private double Reach(double z) => generator(Innermost(z)) is var x && Math.Abs(x) > 1e100 ? Math.Sign(x) * double.PositiveInfinity : x;

    private double? Solve(double from, double to, double x)
    {
        (from, to) = (Innermost(from), Innermost(to));
        var (low, high) = (generator(from) - x, generator(to) - x);
        if (low == 0 || high == 0)
            return low == 0 ? from : to;
        if (Math.Sign(low) == Math.Sign(high))
            return null;
        bool rising = high > 0;
        while (Middle(from, to) is var middle && middle > from && middle < to)
            (from, to) = generator(middle) - x > 0 == rising ? (from, middle) : (middle, to);
        return Math.Abs(generator(from) - x) <= Math.Abs(generator(to) - x) ? from : to;
    }

    // Halves exponents rather than lengths while the bracket is astronomically wide.
    private static double Middle(double from, double to)
    {
        if (from < 0 && to > 0)
            return to > 1 || from < -1 ? 0 : 0.5 * (from + to);
        var (a, b) = (Math.Abs(from), Math.Abs(to));
        return Math.Max(a, b) > 4 * Math.Max(1, Math.Min(a, b))
            ? Math.Sign(from + to) * Math.Sqrt(Math.Max(1, Math.Min(a, b))) * Math.Sqrt(Math.Max(a, b))
            : from + 0.5 * (to - from);
    }

    private void CheckMonotone(double from, double to)
    {
        double[] points = Noise.Landmarks.Where(z => z > from && z < to).Append(from).Append(to).Where(double.IsFinite).Distinct().Order()
            .Select(generator).ToArray();
        int[] signs = points.Zip(points.Skip(1), (a, b) => Math.Sign(b - a)).Distinct().ToArray();
        if (signs.Length > 1)
            throw new ArgumentException(Text.Of($"generator must be strictly monotone on ({from}, {to}): name its turning points."));
    }
}
