using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Runtime;

namespace GanNotebooks.Studies;

/// <summary>
/// The samples that <c>workbook train</c> leaves in the folder of a run: <c>samples/step-….csv</c> for points and
/// <c>samples/step-….png</c> for images, in the order of the steps, and some of the data in <c>samples/data.csv</c>.
/// </summary>
/// <param name="Columns">Names of the coordinates of points; "1", "2" and so on where the files name none; none for images.</param>
/// <param name="Data">Some points of the data, d numbers each; none for images and where there is no file of them.</param>
/// <param name="Points">Points at some steps; none for images.</param>
/// <param name="Pictures">Pictures at some steps; none for points.</param>
public sealed record RunSamples(IReadOnlyList<string> Columns, IReadOnlyList<double[]> Data, IReadOnlyList<PointFrame> Points,
    IReadOnlyList<PictureFrame> Pictures)
{
    /// <summary>Name of the file with points of the data, in the folder <c>samples</c>.</summary>
    public const string DataFile = "data.csv";

    private const string Folder = "samples", Start = "step-", Table = ".csv", Picture = ".png";
    private const int MostPictureBytes = 1 << 25;

    /// <summary>Reads the samples of a run.</summary>
    /// <param name="run">Folder of the run.</param>
    /// <param name="mostFrames">Number of steps that are read; of more, they are chosen evenly, the first and the last among them.</param>
    /// <exception cref="DataFileException">There is no such folder, it has no samples, or a file is damaged.</exception>
    public static RunSamples Read(string run, int mostFrames = 120)
    {
        ArgumentException.ThrowIfNullOrEmpty(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostFrames, 2);
        string folder = Path.Combine(run, Folder);
        if (!Directory.Exists(folder))
        {
            throw new DataFileException(run, "the folder of a run with samples",
                Directory.Exists(run) ? "no folder samples in it" : "no such folder");
        }

        (int Step, string File)[] files =
        [
            .. Directory.GetFiles(folder).Select(f => (Step: StepOf(f), File: f)).Where(f => f.Step is not null)
                .Select(f => (f.Step!.Value, f.File)).OrderBy(f => f.Item1).ThenBy(f => f.File, StringComparer.Ordinal),
        ];
        (int Step, string File)[] tables = [.. files.Where(f => f.File.EndsWith(Table, StringComparison.Ordinal))];
        if (tables.Length > 0)
            return OfTables(folder, Chosen(tables, mostFrames));
        return files.Length > 0
            ? new RunSamples([], [], [], [.. Chosen(files, mostFrames).Select(PictureOf)])
            : throw new DataFileException(folder, "samples such as step-000000500.csv or .png", "none");
    }

    private static RunSamples OfTables(string folder, (int Step, string File)[] files)
    {
        var options = new PointsCsvOptions { Separator = CsvSeparator.Comma };
        var frames = files.Select(f => (f.Step, Table: CsvTable.Read(f.File, options))).ToArray();
        var columns = frames[^1].Table.Columns;
        if (frames.FirstOrDefault(f => f.Table.Columns.Count != columns.Count).Table is { } odd)
            throw new DataFileException(folder, $"points of {columns.Count} numbers at every step", $"some of {odd.Columns.Count}");
        string data = Path.Combine(folder, DataFile);
        var shown = File.Exists(data) ? CsvTable.Read(data, options) : null;
        return new RunSamples(columns, shown?.Columns.Count == columns.Count ? shown.Rows : [],
            [.. frames.Select(f => new PointFrame(f.Step, f.Table.Rows))], []);
    }

    private static PictureFrame PictureOf((int Step, string File) file) => DataFiles.Guard(file.File, () =>
    {
        using var stream = DataFiles.OpenRead(file.File);
        if (stream.Length > MostPictureBytes)
            throw new DataFileException(file.File, "a picture of samples", "a file that is too large for one");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        try
        {
            var facts = PngCheck.Begins(bytes) ? PngCheck.Check(bytes)
                : throw new InvalidDataException("it is no PNG" + Impostor.Hint(bytes));
            return new PictureFrame(file.Step, bytes, facts.Width, facts.Height);
        }
        catch (InvalidDataException error)
        {
            throw new DataFileException(file.File, "a PNG picture of samples", error.Message, error);
        }
    });

    private static (int, string)[] Chosen((int, string)[] files, int most) => files.Length <= most
        ? files
        : [.. Enumerable.Range(0, most).Select(k => files[(int)Math.Round(k * (files.Length - 1.0) / (most - 1))])];

    private static int? StepOf(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        return Path.GetExtension(file) is Table or Picture && name.StartsWith(Start, StringComparison.Ordinal)
            && int.TryParse(name[Start.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int step) ? step : null;
    }
}

/// <summary>Generated points at one step.</summary>
/// <param name="Step">Number of updates of G.</param>
/// <param name="Points">Points of d numbers each, in the units of the data, for the same noise at every step.</param>
public sealed record PointFrame(int Step, IReadOnlyList<double[]> Points);

/// <summary>A picture of generated images at one step.</summary>
/// <param name="Step">Number of updates of G.</param>
/// <param name="Png">The file.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public sealed record PictureFrame(int Step, byte[] Png, int Width, int Height);
