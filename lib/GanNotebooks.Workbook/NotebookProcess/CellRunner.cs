using System.Diagnostics;
using GanNotebooks.Runtime;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>Runs cells of one notebook in one kernel, and tells the parent what they do.</summary>
/// <param name="session">The kernel.</param>
/// <param name="notebook">The notebook.</param>
/// <param name="setup">What <c>#!import setup.csx</c> runs.</param>
/// <param name="events">The way to the parent.</param>
internal sealed class CellRunner(KernelSession session, Notebook notebook, string setup, EventWriter events)
{
    /// <summary>Runs a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="code">What runs in its place.</param>
    /// <param name="exercise">The exercise that the code answers; null for none.</param>
    /// <param name="solved">Whether the code is the solution of an exercise that is open.</param>
    /// <returns>Whether the next cell may run: this one passed, or is an exercise.</returns>
    public async Task<bool> RunAsync(NotebookCell cell, string code, string? exercise, bool solved)
    {
        events.Begin(cell.Index, solved);
        var watch = Stopwatch.StartNew();
        var failure = await RunAsync(cell, code).ConfigureAwait(false);
        if (failure is not null && exercise is not null)
            await ReportAsync(cell, exercise, "does not run", failure, Help(failure, cell.Source)).ConfigureAwait(false);
        else if (failure is not null)
            events.Fail(failure);
        else if (exercise is not null && ExerciseCell.IdIn(code) is null)
            events.Unanswered(exercise, "not judged", null, $"This cell has lost its line Exercise.Answer(\"{exercise}\", ...).");
        events.Finish(watch.Elapsed.TotalSeconds, failure is null ? CellStatus.Passed : CellStatus.Failed);
        return failure is null || exercise is not null;
    }

    /// <summary>Reports an answer that ended an earlier process of this run, and does not run it again.</summary>
    /// <param name="cell">The reader's cell.</param>
    /// <param name="exercise">The exercise that it answers.</param>
    /// <param name="ended">How the process ended.</param>
    public async Task LeaveOutAsync(NotebookCell cell, string exercise, CellFailure ended)
    {
        events.Begin(cell.Index, solved: false);
        await ReportAsync(cell, exercise, "left out", ended, ended.Message).ConfigureAwait(false);
        events.Finish(0, CellStatus.Failed);
    }

    // A later cell may use the answer's variable: it is there, and null.
    private async Task ReportAsync(NotebookCell cell, string exercise, string got, CellFailure failure, string help)
    {
        events.Unanswered(exercise, got, failure, help);
        if (ExerciseCell.Empty(cell.Source) is { Length: > 0 } declarations)
            await session.RunAsync(declarations, notebook.FileName).ConfigureAwait(false);
    }

    private static string Help(CellFailure failure, string code) => AnswerHelp.OfAnswer(code)
        ?? $"This cell does not run{(failure.Line > 0 ? $", line {failure.Line}" : "")}: {failure.Name}: {failure.Message}";

    /// <summary>Returns why the cell failed; null if it passed.</summary>
    private async Task<CellFailure?> RunAsync(NotebookCell cell, string code)
    {
        if (string.IsNullOrWhiteSpace(code))
            return null;
        if (KernelLines.Refusal(code) is { } refusal)
            return refusal;
        string name = $"{notebook.FileName}[{cell.Number}]";
        if (cell.ImportedFile is { } import)
        {
            name = Path.GetFileName(import);
            string path = FindImport(import);
            if (!File.Exists(path))
                return MissingImport(import);
            code = Import(path);
        }

        CellFailure? failure = null;
        // In a kernel this line belongs after the setup; here it may stand anywhere.
        if (PackageLines.WantCharts(code) && File.Exists(setup))
            failure = await session.RunAsync(Import(setup), Path.GetFileName(setup)).ConfigureAwait(false);
        code = PackageLines.Replace(code, LibraryFolder.Path, out string? notes, out var missing);
        events.Write("stdout", notes);
        failure ??= missing ?? await session.RunAsync(code, name).ConfigureAwait(false);
        return failure is { Line: > 0 } && cell.ImportedFile is not null
            ? failure with { Line = 1, Message = $"{name}, line {failure.Line}: {failure.Message}" }
            : failure;
    }

    private static string Import(string path) => $"#!import \"{path.Replace('\\', '/')}\"";

    /// <summary>A file beside the notebook comes first; setup.csx of a notebook elsewhere is the one of this clone.</summary>
    private string FindImport(string import)
    {
        string beside = Path.Combine(notebook.Folder, import);
        return !File.Exists(beside) && import == Path.GetFileName(setup) ? setup : beside;
    }

    private CellFailure MissingImport(string import) => import == Path.GetFileName(setup)
        ? new CellFailure("LibraryNotBuilt", $"{import} is missing: the library has not been built. Run: {Repository.BuildCommand}", 1, [])
        : new CellFailure("FileNotFound", $"#!import {import}: no such file beside the notebook.", 1, []);
}
