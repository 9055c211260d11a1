using GanNotebooks.Runtime;
using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Runs;

/// <summary>
/// A page in one file, in the style of the book: style sheet, scripts, figures and pictures stand in it, and it loads nothing. The scripts
/// are named by their digests, so that a browser runs no other one, whatever got onto the page.
/// </summary>
internal static class StaticPage
{
    /// <summary>The page.</summary>
    /// <param name="title">Its title, as text.</param>
    /// <param name="body">Finished HTML.</param>
    public static string Of(string title, string body)
    {
        string[] scripts =
        [
            Assets.Read("assets/view.js"), Assets.FigureScript, .. body.Contains(FigureCalls.PlotlyMark, StringComparison.Ordinal)
                ? (string[])[Assets.PlotlyScript] : [], Assets.Read("report.js"),
        ];
        scripts = [.. scripts.Select(script => script.ReplaceLineEndings("\n"))]; // as a browser reads them
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{ContentPolicy.Inline(scripts)}">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html.Escape(title)}</title>
            <link rel="icon" href="data:,">
            <style>{Assets.BookStyle}</style>
            <script>{scripts[0]}</script>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the text</a>
            <main id="main" tabindex="-1">
            <article>
            <div class="view" hidden><button type="button" id="theme"></button></div>
            <h1>{Html.Escape(title)}</h1>
            {body}</article>
            </main>
            {string.Concat(scripts[1..].Select(script => $"<script>{script}</script>\n"))}</body>
            </html>

            """;
    }

    /// <summary>The output of a figure or a table of the library: its HTML without scripts, and its drawing as data.</summary>
    public static string Show(IShowable part)
    {
        string html = part.ToHtml();
        return $"<div class=\"cell\"><div class=\"output rich\">{SafeHtml.Of(html)}{FigureCalls.Of(html, out _)}</div></div>\n";
    }
}
