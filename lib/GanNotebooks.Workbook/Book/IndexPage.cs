using System.Text;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Book;

/// <summary>The front page: the map of the course, and what the last run said.</summary>
internal static class IndexPage
{
    public static string MapOf(Repository repository) => Path.Combine(repository.Notebooks, "README.md");

    public static BookPage Create(Repository repository, IReadOnlyList<Chapter> chapters, PageLinks links)
    {
        var markdown = new MarkdownText(links);
        var map = MapOf(repository);
        var body = new StringBuilder();
        if (File.Exists(map))
            body.Append($"<section class=\"prose\">\n{markdown.Render(File.ReadAllText(map), dropTitle: true)}</section>\n");
        body.Append(RunTable(chapters));
        IReadOnlyList<Heading> headings = [.. markdown.Headings, new Heading(2, "this-run", "This run", "This run")];
        return new BookPage("index.html", "Overview", PageTemplate.BookTitle, Sum(chapters), body.ToString(), headings) { Short = "Overview" };
    }

    private static string Sum(IReadOnlyList<Chapter> chapters)
    {
        var run = chapters.Select(chapter => chapter.Report).OfType<NotebookReport>().ToList();
        if (run.Count == 0)
            return "";
        var passed = run.Count(report => report.Status is RunStatus.Passed);
        var good = passed == run.Count;
        return $"""
            <aside class="verdict {(good ? "good" : "bad")}" aria-label="Verdict">
            <p class="headline"><span class="badge">{(good ? "passed" : "failed")}</span> {passed} of {Html.Count(run.Count, "notebook", "notebooks")} ran to the end; {Html.Count(run.Sum(report => report.ChecksPassed), "check holds", "checks hold")}{(run.Sum(report => report.ChecksFailed) is var failed and > 0 ? $", {failed} fail" : "")}.</p>
            <p class="facts">{run.Sum(report => report.Seconds):0} s in all<span aria-hidden="true"> · </span>profile {Html.Escape(string.Join(", ", run.Select(report => report.Profile).Distinct()))}</p>
            </aside>

            """;
    }

    private static string RunTable(IReadOnlyList<Chapter> chapters)
    {
        var rows = new StringBuilder();
        foreach (var chapter in chapters)
        {
            var report = chapter.Report;
            var status = report?.Status ?? RunStatus.NotRun;
            rows.Append($"<tr><td><a href=\"{Uri.EscapeDataString(chapter.Page)}\">{MarkdownText.Line(chapter.Title)}</a></td>" +
                $"<td><span class=\"badge {(status is RunStatus.Passed ? "good" : status is RunStatus.NotRun ? "notrun" : "bad")}\">{VerdictHtml.Badge(status)}</span></td>" +
                $"<td>{(report is null ? "" : $"{report.ChecksPassed} of {report.ChecksPassed + report.ChecksFailed}")}</td><td>{(report is null ? "" : $"{report.Seconds:0.#} s")}</td>" +
                $"<td>{(report is null ? "" : $"{report.PeakMemoryBytes / 1e9:0.0} GB")}</td></tr>\n");
        }

        return $"""
            <section class="prose run"><h2 id="this-run">This run</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Notebooks of this run"><table class="prose-table"><thead><tr><th scope="col">Notebook</th><th scope="col">Result</th><th scope="col">Checks</th><th scope="col">Time</th><th scope="col">Memory</th></tr></thead><tbody>
            {rows}</tbody></table></div></section>

            """;
    }
}
