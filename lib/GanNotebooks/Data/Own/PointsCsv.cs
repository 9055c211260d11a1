using System.Globalization;
using System.Security.Cryptography;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Data;

/// <summary>
/// Batches of the points of a CSV file: one point in a line, d ≥ 1 numbers with a decimal point. The first line may name the columns. The
/// separator is a comma, a semicolon or a tab.
/// <code>new PointsCsv("points.csv", new() { Columns = ["x", "y"], Standardise = true })</code>
/// Standardised points have the mean 0 and the variance 1 in every column; <see cref="Standardisation"/> leads back.
/// </summary>
public sealed class PointsCsv : IBatchSource
{
    private const int DigestLetters = 12;

    private readonly TensorBatches batches;

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Columns, separator, header and standardisation; by default all columns as they are.</param>
    /// <param name="seed">Seed of the order.</param>
    /// <param name="device">Device of the points and of the batches; by default the CPU.</param>
    /// <exception cref="DataFileException">The file cannot be read, or a cell is empty, text, NaN, infinite, too large for float32, or has
    /// a decimal comma; the message names line and column. A column that is to be standardised is constant.</exception>
    public PointsCsv(string path, PointsCsvOptions? options = null, long seed = 0, torch.Device? device = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new PointsCsvOptions();
        var table = CsvTable.Read(path, options);
        Columns = table.Columns;
        Standardisation = options.Standardise ? Standardised(path, table) : Standardisation.None(Columns.Count);
        float[] values = Values(path, table, Standardisation);
        Name = string.Create(CultureInfo.InvariantCulture,
            $"{OwnText.Shown(Path.GetFileName(path))}: {table.Rows.Count} points of {Columns.Count}"
                + $"{(options.Standardise ? ", standardised" : "")}, digest {Digest(values)}");
        using var points = tensor(values, [table.Rows.Count, Columns.Count]); // [N, d]
        batches = new TensorBatches(points, seed, Name, device);
    }

    /// <summary>Name, number, dimension and a digest of the points: another name means other data.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<long> SampleShape => batches.SampleShape;

    /// <inheritdoc/>
    public long? SampleCount => batches.SampleCount;

    /// <inheritdoc/>
    public BatchPosition Position => batches.Position;

    /// <summary>Names of the columns, d; "1", "2" and so on where the file names none.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The map between the points of the file and those of the batches.</summary>
    public Standardisation Standardisation { get; }

    /// <summary>The number of columns that a file would have, without reading more than its first rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">As for the constructor.</param>
    /// <returns>d ≥ 1.</returns>
    /// <exception cref="DataFileException">The file cannot be read, or its first rows are no numbers.</exception>
    public static int Dimension(string path, PointsCsvOptions? options = null) =>
        CsvTable.Read(path, options ?? new PointsCsvOptions(), mostRows: 1).Columns.Count;

    /// <inheritdoc/>
    public void Seek(BatchPosition position) => batches.Seek(position);

    /// <inheritdoc/>
    public Tensor Next(int batchSize) => batches.Next(batchSize);

    /// <summary>All points of the batches in the order of the file.</summary>
    /// <returns>float32 [N, d] on the source's device; the caller disposes it.</returns>
    public Tensor All() => batches.All();

    /// <summary>Frees the points.</summary>
    public void Dispose() => batches.Dispose();

    private static Standardisation Standardised(string path, CsvTable table)
    {
        var map = Standardisation.Of(table.Rows, table.Columns.Count);
        for (int k = 0; k < table.Columns.Count; k++)
        {
            if (!(map.Deviation[k] > 0) || !double.IsFinite(map.Deviation[k]))
            {
                throw new DataFileException(path, "columns that vary, to be standardised", FormattableString.Invariant(
                    $"a column '{OwnText.Shown(table.Columns[k])}' with the standard deviation {map.Deviation[k]}"));
            }
        }

        return map;
    }

    private static float[] Values(string path, CsvTable table, Standardisation map)
    {
        int d = table.Columns.Count;
        float[] values = new float[table.Rows.Count * d];
        for (int n = 0; n < table.Rows.Count; n++)
        {
            for (int k = 0; k < d; k++)
            {
                values[n * d + k] = (float)((table.Rows[n][k] - map.Mean[k]) / map.Deviation[k]);
                if (!float.IsFinite(values[n * d + k]))
                {
                    throw new DataFileException(path, "numbers that float32 holds, up to 3e38", FormattableString.Invariant(
                        $"{table.Rows[n][k]} in row {n + 1}, column '{OwnText.Shown(table.Columns[k])}'; standardise the columns"));
                }
            }
        }

        return values;
    }

    private static string Digest(float[] values) => Convert.ToHexStringLower(
        SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan())))[..DigestLetters];
}

/// <summary>How a <see cref="PointsCsv"/> reads its file.</summary>
public sealed record PointsCsvOptions
{
    /// <summary>Columns of a point, by name or by number (the first is "1"), in this order; empty for all.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The character between two cells.</summary>
    public CsvSeparator Separator { get; init; }

    /// <summary>Whether the first line names the columns; null to see it from the line, which then has names only or numbers
    /// only.</summary>
    public bool? Header { get; init; }

    /// <summary>Whether every column is brought to the mean 0 and the variance 1.</summary>
    public bool Standardise { get; init; }
}

/// <summary>The character between two cells of a CSV file.</summary>
public enum CsvSeparator
{
    /// <summary>The first of tab, semicolon and comma that stands in the first line.</summary>
    Detected,

    /// <summary>A comma.</summary>
    Comma,

    /// <summary>A semicolon, as programs write it where the comma is the decimal point.</summary>
    Semicolon,

    /// <summary>A tab.</summary>
    Tab,
}
