using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Runs;

/// <summary>A notebook that makes the figures and tables of a report again, from the folder of the runs.</summary>
internal static class ReportNotebook
{
    private const string MarkdownMarks = "<>[]`*_$\\!";

    private static readonly JsonSerializerOptions Format =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the notebook.</summary>
    /// <param name="file">Full path of the file.</param>
    /// <param name="title">Title of the report.</param>
    /// <param name="folder">Full path of the folder of runs.</param>
    /// <param name="setup">Path of <c>setup.csx</c>, as the first cell imports it.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string file, string title, string folder, string setup)
    {
        var cells = new JsonArray(
            Text("title", $"# {Plain(title)}", "", "The figures and tables of the report, from the folder of the runs."),
            Code("setup", $"#!import {setup}"),
            Code("runs", "// The folder that the report is of: change it when the runs have moved.",
                $"var runs = RunSummary.In({Literal(folder)});", "runs.Overview()"),
            Text("measures-text", "## Measures", "",
                "Settings with several seeds: the interquartile mean and its 95 % bootstrap interval."),
            Code("measures", "runs.MeasureTable()"),
            Text("losses-text", "## Losses"),
            Code("losses", "runs.LossFigures()"),
            Text("settings-text", "## Settings that differ"),
            Code("settings", "runs.DifferenceTable()"));
        var notebook = new JsonObject
        {
            ["cells"] = cells,
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
                ["language_info"] = new JsonObject { ["name"] = "polyglot-notebook" },
                ["polyglot_notebook"] = new JsonObject
                {
                    ["kernelInfo"] = new JsonObject
                    {
                        ["defaultKernelName"] = "csharp",
                        ["items"] = new JsonArray(new JsonObject { ["aliases"] = new JsonArray(), ["name"] = "csharp" }),
                    },
                },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        AtomicFile.WriteText(file, notebook.ToJsonString(Format) + "\n");
    }

    private static JsonObject Text(string id, params string[] lines) => new()
    {
        ["cell_type"] = "markdown", ["id"] = id, ["metadata"] = new JsonObject(), ["source"] = Lines(lines),
    };

    private static JsonObject Code(string id, params string[] lines) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = id,
        ["metadata"] = new JsonObject
        {
            ["dotnet_interactive"] = new JsonObject { ["language"] = "csharp" },
            ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" },
        },
        ["outputs"] = new JsonArray(),
        ["source"] = Lines(lines),
    };

    private static JsonArray Lines(string[] lines) =>
        [.. lines.Select((line, i) => (JsonNode)(i + 1 < lines.Length ? line + "\n" : line))];

    // A folder may be called anything: a string of C# with every letter that could end it, or the cell, as a number.
    private static string Literal(string text) => "\"" + string.Concat(text.Select(letter =>
        letter is '"' or '\\' or '\u2028' or '\u2029' || char.IsControl(letter) ? $"\\u{(int)letter:x4}" : $"{letter}")) + "\"";

    // Markdown reads marks in a title.
    private static string Plain(string text) => string.Concat(text.Select(letter =>
        char.IsControl(letter) ? " " : MarkdownMarks.Contains(letter, StringComparison.Ordinal) ? $"\\{letter}" : $"{letter}"));
}
