using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Book;

/// <summary>One cell as a part of a page.</summary>
internal static class CellHtml
{
    // The answer stands in it: it is folded as the solution above it is.
    private const string SolvedOpen = "<details class=\"fold solved\"><summary>Output of the solution</summary>\n";

    public static string Markdown(string source, MarkdownText markdown, bool first) =>
        $"<section class=\"prose{(first ? " opening" : "")}\">\n{markdown.Render(source, dropTitle: first)}</section>\n";

    /// <summary>
    /// Code and tables of checks are folded to one line each. What a reader must see stays open: an exercise, a failure, and the code of a
    /// notebook that was not run.
    /// </summary>
    /// <param name="cell">The executed cell.</param>
    /// <param name="report">What its run said; null when it was not run.</param>
    /// <param name="checks">The checks of this cell.</param>
    /// <param name="exercise">The cell is the reader's to complete.</param>
    public static string Code(NotebookCell cell, CellReport? report, IReadOnlyList<CheckReport> checks, bool exercise)
    {
        string outputs = OutputHtml.ToHtml(cell.Json, exercise ? [] : checks);
        bool solved = report?.Solution is true && outputs.Length > 0;
        bool open = exercise || report is null or { Status: not CellStatus.Passed };
        string link = $"""<a class="number" href="#cell-{cell.Number}" aria-label="Link to cell {cell.Number}">{cell.Number}</a>""";
        string source = cell.Source.TrimEnd();
        // Other pages can link to an exercise by its number, which stays when cells are added.
        bool named = exercise && cell.Id.StartsWith("exercise-", StringComparison.Ordinal);
        string name = named ? $"<span id=\"{Html.Escape(cell.Id)}\"></span>" : "";
        string facts = Html.Count(source.Count(letter => letter == '\n') + 1, "line", "lines") + Time(report);
        string summary = $"""<summary>{(exercise ? "Your answer" : "Code")} <span class="facts">{facts}</span></summary>""";
        string code = $"""<pre tabindex="0"><code>{CodeHighlighter.ToHtml(source)}</code></pre>""";
        string fold = $"""<details class="fold source"{(open ? " open data-stays" : "")}>{summary}{code}</details>""";
        return $"""
            <section class="cell{(exercise ? " exercise" : "")}" id="cell-{cell.Number}" aria-label="Code cell {cell.Number}">
            {name}<div class="code">{link}{fold}</div>
            {(solved ? SolvedOpen : "")}{outputs}{(solved ? "</details>" : "")}</section>

            """;
    }

    /// <summary>Worth a remark only when a reader would wait for it.</summary>
    private static string Time(CellReport? report) => report is { Seconds: >= 1 } ? $", ran {report.Seconds:0.#} s" : "";
}
