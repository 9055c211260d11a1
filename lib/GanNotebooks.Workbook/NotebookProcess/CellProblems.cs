using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>What went wrong in one cell, from the kernel's events. Of several problems the one that stopped the cell is reported.</summary>
/// <param name="file">The name that the cell's diagnostics and stack traces carry.</param>
internal sealed class CellProblems(string file)
{
    // "Assuming assembly reference X 2.3.0 matches X 2.3.13": of the versions that this program was built with, nothing that a cell could
    // mend.
    private const string OfOurVersions = "CS1702";

    private CellFailure? thrown, compiled, told;

    /// <summary>Null when nothing went wrong.</summary>
    public CellFailure? Failure => thrown ?? compiled ?? told;

    public void Add(CommandFailed failed)
    {
        if (failed.Exception is { } error and not CodeSubmissionCompilationErrorException)
            thrown ??= CellFailure.From(error, file);
        else if (!string.IsNullOrWhiteSpace(failed.Message))
            told ??= new CellFailure("Error", failed.Message, 0, []);
    }

    /// <summary>What the cell shows, or the exception that it throws, cannot be put into words.</summary>
    public void Add(Exception unshown) =>
        told ??= new CellFailure(unshown.GetType().Name,
            $"a value or an exception of this cell cannot be shown: {ExceptionText.Message(unshown)}", 0, []);

    /// <summary>Whether the kernel has started to run the cell's code.</summary>
    public bool Started { get; set; }

    /// <summary>
    /// A cell has passed if the kernel says so, and not if it says nothing. The kernel also says so of a cell whose exception it cannot put
    /// into words. The state of the script tells the two apart: it holds the exception, or it does not change.
    /// </summary>
    public void AddUnlessSucceeded(IReadOnlyList<KernelEvent> events, Exception? left, bool changed)
    {
        if (Failure is not null)
            return;
        if (!events.OfType<CommandSucceeded>().Any())
            told = new CellFailure("Error", "the kernel ended this cell without a result", 0, []);
        else if (left is not null)
            thrown = CellFailure.From(left, file);
        else if (Started && !changed)
            told = new CellFailure("Error", "this cell threw an exception that cannot be put into words", 0, []);
    }

    public void Add(ErrorProduced error) => told ??= new CellFailure("Error", error.Message, 0, []);

    /// <summary>An error, a warning or an info: hosts show all three, Jupyter in red.</summary>
    public void Add(DiagnosticsProduced found)
    {
        var shown = found.Diagnostics.Where(one => one.Severity is not DiagnosticSeverity.Hidden && one.Code is not OfOurVersions).ToList();
        if (shown.Count == 0)
            return;
        var first = shown.Find(one => one.Severity is DiagnosticSeverity.Error) ?? shown[0];
        compiled ??= new CellFailure(first.Code, first.Message + Hint(shown), first.LinePositionSpan.Start.Line + 1,
            [.. found.FormattedDiagnostics.Take(20).Select(text => text.Value)]);
    }

    private static string Hint(List<Microsoft.DotNet.Interactive.Diagnostic> found) =>
        found.Exists(one => one.Code is "CS0006" && one.Message.Contains(LibraryFolder.Path, StringComparison.Ordinal))
            ? $". The library is not built. Run: {Repository.BuildCommand}"
        : found.Exists(one => one.Code is "DNI101") ? ". The workbook's own runner knows #!import only; VS Code and Jupyter know more."
        : "";
}
