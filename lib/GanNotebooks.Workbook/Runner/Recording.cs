using System.Text.Json.Nodes;
using GanNotebooks.Workbook.NotebookProcess;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// Records the events of a notebook process: outputs into a copy of the notebook, seconds, checks. It belongs to the parent, so that
/// the outputs before a crash are kept.
/// </summary>
internal sealed class Recording(Notebook notebook)
{
    private readonly Dictionary<string, JsonObject> displays = [];
    private readonly Dictionary<int, CellReport> cells = notebook.CodeCells.ToDictionary(
        cell => cell.Index, cell => new CellReport(cell.Number, cell.Id, CellStatus.NotRun, 0, false));

    /// <summary>The notebook with its outputs.</summary>
    public JsonObject Document { get; } = NotebookOutputs.Cleared(notebook);

    public List<CheckReport> Checks { get; } = [];

    public IEnumerable<CellReport> Cells => cells.OrderBy(pair => pair.Key).Select(pair => pair.Value);

    /// <summary>plotly.js, if there was a figure.</summary>
    public string? PlotlyScript { get; private set; }

    public JsonObject? Lab { get; private set; }

    public Failure? Failure { get; private set; }

    /// <summary>The cell that runs now, or null between cells.</summary>
    public NotebookCell? Running { get; private set; }

    /// <summary>Whether the process announced its end.</summary>
    public bool Done { get; private set; }

    public long PeakBytes { get; private set; }

    public void Take(ChildEvent message)
    {
        switch (message)
        {
            case ChildEvent.Started started:
                Running = notebook.Cells[started.Cell];
                cells[started.Cell] = cells[started.Cell] with { Status = CellStatus.Ended, Solution = started.Solved };
                NotebookOutputs.MarkRun(CellJson(started.Cell), Running.Number, started.Solved);
                break;
            case ChildEvent.StreamText text:
                NotebookOutputs.AddText(CellJson(text.Cell), text.Name, text.Text);
                break;
            case ChildEvent.Shown shown:
                Show(shown);
                break;
            case ChildEvent.Failed failed:
                Failure = new Failure(notebook.Cells[failed.Cell].Label, failed.Line, failed.Name, failed.Message);
                NotebookOutputs.AddError(CellJson(failed.Cell), failed.Name, failed.Message, failed.Trace);
                break;
            case ChildEvent.Unanswered wrong:
                TakeUnanswered(wrong);
                break;
            case ChildEvent.Finished finished:
                cells[finished.Cell] = cells[finished.Cell] with { Seconds = Math.Round(finished.Seconds, 4), Status = finished.Status };
                Running = null;
                break;
            case ChildEvent.Check check:
                Checks.Add(CheckReport.From(notebook.Cells[check.Cell].Number, check.Row) with { Printed = cells[check.Cell].Solution });
                break;
            case ChildEvent.Opened opened:
                Lab = opened.Lab;
                break;
            case ChildEvent.Script script:
                PlotlyScript = script.Text;
                break;
            case ChildEvent.Done done:
                PeakBytes = done.PeakBytes;
                Done = true;
                break;
            case ChildEvent.Progress:
                break;
            default:
                throw new ArgumentException($"Unknown event {message.GetType().Name}.", nameof(message));
        }
    }

    /// <summary>Reports in the running cell that the process ended before the notebook did.</summary>
    public void RecordFailure(string name, string message)
    {
        Failure ??= new Failure(Running?.Label ?? "", 0, name, message);
        if (Running is not null)
            NotebookOutputs.AddError(CellJson(Running.Index), name, message, []);
    }

    // An answer that was judged before its cell threw is judged once.
    private void TakeUnanswered(ChildEvent.Unanswered wrong)
    {
        int number = notebook.Cells[wrong.Cell].Number;
        NotebookOutputs.AddError(CellJson(wrong.Cell), wrong.Failure.Name, wrong.Failure.Message, wrong.Failure.Trace);
        if (!Checks.Exists(check => check.Cell == number && check.Exercise == wrong.Exercise))
        {
            Checks.Add(new CheckReport(number, $"Exercise {wrong.Exercise}", "your answer", "does not run", "", false, wrong.Help)
            {
                Exercise = wrong.Exercise,
            });
        }
    }

    private void Show(ChildEvent.Shown shown)
    {
        if (shown.Id is not null && displays.TryGetValue(shown.Id, out var earlier))
        {
            earlier["data"] = NotebookOutputs.Bundle(shown.Data);
            return;
        }

        var output = NotebookOutputs.AddData(CellJson(shown.Cell), shown.Id, notebook.Cells[shown.Cell].Number, shown.Data);
        if (shown.Id is not null)
            displays[shown.Id] = output;
    }

    private JsonObject CellJson(int index) => (JsonObject)((JsonArray)Document["cells"]!)[index]!;
}
