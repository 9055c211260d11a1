using GanNotebooks.Data;
using GanNotebooks.Theory;
using static TorchSharp.torch;

namespace GanNotebooks.Live;

/// <summary>A square grid of cells over the box of the page, and what the laws of data and samples are on it.</summary>
internal sealed class Plane
{
    private readonly double[] box;
    private readonly double cellWidth, cellHeight;
    private readonly double[]? masses; // of p in the cells, and outside of the box
    private (int Samples, double Value) floor;

    /// <summary>Prepares the grid.</summary>
    /// <param name="target">Data of the plane.</param>
    /// <param name="side">Number of cells along each axis, g.</param>
    public Plane(LiveTarget target, int side)
    {
        (box, Side) = ([.. target.Box], side);
        (cellWidth, cellHeight) = ((box[1] - box[0]) / side, (box[3] - box[2]) / side);
        Blur = Math.Max(cellWidth, cellHeight);
        if (target.Modes is not { } modes)
            return;
        masses = Masses(modes);
        Blurred = new GaussianMixture2D([.. modes.Select(m =>
            (m.Weight, m.Centre[0], m.Centre[1], Math.Sqrt(m.Sigma * m.Sigma + Blur * Blur)))]);
        float[] density = new float[side * side];
        for (int i = 0; i < density.Length; i++)
        {
            var (x, y) = Centre(i);
            density[i] = (float)Blurred.Pdf(x, y);
        }
        DataDensity = density;
    }

    /// <summary>Cells along each axis, g.</summary>
    public int Side { get; }

    /// <summary>Standard deviation of the blur with which densities are shown: the side of a cell.</summary>
    public double Blur { get; }

    /// <summary>The law of the data, blurred; null where it is not known.</summary>
    public GaussianMixture2D? Blurred { get; }

    /// <summary>The density of the blurred data at the centres, row by row from the bottom, [g · g]; null where it is not known.</summary>
    public IReadOnlyList<float>? DataDensity { get; }

    /// <summary>Centre of a cell.</summary>
    public (double X, double Y) Centre(int cell) =>
        (box[0] + (cell % Side + 0.5) * cellWidth, box[2] + (cell / Side + 0.5) * cellHeight);

    /// <summary>All centres, [g · g, 2], float32; the caller disposes it.</summary>
    public Tensor Centres()
    {
        float[] values = new float[2 * Side * Side];
        for (int i = 0; i < Side * Side; i++)
            (values[2 * i], values[2 * i + 1]) = ((float)Centre(i).X, (float)Centre(i).Y);
        return tensor(values, [Side * Side, 2]);
    }

    /// <summary>Number of samples in each cell, and outside of the box (the last entry).</summary>
    /// <param name="points">x and y in turn.</param>
    public int[] Counts(ReadOnlySpan<float> points)
    {
        int[] counts = new int[Side * Side + 1];
        for (int i = 0; i < points.Length; i += 2)
        {
            double column = Math.Floor((points[i] - box[0]) / cellWidth), row = Math.Floor((points[i + 1] - box[2]) / cellHeight);
            bool inside = column >= 0 && column < Side && row >= 0 && row < Side;
            counts[inside ? (int)row * Side + (int)column : Side * Side]++;
        }
        return counts;
    }

    /// <summary>
    /// The density of samples at the centres, blurred by a Gaussian of one cell: q ∗ N(0, s² I), up to the cells that the samples are
    /// sorted
    /// into.
    /// </summary>
    public float[] Density(int[] counts)
    {
        double total = counts.Sum(), area = cellWidth * cellHeight;
        double[] result = new double[Side * Side];
        for (int i = 0; i < result.Length; i++)
            result[i] = counts[i] / (total * area);
        result = Smooth(result, cellWidth, 1);
        result = Smooth(result, cellHeight, Side);
        return [.. result.Select(v => (float)v)];
    }

    /// <summary>
    /// JSD between the data and the law of samples, both sorted into the cells, in nats, with its standard error and the value that samples
    /// of the data would show. Sorting into cells never enlarges the divergence of the laws; chance does, by about the floor.
    /// </summary>
    /// <param name="counts">Of <see cref="Counts"/>.</param>
    public (double Divergence, double Error, double Floor)? Divergence(int[] counts)
    {
        if (masses is null)
            return null;
        int samples = counts.Sum();
        if (floor.Samples != samples)
            floor = (samples, CellDivergence.Floor(masses, samples));
        var (divergence, error) = CellDivergence.Of(masses, counts);
        return (divergence, error, floor.Value);
    }

    // The mass of a round Gaussian in a cell is a product of differences of Φ.
    private double[] Masses(IReadOnlyList<GaussianMode> modes)
    {
        double[] result = new double[Side * Side + 1];
        foreach (var mode in modes)
        {
            var (x, y) = (new Gaussian(mode.Centre[0], mode.Sigma), new Gaussian(mode.Centre[1], mode.Sigma));
            double[] columns = Slices(x, box[0], cellWidth), rows = Slices(y, box[2], cellHeight);
            for (int i = 0; i < Side * Side; i++)
                result[i] += mode.Weight * columns[i % Side] * rows[i / Side];
        }
        result[^1] = Math.Max(0, 1 - result.Sum());
        return result;
    }

    private double[] Slices(Gaussian law, double from, double width) =>
        [.. Enumerable.Range(0, Side).Select(i => law.Cdf(from + (i + 1) * width) - law.Cdf(from + i * width))];

    // A Gaussian of standard deviation Blur along one axis, cut at four of them.
    private double[] Smooth(double[] values, double width, int stride)
    {
        int reach = (int)Math.Ceiling(4 * Blur / width);
        double[] kernel = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(k => Math.Exp(-0.5 * Math.Pow(k * width / Blur, 2)))];
        double sum = kernel.Sum();
        double[] result = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int place = stride == 1 ? i % Side : i / Side;
            for (int k = Math.Max(-reach, -place); k <= Math.Min(reach, Side - 1 - place); k++)
                result[i] += kernel[k + reach] / sum * values[i + k * stride];
        }
        return result;
    }
}
