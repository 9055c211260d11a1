using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Slides;

/// <summary>
/// A deck in one file: reveal.js, KaTeX with its letters, plotly.js where a figure needs it, and the slides. It is opened from disk and
/// loads nothing.
/// </summary>
internal static class DeckTemplate
{
    // The speaker view loads the deck into two frames, and gets its letters from the deck.
    private const string More = "font-src data:; frame-src 'self'; ";

    private const string Prefix = "slides/";

    private static readonly string[] Licences = ["reveal.js", "KaTeX", "plotly.js"];

    /// <summary>The page.</summary>
    /// <param name="deck">The deck.</param>
    /// <param name="sections">Its slides, as <see cref="DeckHtml"/> renders them.</param>
    /// <param name="live">What a deck has besides whose cells can be run; null for a deck in a file.</param>
    /// <exception cref="FileNotFoundException">A figure needs the whole of plotly.js and the library is not built.</exception>
    public static string Render(Deck deck, string sections, LiveParts? live = null)
    {
        string view = Script(Assets.Read("assets/view.js"));
        string[] scripts = [.. Scripts(sections, live).Select(Script)];
        string policy = ContentPolicy.Inline([view, .. scripts, SpeakerScript()], live is null ? More : More + "connect-src 'self'; ");
        return $"""
            <!doctype html>
            <html lang="en" data-timed="{(deck.Minutes > 0 ? "yes" : "no")}" data-cut="{(deck.IsDesigned ? "metadata" : "headings")}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="referrer" content="no-referrer">
            <meta name="generator" content="{DeckWriter.Generator}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html.Escape(deck.Chapter.PlainTitle)}</title>
            <link rel="icon" href="data:,">
            <!--
            {string.Join("\n\n", Licences.Select(name => $"{name}\n\n{Assets.Read($"assets/licenses/{name}.txt").Trim()}"))}
            -->
            <style>{Style("reveal/reset.css")}{Style("reveal/reveal.css")}</style>
            <style>{Assets.KatexStyle}</style>
            <style>{Assets.Palette}{Style("slides.css")}{live?.Style}</style>
            <script>{view}</script>
            </head>
            <body>
            <main><div class="reveal"><div class="slides">
            {sections}</div></div></main>
            {live?.Body}{string.Concat(scripts.Select(script => $"<script>{script}</script>\n"))}</body>
            </html>

            """;
    }

    /// <summary>A style sheet of the slides.</summary>
    public static string Style(string name) => Assets.Read(Prefix + name);

    // plotly.js comes last: the slides have their sizes before a figure is drawn.
    // A cell that runs may show what its deck has not shown so far.
    private static IEnumerable<string> Scripts(string sections, LiveParts? live)
    {
        yield return Assets.Read("slides/reveal/reveal.js");
        yield return Assets.Read("slides/reveal/notes.js");
        if (live is not null || sections.Contains("class=\"math\"", StringComparison.Ordinal))
        {
            yield return Assets.Read("assets/katex/katex.min.js");
            yield return Assets.Read("assets/formulas.js");
        }

        yield return Assets.FigureScript;
        yield return Assets.Read("slides/slides.js");
        if (live is not null)
            yield return live.Script;
        if (live is not null || sections.Contains(FigureCalls.PlotlyMark, StringComparison.Ordinal))
            yield return Assets.Plotly(live is not null || sections.Contains(FigureCalls.WholePlotlyMark, StringComparison.Ordinal));
    }

    // In a page, "</script" ends a script, and after "<!--" a browser looks for another end.
    private static string Script(string text) => text.ReplaceLineEndings("\n")
        .Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase).Replace("<!--", "\\x3C!--", StringComparison.Ordinal);

    // The notes plugin writes the page of the speaker view, whose only script must be allowed, too. It stands in a literal of the plugin.
    private static string SpeakerScript()
    {
        const string open = "<script>", close = "<\\/script>";
        string plugin = Assets.Read("slides/reveal/notes.js").ReplaceLineEndings("\n");
        int start = plugin.IndexOf(open, StringComparison.Ordinal) + open.Length;
        return plugin[start..plugin.IndexOf(close, start, StringComparison.Ordinal)].Replace("\\\\", "\\", StringComparison.Ordinal);
    }
}

/// <summary>What the page of a deck has besides whose cells can be run.</summary>
/// <param name="Style">More style sheet.</param>
/// <param name="Body">More of the page's body: data.</param>
/// <param name="Script">The script that runs cells.</param>
internal sealed record LiveParts(string Style, string Body, string Script);
