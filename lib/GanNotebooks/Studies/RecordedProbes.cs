using GanNotebooks.Data;
using GanNotebooks.Metrics;

namespace GanNotebooks.Studies;

/// <summary>The recorded result of a long <see cref="LinearProbeComparison"/>.</summary>
/// <param name="Description">Discriminator, data and versions, in words.</param>
/// <param name="Seconds">Computing time in seconds.</param>
/// <param name="Results">Results of all probes.</param>
public sealed record RecordedProbes(string Description, double Seconds, IReadOnlyList<ProbeResult> Results) : Recorded<RecordedProbes>
{
    /// <summary>Name of the folder below <c>data/results</c>.</summary>
    public const string Study = "discriminator-features";

    private protected override bool IsWhole => Results is { Count: > 0 };

    /// <summary>Reads the record that comes with the repository.</summary>
    /// <exception cref="DataFileException">The file does not exist, or it does not hold a complete record.</exception>
    public static RecordedProbes Load() => Read(Path.Combine(DataFolder.Find(), "results", Study, "results.json"));
}
