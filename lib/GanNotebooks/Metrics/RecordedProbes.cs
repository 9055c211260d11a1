using System.Text.Json;
using GanNotebooks.Data;

namespace GanNotebooks.Metrics;

/// <summary>The long version of a <see cref="FeatureRace"/>, recorded once.</summary>
/// <param name="Description">Discriminator, data, versions, in words.</param>
/// <param name="Seconds">Computing time.</param>
/// <param name="Results">Every probe.</param>
public sealed record RecordedProbes(string Description, double Seconds, IReadOnlyList<ProbeResult> Results)
{
    /// <summary>Folder below <c>data/results</c>.</summary>
    public const string Study = "discriminator-features";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The record that comes with the repository.</summary>
    /// <exception cref="DataFileException">There is none, or it is not one.</exception>
    public static RecordedProbes Load() => Read(Path.Combine(DataFolder.Find(), "results", Study, "results.json"));

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFileException">There is none, or it is not a record.</exception>
    public static RecordedProbes Read(string path)
    {
        if (!File.Exists(path))
            throw new DataFileException(path, "a recorded race of features", "no file");
        try
        {
            return JsonSerializer.Deserialize<RecordedProbes>(File.ReadAllText(path)) is { Results.Count: > 0 } record
                ? record
                : throw new DataFileException(path, "a recorded race of features", "one without results");
        }
        catch (JsonException error)
        {
            throw new DataFileException(path, "a recorded race of features", error.Message);
        }
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".tmp", JsonSerializer.Serialize(this, Readable) + "\n");
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
