using System.Globalization;
using GanNotebooks.Experiments;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;
using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Runs;

/// <summary>The newest samples of each setting: pictures as they are, points as a figure.</summary>
internal static class SampleSection
{
    private const int Most = 12, MostPictureBytes = 4 << 20, MostTextBytes = 1 << 20, MostPoints = 2000;

    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>The section; empty if no run has samples.</summary>
    public static string Of(IReadOnlyList<RunSummary> runs)
    {
        var groups = RunGroup.Of(runs);
        string[] parts =
        [
            .. groups.Take(Most).Select(group => (group.Label, Html: group.Runs.Select(Newest).FirstOrDefault(html => html is not null)))
                .Where(part => part.Html is not null)
                .Select(part => (groups.Count > 1 ? $"<h3>{Html.Escape(part.Label)}</h3>\n" : "") + part.Html),
        ];
        string left = groups.Count > Most
            ? RunReport.Paragraph(string.Create(CultureInfo.InvariantCulture, $"The first {Most} of {groups.Count} settings.")) : "";
        return parts.Length == 0 ? "" : RunReport.Section("Samples", left + string.Concat(parts));
    }

    private static string? Newest(RunSummary run)
    {
        string folder = Path.Combine(run.Folder, "samples");
        try
        {
            if (!Directory.Exists(folder) || new DirectoryInfo(folder).LinkTarget is not null)
                return null;
            foreach (string file in Directory.GetFiles(folder, "step-*").OrderDescending(StringComparer.Ordinal))
            {
                if (RegularFile.Fault(file) is null && new FileInfo(file).LinkTarget is null && One(run, file) is { } html)
                    return html;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A report is made of what can be read.
        }
        return null;
    }

    private static string? One(RunSummary run, string file)
    {
        long length = new FileInfo(file).Length;
        return Path.GetExtension(file) switch
        {
            ".png" when length <= MostPictureBytes => Picture(file, Caption(run, file)),
            ".csv" when length <= MostTextBytes => Points(file, Caption(run, file)),
            _ => null,
        };
    }

    private static string Caption(RunSummary run, string file)
    {
        string step = Path.GetFileNameWithoutExtension(file)["step-".Length..].TrimStart('0');
        return $"{run.Name}, step {(step == "" ? "0" : step)}";
    }

    private static string? Picture(string file, string caption)
    {
        using var stream = RegularFile.OpenRead(file);
        byte[] bytes = new byte[stream.Length];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (!bytes.AsSpan(0, length).StartsWith(PngSignature))
            return null;
        return $"<div class=\"output rich\"><figure class=\"gan-figure\"><img alt=\"{Html.Escape("Samples of " + caption)}\" "
            + $"style=\"image-rendering:pixelated;width:min(100%,36rem)\" src=\"data:image/png;base64,"
            + $"{Convert.ToBase64String(bytes, 0, length)}\"><div class=\"gan-caption\">{Html.Escape(caption)}</div></figure></div>\n";
    }

    private static string? Points(string file, string caption)
    {
        double[][] points =
        [
            .. RegularFile.ReadText(file).Split('\n').Where(line => line.Length > 0).Take(MostPoints)
                .Select(line => line.Split(',').Select(Number).ToArray())
                .Where((point, line) => line > 0 || point.All(double.IsFinite)), // the first may have the names of the columns
        ];
        if (points.Length == 0 || points.Any(p => p.Length != 2 || !p.All(double.IsFinite)))
            return null;
        string plain = string.Concat(caption.Select(letter => letter is '<' or '>' || char.IsControl(letter) ? ' ' : letter));
        return StaticPage.Show(new Plot("", "x₁", "x₂")
            .Points("samples", points.Select(p => p[0]), points.Select(p => p[1]), Role.Generator).EqualAxes()
            .ToFigure(string.Create(CultureInfo.InvariantCulture, $"{points.Length} samples of {plain}.")));
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}
