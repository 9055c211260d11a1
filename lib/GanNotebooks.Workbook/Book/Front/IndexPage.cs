using System.Text;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Book;

/// <summary>The front page: the map of the course, and what the last run said.</summary>
internal static class IndexPage
{
    // What the pages run and show letters with, under licences whose texts must go along.
    private const string Licences = """
        <p class="prose">This book contains KaTeX (<a href="assets/licenses/KaTeX.txt">licence</a>), plotly.js
        (<a href="assets/licenses/plotly.js.txt">licence</a>) and MiniSearch (<a href="assets/licenses/MiniSearch.txt">licence</a>).</p>

        """;

    public static string MapOf(Repository repository) => Path.Combine(repository.Notebooks, "README.md");

    // For readers who have not seen the course: what it is, and where to begin.
    private const string Opening = """
        <div class="hero"><div class="words">
        <p class="big">Two networks play against each other. One makes samples, the other tells them from data. If both play well, the samples
        become like the data.</p>
        <p>This book derives why, with proofs that are computed; trains real networks in C#; and shows how training fails. Every claim ends in
        a check that can fail.</p>
        <p class="go">{0}</p>
        </div></div>
        {1}
        """;

    private const string Readers = """
        <h2 id="where-to-begin">Where to begin</h2>
        <section class="readers" aria-label="Where to begin">
        <div><p><strong>You learn.</strong> Read from 00 on. Each question “Predict” waits for your answer; the exercises at the end of a notebook
        check yours.</p></div>
        <div><p><strong>You lead a seminar.</strong> 04 and 05 contain the proof, 08 and 09 what goes wrong. The command <code>book --pdf 05</code> makes a
        hand-out. The switch “Ask first” of each notebook turns the waiting questions off.</p></div>
        <div><p><strong>You do research.</strong> 13 says which measure is fooled by what, 20 sets published tables beside ours, and <a href="library.html">the
        library</a> lists every type.</p></div>
        </section>

        """;

    /// <summary>The page, with the recorded session of the lab, if there is one.</summary>
    public static BookPage Create(Repository repository, IReadOnlyList<Chapter> chapters, PageLinks links, BookPictures pictures,
        RecordedSession? session)
    {
        var markdown = new MarkdownText(links);
        string file = MapOf(repository), map = File.Exists(file) ? RegularFile.ReadText(file) : "";
        var body = new StringBuilder();
        string start = chapters.Count == 0 ? ""
            : $"<a class=\"button\" href=\"{Uri.EscapeDataString(chapters[0].Page)}\">Start: {chapters[0].TitleMarkup}</a>";
        body.Append(Opening.Replace("{0}", start, StringComparison.Ordinal)
            .Replace("{1}", session is null ? "" : LabSession.Html(session), StringComparison.Ordinal));
        string drawing = Path.Combine(repository.Notebooks, "images", "game.svg");
        if (pictures.Drawing(drawing, repository.Notebooks) is { } game)
            body.Append($"<p class=\"drawing\">{SafeHtml.Of(game)}</p>\n");
        body.Append(Readers).Append("<h2 id=\"the-course\">The course</h2>\n").Append(CourseMap.Cards(chapters, map, pictures));
        if (map != "")
            body.Append($"<section class=\"prose\">\n{markdown.Render(CourseMap.WithoutTable(map), dropTitle: true)}</section>\n");
        body.Append(Sum(chapters)).Append(RunTable(chapters)).Append(Licences);
        IReadOnlyList<Heading> headings = [new(2, "where-to-begin", "Where to begin", "Where to begin"),
            new(2, "the-course", "The course", "The course"), .. markdown.Headings, new(2, "this-run", "This run", "This run")];
        return new BookPage("index.html", "Overview", BookPage.BookTitle, "", body.ToString(), headings)
        {
            Short = "Overview",
            HasSession = session is not null,
        };
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
