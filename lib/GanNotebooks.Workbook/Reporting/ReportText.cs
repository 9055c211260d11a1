namespace GanNotebooks.Workbook.Reporting;

/// <summary>What a run says about itself, in words.</summary>
internal static class ReportText
{
    /// <summary>What came of one notebook, without the signs that a terminal obeys: names and messages are those of strangers.</summary>
    public static IEnumerable<string> Lines(NotebookReport report)
    {
        string cells = $"{report.CellsPassed,3} of {report.Cells.Count,3} cells";
        string name = TerminalText.Visible(report.Notebook), file = TerminalText.Visible(report.File);
        yield return $"{Word(report.Status),-10} {name,-32} {report.Seconds,6:0.0} s  {cells}  {Checks(report)}{Exercises([report])}";
        if (report.Failure is { } failure)
        {
            yield return $"           {file}: {TerminalText.Visible(failure.ToString())}";
        }
        else if (report.Checks.FirstOrDefault(check => check.Fails) is { } check)
        {
            yield return $"           {file}: cell [{check.Cell}]: {(check.Printed ? "the printed solution is wrong" : "check failed")}: "
                + TerminalText.Visible($"{check.Claim}: {check.Reason}");
        }

        foreach (var answered in report.Checks.Where(check => check is { Exercise: not null, Printed: false, Passed: not null }))
            yield return $"           cell [{answered.Cell}]: {TerminalText.Visible($"{answered.Claim}. {answered.Reason}")}";
    }

    public static IEnumerable<string> Sum(RunReport report, string reportFile, string? book)
    {
        int Number(params RunStatus[] statuses) => report.Notebooks.Count(notebook => statuses.Contains(notebook.Status));
        int passed = Number(RunStatus.Passed), stopped = Number(RunStatus.Stopped), notRun = Number(RunStatus.NotRun);
        int failed = report.Notebooks.Count - passed - stopped - notRun;
        int checks = report.Notebooks.Sum(notebook => notebook.ChecksPassed);
        yield return "";
        yield return $"{Count.Of(passed, "notebook")} passed, {failed} failed{(stopped > 0 ? $", {stopped} stopped" : "")}"
            + $"{(notRun > 0 ? $", {notRun} not run" : "")}; {Count.Of(checks, "check")} passed"
            + $"{Records(report.Notebooks.Sum(notebook => notebook.ChecksRecorded), ", ")}, "
            + $"{report.Notebooks.Sum(notebook => notebook.ChecksFailed)} failed{Exercises(report.Notebooks)}; "
            + $"{report.Seconds:0.0} s, profile {report.Profile}{(report.Jobs > 1 ? $", {report.Jobs} at a time" : "")}, "
            + $"up to {report.PeakMemoryBytes / 1e9:0.0} GB of memory";
        foreach (var notebook in report.Notebooks.Where(notebook => notebook.Status is not RunStatus.Passed))
            yield return $"  {Word(notebook.Status),-10} {TerminalText.Visible(notebook.File)}";
        yield return "report  " + reportFile;
        if (book is not null)
            yield return "book    " + book;
    }

    public static string Word(RunStatus status) => status switch
    {
        RunStatus.Passed => "passed",
        RunStatus.Failed => "FAILED",
        RunStatus.Crashed => "CRASHED",
        RunStatus.TimedOut => "TIMED OUT",
        RunStatus.Unreadable => "UNREADABLE",
        RunStatus.Stopped => "stopped",
        RunStatus.NotRun => "not run",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Unknown status."),
    };

    /// <summary>", about 2 min left"; empty while nothing is known or nothing is left.</summary>
    public static string TimeLeft(TimeSpan? left) => left switch
    {
        null or { TotalSeconds: < 1 } => "",
        { TotalSeconds: < 60 } seconds => $", about {Math.Ceiling(seconds.TotalSeconds / 10) * 10:0} s left",
        { } minutes => $", about {Math.Round(minutes.TotalMinutes):0} min left",
    };

    private static string Checks(NotebookReport report) =>
        $"{report.ChecksPassed} of {report.ChecksPassed + report.ChecksFailed} checks"
            + Records(report.ChecksRecorded, ", ");

    /// <summary>
    /// "; exercises: 1 solved, 2 wrong; 4 printed solutions used": what the reader did, and how many cells are not those that are shown.
    /// </summary>
    public static string Exercises(IReadOnlyList<NotebookReport> reports)
    {
        (int Count, string Word)[] parts =
        [
            (reports.Sum(report => report.ExercisesSolved), "solved"), (reports.Sum(report => report.ExercisesWrong), "wrong"),
            (reports.Sum(report => report.ExercisesOpen), "open"),
        ];
        string own = string.Join(", ", parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Word}"));
        int printed = reports.Sum(report => report.Cells.Count(cell => cell.Solution));
        return (own == "" ? "" : "; exercises: " + own) + (printed == 0 ? "" : $"; {Count.Of(printed, "printed solution")} used");
    }

    /// <summary>", 7 of them records"; empty for none. These checks compare recorded numbers and cannot fail for a reader.</summary>
    public static string Records(int count, string before) =>
        count switch { 0 => "", 1 => before + "1 of them a record", _ => $"{before}{count} of them records" };
}
