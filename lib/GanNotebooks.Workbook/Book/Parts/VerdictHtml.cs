using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Book;

/// <summary>What the run of a notebook says about it: whether it held, in what time, where, with which versions.</summary>
internal static class VerdictHtml
{
    private const string NotRunNote = """
        <aside class="verdict notrun" aria-label="Verdict">
        <p class="headline"><span class="badge">not run</span> This notebook was not run for this book.</p></aside>

        """;

    public static string For(Chapter chapter)
    {
        if (chapter.Report is not { } report)
            return NotRunNote;
        bool good = report.Status is RunStatus.Passed;
        string stale = chapter.Stale ? " <em>The notebook has changed since this run.</em>" : "";
        return $"""
            <aside class="verdict {(good ? "good" : "bad")}" aria-label="Verdict">
            <p class="headline"><span class="badge">{Badge(report.Status)}</span> {Headline(report)}{stale}</p>
            <p class="facts">{string.Join("<span aria-hidden=\"true\"> · </span>", Facts(report))}</p>
            {Checks(report)}</aside>

            """;
    }

    public static string Badge(RunStatus status) => status switch
    {
        RunStatus.Passed => "passed",
        RunStatus.Failed => "failed",
        RunStatus.Crashed => "crashed",
        RunStatus.TimedOut => "timed out",
        RunStatus.Unreadable => "unreadable",
        RunStatus.Stopped => "stopped",
        RunStatus.NotRun => "not run",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Unknown status."),
    };

    private static string Headline(NotebookReport report)
    {
        if (report.Failure is { } failure)
            return Html.Escape(failure.ToString());
        if (report.Checks.Count == 0)
            return "Every cell ran.";
        return $"{report.ChecksPassed} of {report.ChecksPassed + report.ChecksFailed} checks hold"
            + $"{ReportText.Records(report.ChecksRecorded, ", ")}{ReportText.Exercises([report])}.";
    }

    private static IEnumerable<string> Facts(NotebookReport report)
    {
        yield return $"{report.Seconds:0.#} s";
        yield return "profile " + Html.Escape(Of(report.Lab, "profile", report.Profile));
        yield return "device " + Html.Escape(Of(report.Lab, "device", report.Device));
        if (Of(report.Lab, "seed", "") is { Length: > 0 } seed)
            yield return "seed " + Html.Escape(seed);
        if (report.PeakMemoryBytes > 0)
            yield return $"{report.PeakMemoryBytes / 1e9:0.0} GB";
        if (report.Lab?["versions"] is JsonObject versions)
        {
            foreach (var (name, version) in versions)
                yield return Html.Escape($"{name} {NotebookFile.Text(version)}");
        }
    }

    private static string Of(JsonObject? lab, string key, string otherwise) =>
        lab?[key] is JsonValue value ? value.ToString() : otherwise;

    private static string Checks(NotebookReport report)
    {
        if (report.Checks.Count == 0)
            return "";
        // The answer of an exercise is where the reader looks for it: in the folded solution.
        var rows = report.Checks.Select(check => Html.Row(
            $"<a href=\"#cell-{check.Cell}\">{Html.Escape(check.Claim)}</a>",
            Html.Escape(check.Printed ? "the answer" : check.Expected), Html.Escape(check.Printed ? "the solution" : check.Got),
            Html.Escape(check.Tolerance), Word(check)));
        return $"""
            <details><summary>All checks of this notebook</summary>
            {Html.Table("Checks", "checks", ["Claim", "Expected", "Got", "Tolerance", "Verdict"], string.Concat(rows))}</details>

            """;
    }

    private static string Word(CheckReport check) => check.Passed switch
    {
        true => "<span class=\"holds\">holds</span>",
        false when check.IsWrongAnswer => "not yet",
        false => "<span class=\"fails\">fails</span>",
        null => "open",
    } + (check.Recorded ? ", record" : "");
}
