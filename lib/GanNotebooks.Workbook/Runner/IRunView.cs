using GanNotebooks.Workbook.NotebookProcess;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Runner;

/// <summary>Shows a run while it goes on. Notebooks may run side by side: calls come from several threads.</summary>
internal interface IRunView
{
    void Start(TimeLeft timeLeft);

    void Begin(Notebook notebook);

    /// <param name="number">The code cell that runs, from 1.</param>
    void Cell(Notebook notebook, int number, int count);

    /// <summary>The notebook begins again without the answer of a cell, which ended its process.</summary>
    /// <param name="number">The code cell, from 1.</param>
    void Again(Notebook notebook, int number);

    void Progress(Notebook notebook, ChildEvent.Progress progress);

    /// <summary>The notebook runs no more.</summary>
    void End(Notebook notebook, NotebookReport report);

    /// <summary>What came of a notebook, in the order in which they were given.</summary>
    void Tell(NotebookReport report);
}
