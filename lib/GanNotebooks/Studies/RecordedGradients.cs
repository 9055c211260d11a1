using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;

namespace GanNotebooks.Studies;

/// <summary>
/// A recorded run of <see cref="GradientStudy"/>: what a fresh discriminator told a frozen generator while it learned. Plain numbers.
/// </summary>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Epochs">Passes over the training images after which G was frozen.</param>
/// <param name="Side">Pixels on a side of what a feature of the discriminator's last layer sees: 18 or 10.</param>
/// <param name="Trajectory">The measurements.</param>
/// <param name="Seconds">Computing time.</param>
/// <param name="Description">Settings, networks, device, threads, versions.</param>
public sealed record RecordedGradients(int Seed, int Epochs, int Side,
    [property: JsonPropertyName("Course")] IReadOnlyList<GradientEvaluation> Trajectory, double Seconds, JsonElement Description)
{
    /// <summary>Folder below <c>data/results</c>.</summary>
    public const string Study = "dcgan-gradients";

    /// <summary><see cref="Side"/> with the layer more, and without.</summary>
    public const int WiderSide = 18, NarrowerSide = 10;

    /// <summary>The runs that come with the repository, by seed, age and discriminator.</summary>
    /// <exception cref="DataFileException">There are none.</exception>
    public static IReadOnlyList<RecordedGradients> All() =>
        [.. RecordedFile.Of(Study).Select(Read).OrderBy(r => r.Seed).ThenBy(r => r.Epochs).ThenByDescending(r => r.Side)];

    /// <summary>Reads one file.</summary>
    /// <exception cref="DataFileException">It is not a recorded run.</exception>
    public static RecordedGradients Read(string path) =>
        RecordedFile.Read<RecordedGradients>(path, "a recorded run", run => run.Trajectory is { Count: > 0 });

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(string path) => RecordedFile.Write(path, this);
}
