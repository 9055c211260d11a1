using System.Threading.Channels;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>
/// Runs single cells of one notebook in this process, in the order in which the parent asks for them, until it asks no more.
/// </summary>
internal sealed class LiveExecutor(ExecuteRequest request, EventWriter events)
{
    public async Task RunAsync(ChannelReader<CellRequest> asked)
    {
        var notebook = NotebookFile.Read(request.Notebook);
        Directory.SetCurrentDirectory(notebook.Folder);
        using var session = new KernelSession(events);
        var runner = new CellRunner(session, notebook, request.Setup, events);
        await foreach (var (index, source) in asked.ReadAllAsync().ConfigureAwait(false))
        {
            var cell = notebook.Cells[index] with { Source = source };
            await runner.RunAsync(cell, source, ExerciseCell.IdIn(source), solved: false).ConfigureAwait(false);
        }
    }
}
