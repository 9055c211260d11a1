namespace GanNotebooks.Theory;

/// <summary>
/// A density on the line as a histogram of equal cells: the bridge from densities to <see cref="MirrorDescent"/>. Masses by the midpoint
/// rule, normalised.
/// </summary>
public sealed class DensityGrid
{
    private DensityGrid(double[] centres, double cellWidth, double[] weights)
        => (Centres, CellWidth, Weights) = (centres, cellWidth, weights);

    /// <summary>The middles of the cells, ascending.</summary>
    public double[] Centres { get; }

    /// <summary>The width of a cell.</summary>
    public double CellWidth { get; }

    /// <summary>The mass of each cell, sum 1.</summary>
    public double[] Weights { get; }

    /// <summary>The density in each cell, mass over width: what one draws.</summary>
    public double[] Densities => Array.ConvertAll(Weights, weight => weight / CellWidth);

    /// <summary>Cuts an interval into cells and weighs them.</summary>
    /// <param name="density">The density, up to a factor; not negative.</param>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    /// <param name="cells">The number of cells, at least 1.</param>
    /// <returns>The histogram.</returns>
    public static DensityGrid Of(Func<double, double> density, double low, double high, int cells)
    {
        ArgumentNullException.ThrowIfNull(density);
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 1);
        if (!(low < high))
            throw new ArgumentOutOfRangeException(nameof(high), high, $"The upper end must lie above the lower end {low}.");
        double width = (high - low) / cells;
        double[] centres = Enumerable.Range(0, cells).Select(k => low + (k + 0.5) * width).ToArray();
        double[] masses = Array.ConvertAll(centres, x => density(x));
        if (!masses.All(mass => mass >= 0 && double.IsFinite(mass)) || !(masses.Sum() > 0))
        {
            throw new ArgumentException(
                $"The density must be finite, not negative, and positive somewhere in [{low}, {high}].", nameof(density));
        }

        double total = masses.Sum();
        return new(centres, width, Array.ConvertAll(masses, mass => mass / total));
    }

    /// <summary>The same cells with other masses, for instance those that a descent has reached.</summary>
    /// <param name="weights">One weight for each cell; they sum to 1.</param>
    /// <returns>The histogram.</returns>
    public DensityGrid With(double[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Length != Centres.Length)
            throw new ArgumentException($"Expected {Centres.Length} weights, got {weights.Length}.", nameof(weights));
        return new(Centres, CellWidth, weights);
    }
}
