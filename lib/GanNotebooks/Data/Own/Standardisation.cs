using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// The map that gives every column the mean 0 and the variance 1, z = (x − mean) / deviation, and its inverse x = mean + deviation · z. A
/// standardisation of nothing has means 0 and deviations 1.
/// </summary>
/// <param name="Mean">Means of the columns, in the units of the data.</param>
/// <param name="Deviation">Standard deviations of the columns (divisor N), positive, in the units of the data.</param>
public sealed record Standardisation(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    /// <summary>The map that changes nothing.</summary>
    /// <param name="columns">Number of columns, d.</param>
    public static Standardisation None(int columns) =>
        new([.. Enumerable.Repeat(0.0, columns)], [.. Enumerable.Repeat(1.0, columns)]);

    /// <summary>Maps samples of the batches, or of a generator that learned them, into the units of the data.</summary>
    /// <param name="samples">[N, d] of any float type.</param>
    /// <returns>float64 [N, d] on the CPU; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The samples have another shape.</exception>
    public Tensor Restore(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.dim() != 2 || samples.size(1) != Mean.Count)
            throw new ArgumentException($"expected samples [N, {Mean.Count}], got {Shape.Text(samples.shape)}", nameof(samples));
        using var scope = NewDisposeScope();
        return samples.detach().cpu().to(float64).mul(tensor(Deviation.ToArray())).add(tensor(Mean.ToArray())).MoveToOuterDisposeScope();
    }

    /// <summary>The map that standardises a table.</summary>
    /// <param name="table">Rows of d numbers each.</param>
    /// <param name="columns">d.</param>
    internal static Standardisation Of(IReadOnlyList<double[]> table, int columns)
    {
        double[] mean = new double[columns], deviation = new double[columns];
        for (int k = 0; k < columns; k++)
        {
            mean[k] = table.Average(row => row[k] / 2) * 2; // halves: the sum of two large numbers may have no double
            double centre = mean[k], scale = table.Max(row => Math.Abs(row[k] - centre));
            deviation[k] = scale > 0 && double.IsFinite(scale)
                ? scale * Math.Sqrt(table.Average(row => Math.Pow((row[k] - centre) / scale, 2)))
                : scale;
        }

        return new Standardisation(mean, deviation);
    }
}
