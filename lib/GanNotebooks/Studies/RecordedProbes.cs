using GanNotebooks.Data;
using GanNotebooks.Metrics;

namespace GanNotebooks.Studies;

/// <summary>The long version of a <see cref="LinearProbeComparison"/>, recorded once.</summary>
/// <param name="Description">Discriminator, data, versions, in words.</param>
/// <param name="Seconds">Computing time.</param>
/// <param name="Results">Every probe.</param>
public sealed record RecordedProbes(string Description, double Seconds, IReadOnlyList<ProbeResult> Results)
{
    /// <summary>Folder below <c>data/results</c>.</summary>
    public const string Study = "discriminator-features";

    /// <summary>The record that comes with the repository.</summary>
    /// <exception cref="DataFileException">There is none, or it is not one.</exception>
    public static RecordedProbes Load() => Read(Path.Combine(DataFolder.Find(), "results", Study, "results.json"));

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFileException">There is none, or it is not a record.</exception>
    public static RecordedProbes Read(string path) =>
        RecordedFile.Read<RecordedProbes>(path, "a recorded race of features", record => record.Results is { Count: > 0 });

    /// <summary>Writes a file, whole or not at all.</summary>
    public void Write(string path) => RecordedFile.Write(path, this);
}
