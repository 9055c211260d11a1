namespace GanNotebooks.Workbook.Reporting;

internal enum CellStatus
{
    Passed,
    Failed,

    /// <summary>Not reached, because an earlier cell failed or the process ended.</summary>
    NotRun,

    /// <summary>The process ended in this cell: crash, kill, or time-out.</summary>
    Ended,
}
