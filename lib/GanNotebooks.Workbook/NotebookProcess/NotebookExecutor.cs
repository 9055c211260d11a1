using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>
/// Runs the cells of one notebook in this process, top to bottom, until one fails. An exercise that fails is no end.
/// </summary>
internal sealed class NotebookExecutor(ExecuteRequest request, EventWriter events)
{
    public async Task<bool> RunAsync()
    {
        var notebook = NotebookFile.Read(request.Notebook);
        var solutions = SolutionFile.Read(request.Solutions);
        Directory.SetCurrentDirectory(notebook.Folder);
        using var session = new KernelSession(events);
        var runner = new CellRunner(session, notebook, request.Setup, events);

        foreach (var cell in notebook.CodeCells)
        {
            string? exercise = ExerciseCell.AnsweredBy(cell, solutions, request.Solve);
            if (exercise is not null && request.SetAside?.GetValueOrDefault(cell.Index) is { } ended)
            {
                await runner.LeaveOutAsync(cell, exercise, ended).ConfigureAwait(false);
                continue;
            }

            string? solution = exercise is null && request.Solve ? solutions.GetValueOrDefault(cell.Id) : null;
            if (!await runner.RunAsync(cell, solution ?? cell.Source, exercise, solution is not null).ConfigureAwait(false))
                return false;
        }

        return true;
    }
}
