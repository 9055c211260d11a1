using System.Text;

namespace GanNotebooks.Workbook.Book;

/// <summary>The frame around every page: head, contents, search, previous and next.</summary>
internal sealed class PageTemplate(IReadOnlyList<BookPage> pages)
{
    private const string Math =
        "<script defer src=\"assets/katex/katex.min.js\"></script>\n<script defer src=\"assets/formulas.js\"></script>";

    private const string Session = $"<script defer src=\"assets/{LabSession.DataFile}\"></script>\n"
        + $"<script defer src=\"assets/{LabModules.File}\"></script>\n<script defer src=\"assets/session.js\"></script>";

    public string Render(BookPage page)
    {
        int at = pages.ToList().IndexOf(page);
        var before = at > 0 ? pages[at - 1] : null;
        var after = at + 1 < pages.Count ? pages[at + 1] : null;
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            {ContentPolicy.Element}
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html.Escape(page.File == "index.html" ? BookPage.BookTitle : $"{page.Title} · {BookPage.BookTitle}")}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="assets/katex/katex.min.css">
            <link rel="stylesheet" href="assets/book.css">
            <link rel="stylesheet" href="assets/print.css" media="print">
            <script src="assets/view.js"></script>
            {(page.NeedsMath ? Math : "")}
            {(page.NeedsFigures ? "<script defer src=\"assets/figures.js\"></script>" : "")}
            {(page.NeedsPlotly ? "<script defer src=\"assets/plotly.js\"></script>" : "")}
            {(page.HasSession ? Session : "")}
            <script defer src="assets/book.js"></script>
            <script defer src="assets/search.js"></script>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the text</a>
            <header class="bar">
            <button type="button" class="menu" aria-expanded="false" aria-controls="contents"><span aria-hidden="true">☰</span> Contents</button>
            <a class="home" href="index.html">{BookPage.BookTitle}</a>
            </header>
            <div class="frame">
            <aside class="side" id="contents" aria-label="Search and contents">
            <div class="head">
            <a class="home" href="index.html">{BookPage.BookTitle}</a>
            <form class="search" role="search"><label for="query">Search</label>
            <input id="query" type="search" autocomplete="off" placeholder="text, symbols, library" aria-controls="hits" aria-describedby="hitcount">
            <p id="hitcount" class="unseen" aria-live="polite"></p><ul id="hits" hidden></ul></form>
            <div class="view" id="view" role="group" aria-label="View" hidden></div>
            </div>
            <nav aria-label="Contents">
            {Contents(page)}</nav>
            </aside>
            <main id="main" tabindex="-1">
            <article>
            <h1>{page.TitleMarkup}</h1>
            {page.Lead}{page.Body}</article>
            <nav class="turn" aria-label="Previous and next page">
            {Turn(before, "prev", "Previous")}{Turn(after, "next", "Next")}</nav>
            </main>
            </div>
            </body>
            </html>

            """;
    }

    private static string Turn(BookPage? page, string relation, string word) => page is null
        ? "<span></span>\n"
        : $"<a rel=\"{relation}\" class=\"{relation}\" href=\"{Link(page)}\"><span>{word}</span> {page.Short}</a>\n";

    private static string Link(BookPage page) => Uri.EscapeDataString(page.File);

    private string Contents(BookPage current)
    {
        var html = new StringBuilder();
        foreach (var group in pages.GroupBy(page => page.IsChapter))
        {
            html.Append(group.Key ? "<ol class=\"chapters\">\n" : "<ul class=\"matter\">\n");
            foreach (var page in group)
            {
                bool here = page == current;
                html.Append($"<li><a href=\"{Link(page)}\"{(here ? " aria-current=\"page\"" : "")}>{page.Short}</a>");
                if (here)
                    html.Append(Sections(page));
                html.Append("</li>\n");
            }

            html.Append(group.Key ? "</ol>\n" : "</ul>\n");
        }

        return html.ToString();
    }

    private static string Sections(BookPage page)
    {
        var sections = page.Headings.Where(heading => heading.Level == 2).ToList();
        var items = sections.Select(heading => $"<li><a href=\"#{heading.Anchor}\">{heading.Markup}</a></li>\n");
        return sections.Count == 0 ? "" : $"\n<ul class=\"sections\">\n{string.Concat(items)}</ul>\n";
    }
}
