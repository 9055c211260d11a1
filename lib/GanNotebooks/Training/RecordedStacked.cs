using System.Text.Json;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.Networks;

namespace GanNotebooks.Training;

/// <summary>A recorded run of <see cref="StackedStudy"/>. Plain numbers.</summary>
/// <param name="Method">One of <see cref="StackedStudy.Methods"/>.</param>
/// <param name="Seed">Seed of weights, noise and data.</param>
/// <param name="Steps">Updates of G.</param>
/// <param name="Course">How the averaged generator covered the thousand modes on the way, the last entry being the end.</param>
/// <param name="Seconds">Computing time, counting the modes included.</param>
/// <param name="Description">Settings, networks, device, threads, versions.</param>
public sealed record RecordedStacked(string Method, int Seed, int Steps, IReadOnlyList<StackedMark> Course, double Seconds, JsonElement Description)
{
    /// <summary>Folder below <c>data/results</c> and <c>data/pretrained</c>.</summary>
    public const string Study = "stacked-mnist";

    private const int Noise = 64, Width = 32;

    /// <summary>The coverage at the end.</summary>
    public StackedMark End => Course[^1];

    /// <summary>The runs that come with the repository, by method and seed.</summary>
    /// <exception cref="DataFileException">There are none.</exception>
    public static IReadOnlyList<RecordedStacked> All() => [.. RecordedFile.Of(Study).Select(Read).OrderBy(r => StackedStudy.Methods.ToList().IndexOf(r.Method)).ThenBy(r => r.Seed)];

    /// <summary>The averaged generator at the end of a method's first run, rounded to bfloat16 for the repository and back in float32: noise [N, 64] to images [N, 3, 28, 28]. In evaluation mode; the caller's.</summary>
    /// <param name="method"><see cref="StackedStudy.Plain"/> or <see cref="StackedStudy.Weak"/>.</param>
    /// <exception cref="InteropException">The weights are missing or damaged, or were not kept.</exception>
    public static DcganGenerator Generator(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var generator = new DcganGenerator(channels: 3, noise: Noise, width: Width, deep: true);
        try
        {
            generator.load_safetensors(Path.Combine(DataFolder.Find(), "pretrained", Study, method.Replace(' ', '-').ToLowerInvariant() + ".safetensors"));
        }
        catch
        {
            generator.Dispose();
            throw;
        }
        generator.eval();
        return generator;
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="DataFileException">It is not a recorded run.</exception>
    public static RecordedStacked Read(string path) => RecordedFile.Read<RecordedStacked>(path, "a recorded run", run => run.Course is { Count: > 0 });

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(string path) => RecordedFile.Write(path, this);
}
