using System.Globalization;
using System.Net;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;

namespace GanNotebooks.Plotting;

/// <summary>
/// A film of a run from the samples in its folder: points over the data, or grids of images, with a slider over the training step.
/// <code>RunFilm.Of("runs/mine")</code>
/// </summary>
public static class RunFilm
{
    private const double Margin = 0.1;
    private const int MostDataPoints = 500, Height = 520;

    /// <summary>The film as a figure of a notebook.</summary>
    /// <param name="run">Folder of the run, as <c>workbook train</c> leaves it.</param>
    /// <param name="mostFrames">Number of frames; of more steps, they are chosen evenly.</param>
    /// <exception cref="IOException">The folder has no samples, or a file is damaged; the message names it.</exception>
    public static IShowable Of(string run, int mostFrames = 120)
    {
        var samples = RunSamples.Read(run, mostFrames);
        string title = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run)));
        return samples.Points.Count > 0 ? OfPoints(samples, title) : OfPictures(samples, title);
    }

    /// <summary>The film as a page of its own, which needs no network.</summary>
    /// <param name="run">Folder of the run.</param>
    /// <param name="mostFrames">Number of frames; of more steps, they are chosen evenly.</param>
    /// <returns>A whole HTML document.</returns>
    /// <exception cref="IOException">The folder has no samples, or a file is damaged; the message names it.</exception>
    public static string Page(string run, int mostFrames = 120)
    {
        var figure = Of(run, mostFrames);
        string film = figure.ToHtml();
        string scripts = figure is Figure
            ? $"<script>{FigureScript.Definition}</script>"
                + (film.Contains(PlotlyScript.Text, StringComparison.Ordinal) ? "" : $"<script>{PlotlyScript.Text}</script>")
            : "";
        string title = WebUtility.HtmlEncode(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run))));
        return $$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:">
            <title>{{title}}: film</title>
            <style>:root{color-scheme:light dark}body{font-family:system-ui,sans-serif;max-width:56em;margin:1em auto;padding:0 1em}</style></head>
            <body>{{scripts}}{{film}}</body></html>
            """;
    }

    private static Figure OfPoints(RunSamples samples, string title)
    {
        var data = samples.Data.Take(MostDataPoints).ToList();
        var range = data.Count > 0 ? data : [.. samples.Points[^1].Points];
        bool plane = samples.Columns.Count > 1;
        string[] names = [.. samples.Columns.Select(c => c.All(char.IsAsciiDigit) ? $"x{c}" : c)];
        var (x, y) = (Range(range.Select(p => p[0])), plane ? Range(range.Select(p => p[1])) : default);
        string alt = $"{samples.Points.Count} moments of {samples.Points[^1].Points.Count} generated points, "
            + (data.Count > 0 ? $"with {data.Count} points of the data" : "without the data")
            + (names.Length > 2 ? $"; the first two of {names.Length} coordinates are shown." : ".");
        return Plot.Animate(
            samples.Points.Select(frame => (string.Create(CultureInfo.InvariantCulture, $"step {frame.Step}"),
                plane ? InThePlane(frame) : OnTheLine(frame))), alt, start: -1);

        Plot InThePlane(PointFrame frame)
        {
            var plot = new Plot(title, names[0], names[1]);
            if (data.Count > 0)
                plot.Points("data", data.Select(p => p[0]), data.Select(p => p[1]), Role.Data, size: 4);
            return plot.Points("generated", frame.Points.Select(p => p[0]), frame.Points.Select(p => p[1]), Role.Generator, size: 6)
                .XRange(x.Low, x.High).YRange(y.Low, y.High).Height(Height);
        }

        Plot OnTheLine(PointFrame frame)
        {
            var plot = new Plot(title, names[0], "density");
            if (data.Count > 0)
                plot.Histogram("data", Histogram(data, x), Role.Data);
            return plot.Histogram("generated", Histogram(frame.Points, x), Role.Generator).XRange(x.Low, x.High).Height(Height);
        }
    }

    private static Metrics.Histogram Histogram(IEnumerable<double[]> points, (double Low, double High) range) =>
        Metrics.Histogram.Of(points.Select(p => p[0]), range.Low, range.High, bins: 40);

    private static ImageGrid OfPictures(RunSamples samples, string title) => ImageGrid.OfPictures(title,
        $"{samples.Pictures.Count} moments of the same generated images.",
        [.. samples.Pictures.Select(p => (string.Create(CultureInfo.InvariantCulture, $"step {p.Step}"),
            new PngPicture(p.Width, p.Height, 1, 1, p.Png)))]);

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        double[] all = [.. values];
        var (low, high) = (all.Min(), all.Max());
        double rim = high > low ? Margin * (high - low) : 1;
        return (low - rim, high + rim);
    }
}
