namespace GanNotebooks.Workbook.Reporting;

/// <summary>The whole run, as report.json holds it.</summary>
/// <param name="Finished">false while the run goes on or after Ctrl-C.</param>
internal sealed record RunReport(
    string Workbook,
    string Runtime,
    string System,
    int Processors,
    string Profile,
    string Device,
    int? Seed,
    DateTimeOffset Started,
    double Seconds,
    bool Finished,
    bool Passed,
    IReadOnlyList<NotebookReport> Notebooks)
{
    /// <summary>How many notebooks ran at a time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The most memory that all notebooks together held at one moment.</summary>
    public long PeakMemoryBytes { get; init; }
}
