using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Reporting;

/// <summary>Reads and writes reports as JSON.</summary>
internal static class ReportFile
{
    // Readable with an editor: signs such as < and non-ASCII letters stay as they are.
    private static readonly ReportJson Format =
        new(new JsonSerializerOptions(ReportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes through a temporary file: whenever the run is interrupted, a whole report is there.</summary>
    public static void Write(string path, RunReport report) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(report, Format.RunReport) + "\n");

    /// <summary>
    /// The reports of a file that a new report may keep: of notebooks that belong to the same book and that are not run again.
    /// </summary>
    /// <param name="path">The file of an earlier run; it may be missing, damaged or of another version.</param>
    /// <param name="kept">The files of these notebooks, as reports name them.</param>
    public static IReadOnlyList<NotebookReport> Earlier(string path, IReadOnlySet<string> kept)
    {
        try
        {
            return RegularFile.Fault(path) is null && File.Exists(path) && Read(path) is { Notebooks: { } notebooks }
                ? [.. notebooks.Where(one => one?.File is { } file && kept.Contains(file)).Select(one => one with { Earlier = true })]
                : [];
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return [];
        }
    }

    public static RunReport Read(string path) => JsonSerializer.Deserialize(File.ReadAllText(path), Format.RunReport)!;

    public static JsonObject ToNode(NotebookReport report) => (JsonObject)JsonSerializer.SerializeToNode(report, Format.NotebookReport)!;

    /// <summary>null when the node is not a report, for instance of another version.</summary>
    public static NotebookReport? FromNode(JsonNode? node)
    {
        try
        {
            return node?.Deserialize(Format.NotebookReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(RunReport))]
internal sealed partial class ReportJson : JsonSerializerContext;

/// <summary>The whole run, as report.json holds it.</summary>
/// <param name="Finished">False while the run continues and after Ctrl-C. It is about this run, as <paramref name="Passed"/> is.</param>
/// <param name="Notebooks">Those of this run, and those of the same book that an earlier run has left in the file.</param>
internal sealed record RunReport(
    string Workbook,
    string Runtime,
    string System,
    int Processors,
    string Profile,
    string Device,
    int? Seed,
    DateTimeOffset Started,
    double Seconds,
    bool Finished,
    bool Passed,
    IReadOnlyList<NotebookReport> Notebooks)
{
    /// <summary>How many notebooks ran at a time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The most memory that all notebooks together held at one moment.</summary>
    public long PeakMemoryBytes { get; init; }
}
