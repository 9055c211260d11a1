using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;

namespace GanNotebooks.Studies;

/// <summary>A recorded run of <see cref="StackedStudy"/>. Plain numbers.</summary>
/// <param name="Method">One of <see cref="StackedStudy.Methods"/>.</param>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Steps">Updates of G.</param>
/// <param name="Trajectory">How the averaged generator covered the thousand modes on the way, the last entry being the end.</param>
/// <param name="Seconds">Computing time, counting the modes included.</param>
/// <param name="Description">Settings, networks, device, threads, versions.</param>
public sealed record RecordedStacked(string Method, int Seed, int Steps,
    [property: JsonPropertyName("Course")] IReadOnlyList<StackedEvaluation> Trajectory, double Seconds, JsonElement Description)
{
    /// <summary>Folder below <c>data/results</c> and <c>data/pretrained</c>.</summary>
    public const string Study = "stacked-mnist";

    /// <summary>The coverage at the end.</summary>
    public StackedEvaluation End => Trajectory[^1];

    /// <summary>The runs that come with the repository, by method and seed.</summary>
    /// <exception cref="DataFileException">There are none.</exception>
    public static IReadOnlyList<RecordedStacked> All() =>
        [.. RecordedFile.Of(Study).Select(Read).OrderBy(r => StackedStudy.Methods.ToList().IndexOf(r.Method)).ThenBy(r => r.Seed)];

    /// <summary>Reads one file.</summary>
    /// <exception cref="DataFileException">It is not a recorded run.</exception>
    public static RecordedStacked Read(string path) =>
        RecordedFile.Read<RecordedStacked>(path, "a recorded run", run => run.Trajectory is { Count: > 0 });

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(string path) => RecordedFile.Write(path, this);
}
