using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Book;

/// <summary>One cell as a part of a page.</summary>
internal static class CellHtml
{
    private const string Note =
        "<p class=\"solved\">What follows is the output of the <em>solution</em>; the cell above is yours to fill in.</p>";

    public static string Markdown(NotebookCell cell, MarkdownText markdown, bool first) =>
        $"<section class=\"prose{(first ? " opening" : "")}\">\n{markdown.Render(cell.Source, dropTitle: first)}</section>\n";

    public static string Code(NotebookCell cell, CellReport? report)
    {
        string outputs = OutputHtml.ToHtml(cell.Json);
        bool solved = report?.Solution is true && outputs.Length > 0;
        string link = $"""<a class="number" href="#cell-{cell.Number}" aria-label="Link to cell {cell.Number}">{cell.Number}</a>""";
        return $"""
            <section class="cell" id="cell-{cell.Number}" aria-label="Code cell {cell.Number}">
            <div class="code">{link}<pre tabindex="0"><code>{CodeHighlighter.ToHtml(cell.Source.TrimEnd())}</code></pre>{Time(report)}</div>
            {(solved ? Note : "")}
            {outputs}</section>

            """;
    }

    /// <summary>Worth a remark only when a reader would wait for it.</summary>
    private static string Time(CellReport? report) =>
        report is { Seconds: >= 1 } ? $"<span class=\"seconds\" title=\"time this cell took\">{report.Seconds:0.#} s</span>" : "";
}
