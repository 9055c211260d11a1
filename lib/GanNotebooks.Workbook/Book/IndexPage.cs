using System.Text;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Book;

/// <summary>The front page: the map of the course, and what the last run said.</summary>
internal static class IndexPage
{
    // What the pages run and show letters with, under licences whose texts must go along.
    private const string Licences = """
        <p class="prose">This book contains KaTeX (<a href="assets/licenses/KaTeX.txt">licence</a>) and plotly.js
        (<a href="assets/licenses/plotly.js.txt">licence</a>).</p>

        """;

    public static string MapOf(Repository repository) => Path.Combine(repository.Notebooks, "README.md");

    public static BookPage Create(Repository repository, IReadOnlyList<Chapter> chapters, PageLinks links)
    {
        var markdown = new MarkdownText(links);
        string map = MapOf(repository);
        var body = new StringBuilder();
        if (File.Exists(map))
            body.Append($"<section class=\"prose\">\n{markdown.Render(File.ReadAllText(map), dropTitle: true)}</section>\n");
        body.Append(RunTable(chapters)).Append(Licences);
        IReadOnlyList<Heading> headings = [.. markdown.Headings, new Heading(2, "this-run", "This run", "This run")];
        return new BookPage("index.html", "Overview", PageTemplate.BookTitle, Sum(chapters), body.ToString(),
            headings)
        { Short = "Overview" };
    }

    private static string Sum(IReadOnlyList<Chapter> chapters)
    {
        var run = chapters.Select(chapter => chapter.Report).OfType<NotebookReport>().ToList();
        if (run.Count == 0)
            return "";
        int passed = run.Count(report => report.Status is RunStatus.Passed);
        bool good = passed == run.Count;
        string holds = Html.Count(run.Sum(report => report.ChecksPassed), "check holds", "checks hold");
        string records = ReportText.Records(run.Sum(report => report.ChecksRecorded), ", ");
        string fails = run.Sum(report => report.ChecksFailed) is var failed and > 0 ? $", {failed} fail" : "";
        string profiles = string.Join(", ", run.Select(report => report.Profile).Distinct());
        return $"""
            <aside class="verdict {(good ? "good" : "bad")}" aria-label="Verdict">
            <p class="headline"><span class="badge">{(good ? "passed" : "failed")}</span>
            {passed} of {Html.Count(run.Count, "notebook", "notebooks")} ran to the end; {holds}{records}{fails}.</p>
            <p class="facts">{run.Sum(report => report.Seconds):0} s in all<span aria-hidden="true"> · </span>profile {Html.Escape(profiles)}</p>
            </aside>

            """;
    }

    private static string RunTable(IReadOnlyList<Chapter> chapters) => $"""
        <section class="prose run"><h2 id="this-run">This run</h2>
        {Html.Table("Notebooks of this run", "prose-table", ["Notebook", "Result", "Checks", "Time", "Memory"], string.Concat(chapters.Select(Row)))}</section>

        """;

    private static string Row(Chapter chapter)
    {
        string link = $"<a href=\"{Uri.EscapeDataString(chapter.Page)}\">{chapter.TitleMarkup}</a>";
        if (chapter.Report is not { } report)
            return Html.Row(link, Badge(RunStatus.NotRun), "", "", "");
        return Html.Row(link, Badge(report.Status), $"{report.ChecksPassed} of {report.ChecksPassed + report.ChecksFailed}"
            + (report.ChecksRecorded > 0 ? $" ({report.ChecksRecorded} records)" : ""),
            $"{report.Seconds:0.#} s", $"{report.PeakMemoryBytes / 1e9:0.0} GB");
    }

    private static string Badge(RunStatus status)
    {
        string style = status switch { RunStatus.Passed => "good", RunStatus.NotRun => "notrun", _ => "bad" };
        return $"<span class=\"badge {style}\">{VerdictHtml.Badge(status)}</span>";
    }
}
