namespace GanNotebooks.Theory;

/// <summary>A mixture of isotropic Gaussians in the plane: the ring and the grid on which mode collapse is studied.</summary>
/// <remarks>p(x, y) = Σ wᵢ exp(−((x−aᵢ)² + (y−bᵢ)²)/2σᵢ²) / 2πσᵢ², divided by Σ wᵢ, which need not be 1 to the last bit.</remarks>
public sealed class GaussianMixture2D
{
    private readonly double[] weights;
    private readonly (double X, double Y, double Sigma)[] modes;
    private readonly double total;

    /// <summary>A mixture of weighted round modes.</summary>
    /// <param name="components">Weight, centre and standard deviation per axis of each mode; the weights sum to 1 within 1e-12.</param>
    /// <exception cref="ArgumentException">No mode, weights that do not sum to 1, a centre that is not finite, or σ that is not
    /// positive.</exception>
    public GaussianMixture2D(params (double Weight, double X, double Y, double Sigma)[] components)
    {
        ArgumentNullException.ThrowIfNull(components);
        weights = Require.Weights([.. components.Select(c => c.Weight)], nameof(components));
        total = weights.Sum();
        modes = [.. components.Select(c => (Require.Finite(c.X, "X"), Require.Finite(c.Y, "Y"), Require.Positive(c.Sigma, "Sigma")))];
    }

    /// <summary>wᵢ, as they were given.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>Centre and standard deviation per axis of each mode.</summary>
    public IReadOnlyList<(double X, double Y, double Sigma)> Modes => modes;

    /// <summary>
    /// n equal modes at angles 2πi/n on a circle. An inclusive end, as in the authors' notebook of unrolled GANs (Metz et al. 2017,
    /// poolio/unrolled_gan), would put two of eight modes on one place.
    /// </summary>
    public static GaussianMixture2D Ring(int count = 8, double radius = 2, double sigma = 0.02) =>
        new([.. Enumerable.Range(0, Require.AtLeast(count, 1))
        .Select(i => (1.0 / count, radius * Math.Cos(2 * Math.PI * i / count), radius * Math.Sin(2 * Math.PI * i / count), sigma))]);

    /// <summary>side × side equal modes on a square grid around the origin.</summary>
    public static GaussianMixture2D Grid(int side = 5, double spacing = 2, double sigma = 0.05)
    {
        double offset = 0.5 * (Require.AtLeast(side, 1) - 1);
        return new([.. from i in Enumerable.Range(0, side)
                       from j in Enumerable.Range(0, side)
                       select (1.0 / (side * side), spacing * (i - offset), spacing * (j - offset), sigma)]);
    }

    /// <summary>log p(x, y) by log-sum-exp.</summary>
    public double LogPdf(double x, double y)
    {
        var terms = modes.Length <= 128 ? stackalloc double[modes.Length] : new double[modes.Length];
        for (int i = 0; i < modes.Length; i++)
        {
            var (a, b, sigma) = modes[i];
            terms[i] = Math.Log(weights[i] / (2 * Math.PI * sigma * sigma))
                - 0.5 * ((x - a) * (x - a) + (y - b) * (y - b)) / (sigma * sigma);
        }
        return LogSpace.LogSumExp(terms) - Math.Log(total);
    }

    /// <summary>p(x, y).</summary>
    public double Pdf(double x, double y) => Math.Exp(LogPdf(x, y));

    /// <summary>E[(x, y)].</summary>
    public (double X, double Y) Mean => (Average(m => m.X), Average(m => m.Y));

    /// <summary>Var x, Cov(x, y) and Var y.</summary>
    public (double XX, double XY, double YY) Covariance
    {
        get
        {
            var (x, y) = Mean;
            return (Average(m => m.Sigma * m.Sigma + (m.X - x) * (m.X - x)), Average(m => (m.X - x) * (m.Y - y)),
                Average(m => m.Sigma * m.Sigma + (m.Y - y) * (m.Y - y)));
        }
    }

    /// <summary>One sample: a mode by its weight, then a normal step.</summary>
    public (double X, double Y) Sample(Random random)
    {
        var (x, y, sigma) = modes[Sampling.Index(weights, random)];
        return (x + sigma * Sampling.Normal(random), y + sigma * Sampling.Normal(random));
    }

    /// <summary><paramref name="count"/> independent samples.</summary>
    public (double X, double Y)[] Samples(Random random, int count)
    {
        var samples = new (double, double)[Require.AtLeast(count, 0)];
        for (int i = 0; i < count; i++)
            samples[i] = Sample(random);
        return samples;
    }

    /// <summary>The law of the first (axis 0) or second (axis 1) coordinate.</summary>
    public Mixture Marginal(int axis) => axis is 0 or 1
        ? new([.. weights.Zip(modes, (w, m) => (w, (Density)new Gaussian(axis == 0 ? m.X : m.Y, m.Sigma)))])
        : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"axis must be 0 or 1, but was {axis}.");

    /// <summary>For example GaussianMixture2D(8 modes).</summary>
    public override string ToString() => $"GaussianMixture2D({modes.Length} modes)";

    private double Average(Func<(double X, double Y, double Sigma), double> of) => weights.Zip(modes, (w, m) => w * of(m)).Sum() / total;
}
