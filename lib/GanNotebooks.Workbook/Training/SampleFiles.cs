using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Training;

/// <summary>
/// Writes the samples of a run, for the same noise at every step: a grid of images, or a table of points with a picture of it. Points are
/// in the units of the reader's file. The table <c>data.csv</c> has some points of the data, for pictures and films.
/// </summary>
internal sealed class SampleFiles : IDisposable
{
    private const int GridSide = 10, Points = 1000;

    private readonly string folder;
    private readonly Tensor? data; // [M, d] in the units of the data; null for images
    private readonly PointsCsv? table;

    /// <summary>Prepares the files of a run. The order of its data does not change.</summary>
    public SampleFiles(string folder, Trainer trainer, bool images)
    {
        this.folder = Path.Combine(folder, "samples");
        table = trainer.Data as PointsCsv;
        if (images)
            return;
        var position = trainer.Data.Position;
        using (NewDisposeScope())
        {
            int count = (int)Math.Min(Points, trainer.Data.SampleCount ?? Points);
            data = Units(trainer.Data.Next(count)).DetachFromDisposeScope();
        }

        trainer.Data.Seek(position);
        WriteTable(RunSamples.DataFile, data);
    }

    /// <summary>Writes the samples of the present step.</summary>
    /// <returns>Path of the picture.</returns>
    public string Write(Trainer trainer)
    {
        using var scope = NewDisposeScope();
        bool averaged = trainer.Config.AverageHalfLife > 0;
        string name = string.Create(CultureInfo.InvariantCulture, $"step-{trainer.Step:D9}"), picture = Path.Combine(folder, name + ".png");
        if (data is null)
        {
            PngFile.Write(picture, trainer.Sample(GridSide * GridSide, averaged: averaged), GridSide);
            return picture;
        }

        var points = Units(trainer.Sample(Points, averaged: averaged));
        WriteTable(name + ".csv", points);
        PointPng.Write(picture, points, data);
        return picture;
    }

    public void Dispose() => data?.Dispose();

    private Tensor Units(Tensor samples) => table is null ? samples.cpu().to(float64) : table.Standardisation.Restore(samples);

    private void WriteTable(string name, Tensor points)
    {
        string[] lines = [.. points.data<double>().ToArray().Chunk((int)points.size(1))
            .Select(row => string.Join(',', row.Select(v => ((float)v).ToString(CultureInfo.InvariantCulture))))];
        bool named = table is not null && table.Columns.Any(c => !int.TryParse(c, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        string head = named ? string.Join(',', table!.Columns.Select(Quoted)) + "\n" : "";
        AtomicFile.WriteText(Path.Combine(folder, name), head + string.Concat(lines.Select(line => line + "\n")));
    }

    private static string Quoted(string column) => column.IndexOfAny([',', '"', '\n', '\r']) < 0
        ? column
        : $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
