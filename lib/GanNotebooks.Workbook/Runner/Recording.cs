using System.Text.Json.Nodes;
using GanNotebooks.Workbook.NotebookProcess;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// Records the events of a notebook process: outputs into a copy of the notebook, seconds, checks. It belongs to the parent, so that
/// the outputs before a crash are kept.
/// </summary>
internal sealed class Recording
{
    private readonly Notebook notebook;
    private readonly OutputRoom room;
    private readonly Dictionary<string, (JsonObject Output, long Bytes)> displays = [];
    private readonly Dictionary<int, CellReport> cells;

    public Recording(Notebook notebook)
    {
        this.notebook = notebook;
        Document = NotebookOutputs.Cleared(notebook);
        room = new OutputRoom(Document);
        cells = notebook.CodeCells.ToDictionary(
            cell => cell.Index, cell => new CellReport(cell.Number, cell.Id, CellStatus.NotRun, 0, false));
    }

    /// <summary>The notebook with its outputs.</summary>
    public JsonObject Document { get; }

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

    /// <exception cref="ForgedEventException">The event is about a cell or a value that there is not.</exception>
    public void Take(ChildEvent message)
    {
        if (!IsPossible(message))
            throw new ForgedEventException();
        switch (message)
        {
            case ChildEvent.Started started:
                Running = notebook.Cells[started.Cell];
                cells[started.Cell] = cells[started.Cell] with { Status = CellStatus.Ended, Solution = started.Solved };
                NotebookOutputs.MarkRun(CellJson(started.Cell), Running.Number, started.Solved);
                break;
            case ChildEvent.StreamText text:
                if (HasRoom(text.Cell, OutputRoom.Bytes(NotebookFile.ToLines(text.Text))))
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
                Add(check);
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

    /// <summary>What a cell has printed so far.</summary>
    public JsonArray Printed(NotebookCell cell) => [.. NotebookOutputs.Outputs(CellJson(cell.Index))
        .Where(output => NotebookFile.Text(output!["output_type"]) == "stream").Select(output => output!.DeepClone())];

    /// <summary>Puts what a cell printed in an earlier process before its other outputs.</summary>
    public void PutBefore(int cell, JsonArray printed)
    {
        var outputs = NotebookOutputs.Outputs(CellJson(cell));
        for (int i = 0; i < printed.Count; i++)
            outputs.Insert(i, printed[i]!.DeepClone());
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
        if (wrong.Failure is { } failure)
            NotebookOutputs.AddError(CellJson(wrong.Cell), failure.Name, failure.Message, failure.Trace);
        if (!Checks.Exists(check => check.Cell == number && check.Exercise == wrong.Exercise))
        {
            Checks.Add(new CheckReport(number, $"Exercise {wrong.Exercise}", "your answer", wrong.Got, "", false, wrong.Help)
            {
                Exercise = wrong.Exercise,
            });
        }
    }

    private bool IsPossible(ChildEvent message) => message switch
    {
        ChildEvent.Started started => cells.ContainsKey(started.Cell),
        ChildEvent.StreamText text => cells.ContainsKey(text.Cell) && text.Name is "stdout" or "stderr",
        ChildEvent.Shown shown => cells.ContainsKey(shown.Cell) && shown.Data.Values.All(text => text is not null),
        ChildEvent.Failed failed => cells.ContainsKey(failed.Cell) && failed.Trace.All(line => line is not null),
        ChildEvent.Finished finished => cells.ContainsKey(finished.Cell) && double.IsFinite(finished.Seconds)
            && Enum.IsDefined(finished.Status),
        ChildEvent.Check check => cells.ContainsKey(check.Cell) && NotebookFile.IsText(check.Row),
        ChildEvent.Unanswered wrong => cells.ContainsKey(wrong.Cell) && wrong.Failure?.Trace.All(line => line is not null) is not false,
        ChildEvent.Opened opened => NotebookFile.IsText(opened.Lab),
        ChildEvent.Progress progress => progress.Fraction is null or >= double.MinValue and <= double.MaxValue,
        _ => true,
    };

    // A check that is not recorded must not let a notebook pass.
    private void Add(ChildEvent.Check check)
    {
        // In the copy's metadata and, with more spaces, in the report.
        if (room.Take(2 * OutputRoom.Bytes(check.Row)))
            Checks.Add(CheckReport.From(notebook.Cells[check.Cell].Number, check.Row) with { Printed = cells[check.Cell].Solution });
        else
            Failure ??= TooManyChecks(check.Cell);
    }

    private Failure TooManyChecks(int cell) =>
        new(notebook.Cells[cell].Label, 0, "TooManyChecks", "there is no room for another check in the report");

    private void Show(ChildEvent.Shown shown)
    {
        var data = NotebookOutputs.Bundle(shown.Data);
        long bytes = OutputRoom.Bytes(data);
        if (shown.Id is not null && displays.TryGetValue(shown.Id, out var earlier))
        {
            room.Return(earlier.Bytes);
            bool fits = room.Take(bytes);
            earlier.Output["data"] = fits ? data : NotebookOutputs.Bundle(Plain(OutputRoom.Remark));
            displays[shown.Id] = (earlier.Output, fits ? bytes : 0);
        }
        else if (HasRoom(shown.Cell, bytes))
        {
            var output = NotebookOutputs.AddData(CellJson(shown.Cell), shown.Id, notebook.Cells[shown.Cell].Number, data);
            if (shown.Id is not null)
                displays[shown.Id] = (output, bytes);
        }
    }

    // The first output without room is replaced by a remark.
    private bool HasRoom(int cell, long bytes)
    {
        if (room.Take(bytes))
            return true;
        if (room.Remarks(cell))
            NotebookOutputs.AddData(CellJson(cell), "", 0, NotebookOutputs.Bundle(Plain(OutputRoom.Remark)));
        return false;
    }

    private static Dictionary<string, string> Plain(string text) => new() { ["text/plain"] = text };

    private JsonObject CellJson(int index) => (JsonObject)((JsonArray)Document["cells"]!)[index]!;
}
