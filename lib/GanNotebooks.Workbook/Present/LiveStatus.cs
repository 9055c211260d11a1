using GanNotebooks.Workbook.NotebookProcess;

namespace GanNotebooks.Workbook.Present;

/// <summary>What the kernel of a presented notebook does.</summary>
internal enum LivePhase
{
    /// <summary>Nothing.</summary>
    Idle,

    /// <summary>It runs a cell that others need.</summary>
    Preparing,

    /// <summary>It runs a cell that was asked for.</summary>
    Running,
}

/// <summary>What happens in a presented notebook at one moment.</summary>
/// <param name="Version">Grows with each change.</param>
/// <param name="Phase">What the kernel does.</param>
/// <param name="Cell">Number of the code cell that runs, from 1; null for none.</param>
/// <param name="Prepared">How many code cells have run in order since the kernel began.</param>
/// <param name="Total">How many code cells there are.</param>
/// <param name="Progress">What the library says about long work in the cell that runs; null for nothing.</param>
/// <param name="Failure">Why the last cell failed; null when it did not.</param>
internal sealed record LiveStatus(
    int Version, LivePhase Phase, int? Cell, int Prepared, int Total, ChildEvent.Progress? Progress, string? Failure);
