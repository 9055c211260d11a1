using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>
/// The outputs of the notebook of figures as VS Code's notebook view holds them: transparent up to html, the colour of the text by a style
/// sheet over variables that stand on html, a theme that knows nothing of the system's, and a content policy that lets scripts in the page
/// run and lets none of them load anything.
/// </summary>
internal static class EditorPage
{
    public const string LightInk = "#3b3b3b", DarkInk = "#cccccc";

    /// <summary>Writes the page into the book's folder and opens it.</summary>
    /// <param name="book">The book.</param>
    /// <param name="ink">The colour of the text, in any form that CSS knows.</param>
    /// <param name="darkSystem">What the system prefers.</param>
    /// <param name="width">Width of the window.</param>
    /// <param name="container">Style of the element around all outputs.</param>
    /// <param name="fold">Whether the outputs lie in a fold that is closed.</param>
    public static async Task<WatchedPage> OpenAsync(SampleBook book, string ink, bool darkSystem = false, int width = 1400,
        string container = "", bool fold = false)
    {
        bool hidden = fold || container.Contains("none", StringComparison.Ordinal);
        var (before, after) = fold ? ("<details><summary>More</summary>", "</details>") : ("", "");
        string file = Path.Combine(book.Folder, $"editor-{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(file, $$"""
            <!doctype html>
            <html data-ready style="--ink: {{ink}}"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval';
            style-src 'unsafe-inline'; img-src data: blob:">
            <title>editor</title><link rel="icon" href="data:,">
            <style>html, body, div { background-color: transparent } body { margin: 0 26px; color: var(--ink); font-family: sans-serif }</style>
            </head><body class="vscode-body"><div id="container" style="{{container}}">{{before}}{{Outputs(book)}}{{after}}</div></body></html>
            """);
        return await book.OpenAsync(file, width, darkSystem, drawn: !hidden);
    }

    /// <summary>Gives the page another colour of text, as a change of theme does.</summary>
    public static Task InkAsync(WatchedPage page, string ink) =>
        page.Page.EvaluateAsync("ink => document.documentElement.style.setProperty('--ink', ink)", ink);

    private static string Outputs(SampleBook book)
    {
        var notebook = JsonNode.Parse(File.ReadAllText(Path.Combine(book.Folder, "..", "notebooks", "92-figures.ipynb")))!;
        var shown = notebook["cells"]!.AsArray().SelectMany(cell => cell!["outputs"]?.AsArray() ?? [])
            .Select(output => NotebookFile.Text(output!["data"]?["text/html"]));
        return string.Concat(shown.Where(html => html.Length > 0).Select(html => $"<div class=\"output\">{html}</div>\n"));
    }
}
