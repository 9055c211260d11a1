namespace Microsoft.DotNet.Interactive;

/// <summary>
/// Stands in for the class of this name in .NET Interactive, whose packages the tests must do without: the members that the library reaches
/// by reflection, named and shaped as in the last version of 2026.
/// </summary>
public sealed class KernelInvocationContext
{
    public static KernelInvocationContext? Current { get; set; }

    public CancellationToken CancellationToken { get; init; }

    public object? HandlingKernel { get; init; }

    /// <summary>What the cell shows, one entry for each place in its output.</summary>
    public IList<DisplayedValue> Outputs { get; } = [];
}
