namespace GanNotebooks.Theory;

/// <summary>The distribution of (z, g(z)), z ~ noise: a curve in the plane. It has no density, since a curve has no area.</summary>
/// <remarks>The simplest generator with fewer noise numbers than outputs; Arjovsky and Bottou 2017, lemma 1.</remarks>
public sealed class CurveDistribution
{
    private const int Cells = 4096;
    private readonly Density noise;
    private readonly Func<double, double> height;

    /// <summary>The graph of g over the noise.</summary>
    /// <param name="noise">Density of z.</param>
    /// <param name="height">g, continuous.</param>
    public CurveDistribution(Density noise, Func<double, double> height)
    {
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(height);
        (this.noise, this.height) = (noise, height);
    }

    /// <summary>Whether a point lies on the curve: its second coordinate is g of the first one, to the last bit.</summary>
    public bool Contains((double X, double Y) point) => point.Y == height(point.X);

    /// <summary>Draws one point.</summary>
    public (double X, double Y) Sample(Random random)
    {
        double z = noise.Sample(random);
        return (z, height(z));
    }

    /// <summary>The probability of the square [x − r, x + r] × [y − r, y + r].</summary>
    /// <remarks>The noise in 4,096 cells; a cell counts if its middle is mapped into the square, so each end of a piece of the curve errs
    /// by at most half a cell.</remarks>
    /// <param name="middle">The middle of the square.</param>
    /// <param name="r">Half its side, positive.</param>
    public double Probability((double X, double Y) middle, double r)
    {
        double width = 2 * Require.Positive(r) / Cells;
        return Enumerable.Range(0, Cells).Select(i => middle.X - r + i * width)
            .Where(z => Math.Abs(height(z + 0.5 * width) - middle.Y) <= r)
            .Sum(z => noise.Cdf(z + width) - noise.Cdf(z));
    }
}
