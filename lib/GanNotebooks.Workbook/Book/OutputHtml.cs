using System.Text;
using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Book;

/// <summary>A cell's outputs as HTML: of each value the richest form that a page can show.</summary>
internal static class OutputHtml
{
    private const int LongText = 40;

    private const string ForeignNote = "<p class=\"solved\">This output has a script that is not the library's. The book does not run it; "
        + "open the notebook itself to see it.</p>";

    /// <summary>The outputs; a table of checks is folded to one line that counts them.</summary>
    /// <param name="cell">The executed cell.</param>
    /// <param name="checks">The checks of this cell, as the run reported them; empty when tables stay as they are.</param>
    public static string ToHtml(JsonObject cell, IReadOnlyList<CheckReport> checks)
    {
        var html = new StringBuilder();
        foreach (var output in (cell["outputs"] as JsonArray ?? []).OfType<JsonObject>())
            html.Append(CheckFold.Around(One(output), checks)).Append('\n');
        return html.ToString();
    }

    private static string One(JsonObject output) => NotebookFile.Text(output["output_type"]) switch
    {
        "stream" => Stream(NotebookFile.Text(output["name"]), NotebookFile.Text(output["text"])),
        "error" => Error(output),
        _ => Data(output["data"] as JsonObject ?? []),
    };

    private static string Data(JsonObject data)
    {
        string Get(string mimeType) => NotebookFile.Text(data[mimeType]);
        if (data.ContainsKey("text/html"))
            return $"<div class=\"output rich\">{Rich(Get("text/html"))}</div>";
        if (data.ContainsKey("image/svg+xml"))
            return $"<div class=\"output rich\">{SafeHtml.Of(Get("image/svg+xml"))}</div>";
        if (data.ContainsKey("image/png") && SafeUrl.PngText(Get("image/png")) is { } png)
        {
            return $"<div class=\"output rich\"><img alt=\"{Html.Escape(Get("text/plain"))}\" "
                + $"src=\"data:image/png;base64,{png}\"></div>";
        }

        if (data.ContainsKey("text/latex"))
            return $"<div class=\"output\"><div class=\"math\" data-display>{Html.Escape(Get("text/latex").Trim().Trim('$'))}</div></div>";
        return $"<pre class=\"output value\">{Html.Escape(Get("text/plain"))}</pre>";
    }

    // The drawing of the library's figures stays, as data; the style sheet that each table brings along leaves.
    private static string Rich(string html)
    {
        string content = PlotlyInline.Remove(html);
        string calls = FigureCalls.Of(content, out bool foreign);
        return SafeHtml.Of(content) + calls + (foreign ? ForeignNote : "");
    }

    private static string Stream(string name, string text)
    {
        string shown = Html.Escape(LastOfLines(text).TrimEnd('\n'));
        string kind = name == "stderr" ? "stderr" : "stdout";
        int lines = shown.Count(letter => letter == '\n') + 1;
        string block = $"<pre class=\"output {kind}\">{shown}</pre>";
        return lines <= LongText ? block : $"<details class=\"output long\"><summary>{lines} lines of output</summary>{block}</details>";
    }

    private static string Error(JsonObject output)
    {
        string trace = string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(NotebookFile.Text));
        string name = Html.Escape(NotebookFile.Text(output["ename"]));
        string message = Html.Escape(NotebookFile.Text(output["evalue"]));
        return $"<div class=\"output error\" role=\"group\" aria-label=\"Error\"><p><strong>{name}</strong> "
            + $"{message}</p><pre>{Html.Escape(trace)}</pre></div>";
    }

    /// <summary>A carriage return writes over the line, as progress displays do.</summary>
    private static string LastOfLines(string text) => string.Join('\n',
        text.Split('\n').Select(line => line.TrimEnd('\r')).Select(line => line[(line.LastIndexOf('\r') + 1)..]));
}
