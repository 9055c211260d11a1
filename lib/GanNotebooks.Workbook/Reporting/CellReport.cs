using GanNotebooks.Workbook.Execution;

namespace GanNotebooks.Workbook.Reporting;

/// <param name="Cell">The code cell's number, from 1, as an editor shows it after "run all".</param>
/// <param name="Solution">The solution of the exercise ran instead of the open cell.</param>
internal sealed record CellReport(int Cell, string Id, CellStatus Status, double Seconds, bool Solution);
