using GanNotebooks.Data;
using GanNotebooks.Metrics;

namespace GanNotebooks.Studies;

/// <summary>The long version of a <see cref="LinearProbeComparison"/>, recorded once.</summary>
/// <param name="Description">Discriminator, data, versions, in words.</param>
/// <param name="Seconds">Computing time.</param>
/// <param name="Results">Every probe.</param>
public sealed record RecordedProbes(string Description, double Seconds, IReadOnlyList<ProbeResult> Results) : Recorded<RecordedProbes>
{
    /// <summary>Folder below <c>data/results</c>.</summary>
    public const string Study = "discriminator-features";

    private protected override bool IsWhole => Results is { Count: > 0 };

    /// <summary>The record that comes with the repository.</summary>
    /// <exception cref="DataFileException">There is none, or it is not one.</exception>
    public static RecordedProbes Load() => Read(Path.Combine(DataFolder.Find(), "results", Study, "results.json"));
}
