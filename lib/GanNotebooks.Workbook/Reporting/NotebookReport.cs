using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Reporting;

/// <summary>What happened to one notebook. Also stored in the metadata of the executed notebook, for the book.</summary>
/// <param name="Seconds">Wall time of its process.</param>
/// <param name="Lab">What Lab.Open chose: profile, device, seed, threads, versions; null when no lab was opened.</param>
internal sealed record NotebookReport(
    string Notebook,
    string File,
    RunStatus Status,
    double Seconds,
    double CellSeconds,
    long PeakMemoryBytes,
    string Profile,
    string Device,
    long? Seed,
    JsonObject? Lab,
    Failure? Failure,
    IReadOnlyList<CellReport> Cells,
    IReadOnlyList<CheckReport> Checks)
{
    public int ChecksPassed => Checks.Count(check => check.Passed is true);

    public int ChecksFailed => Checks.Count(check => check.Passed is false);

    public int ChecksOpen => Checks.Count(check => check.Passed is null);

    public int CellsPassed => Cells.Count(cell => cell.Status is Execution.CellStatus.Passed);
}
