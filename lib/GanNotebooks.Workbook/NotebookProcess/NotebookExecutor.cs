using System.Diagnostics;
using GanNotebooks.Runtime;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

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

        foreach (var cell in notebook.CodeCells)
        {
            string? printed = solutions.GetValueOrDefault(cell.Id);
            string? solution = ExerciseCell.IsOpen(cell.Source) ? printed : null;
            events.Begin(cell.Index, solution is not null);
            var watch = Stopwatch.StartNew();
            var failure = await RunCellAsync(session, notebook, cell, solution ?? cell.Source).ConfigureAwait(false);
            // A reader who is at work may have deleted the call; the printed solution still tells which exercise it is.
            string? exercise = solution is null ? ExerciseCell.IdIn(cell.Source) ?? ExerciseCell.IdIn(printed ?? "") : null;
            if (failure is not null && exercise is not null)
                events.Unanswered(exercise, failure, Help(failure, cell.Source));
            else if (failure is not null)
                events.Fail(failure);
            events.Finish(watch.Elapsed.TotalSeconds, failure is null ? CellStatus.Passed : CellStatus.Failed);
            if (failure is not null && exercise is null)
                return false;
        }

        return true;
    }

    private static string Help(CellFailure failure, string code) => DecimalComma.Help(code)
        ?? $"This cell does not run{(failure.Line > 0 ? $", line {failure.Line}" : "")}: {failure.Name}: {failure.Message}";

    /// <summary>Returns why the cell failed; null if it passed.</summary>
    private async Task<CellFailure?> RunCellAsync(KernelSession session, Notebook notebook, NotebookCell cell, string code)
    {
        if (string.IsNullOrWhiteSpace(code))
            return null;
        if (KernelLines.Refusal(code) is { } refusal)
            return refusal;
        string name = $"{notebook.FileName}[{cell.Number}]";
        if (cell.ImportedFile is { } import)
        {
            name = Path.GetFileName(import);
            string path = FindImport(notebook, import);
            if (!File.Exists(path))
                return MissingImport(import);
            code = Import(path);
        }

        CellFailure? failure = null;
        // In a kernel this line belongs after the setup; here it may stand anywhere.
        if (PackageLines.WantCharts(code) && File.Exists(request.Setup))
            failure = await session.RunAsync(Import(request.Setup), Path.GetFileName(request.Setup)).ConfigureAwait(false);
        code = PackageLines.Replace(code, LibraryFolder.Path, out string? notes, out var missing);
        events.Write("stdout", notes);
        failure ??= missing ?? await session.RunAsync(code, name).ConfigureAwait(false);
        return failure is { Line: > 0 } && cell.ImportedFile is not null
            ? failure with { Line = 1, Message = $"{name}, line {failure.Line}: {failure.Message}" }
            : failure;
    }

    private static string Import(string path) => $"#!import \"{path.Replace('\\', '/')}\"";

    /// <summary>A file beside the notebook comes first; setup.csx of a notebook elsewhere is the one of this clone.</summary>
    private string FindImport(Notebook notebook, string import)
    {
        string beside = Path.Combine(notebook.Folder, import);
        return !File.Exists(beside) && import == Path.GetFileName(request.Setup) ? request.Setup : beside;
    }

    private CellFailure MissingImport(string import) => import == Path.GetFileName(request.Setup)
        ? new CellFailure("LibraryNotBuilt", $"{import} is missing: the library has not been built. Run: {Repository.BuildCommand}", 1, [])
        : new CellFailure("FileNotFound", $"#!import {import}: no such file beside the notebook.", 1, []);
}
