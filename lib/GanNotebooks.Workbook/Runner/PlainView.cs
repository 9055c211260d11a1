using GanNotebooks.Workbook.NotebookProcess;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Runner;

/// <summary>One line per notebook, for logs and pipes.</summary>
internal sealed class PlainView(TextWriter output) : IRunView
{
    public void Start(TimeLeft timeLeft)
    {
    }

    public void Begin(Notebook notebook)
    {
    }

    public void Cell(Notebook notebook, int number, int count)
    {
    }

    public void Again(Notebook notebook, int number)
    {
        output.WriteLine($"           {TerminalText.Visible(notebook.Name)}: again, without the answer of cell [{number}]");
        output.Flush();
    }

    public void Progress(Notebook notebook, ChildEvent.Progress progress)
    {
    }

    public void End(Notebook notebook, NotebookReport report)
    {
    }

    public void Tell(NotebookReport report)
    {
        foreach (string line in ReportText.Lines(report))
            output.WriteLine(line);
        output.Flush();
    }
}
