using GanNotebooks.Workbook.Execution;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Running;

/// <summary>Shows a run while it goes on.</summary>
internal interface IRunView
{
    void Begin(Notebook notebook);

    /// <param name="number">The code cell that runs, from 1.</param>
    void Cell(int number, int count);

    void Progress(ChildEvent.Progress progress);

    void End(NotebookReport report);
}
