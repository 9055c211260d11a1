using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Book;

/// <summary>A table of checks, folded to one line: "✓ 5 checks hold".</summary>
internal static class CheckFold
{
    private const string TableMark = "gan-checks";

    // How the library's table says it, per row.
    private const string HoldsMark = ">✓ holds";

    /// <summary>
    /// Folds an output that is a table of checks. The line says what the run reported, not what the table says: where the two have
    /// different numbers of checks that hold, the table stays as it is.
    /// </summary>
    public static string Around(string output, IReadOnlyList<CheckReport> checks)
    {
        if (checks.Count == 0 || !output.Contains(TableMark, StringComparison.Ordinal))
            return output;
        int hold = checks.Count(check => check.Passed is true), fail = checks.Count(check => check.Passed is false);
        if (output.Split(HoldsMark).Length - 1 != hold || hold + fail == 0)
            return output;
        string state = fail > 0 ? " bad\" open data-stays" : "\"";
        return $"<details class=\"fold checks{state}><summary>{Line(hold, fail, checks)}</summary>{output}</details>";
    }

    private static string Line(int hold, int fail, IReadOnlyList<CheckReport> checks)
    {
        if (fail > 0)
            return $"✗ {Html.Count(fail, "check fails", "checks fail")}, {hold} of {hold + fail} hold";
        int records = checks.Count(check => check is { Passed: true, Recorded: true });
        return $"✓ {Html.Count(hold, "check holds", "checks hold")}{ReportText.Records(records, ", ")}";
    }
}
