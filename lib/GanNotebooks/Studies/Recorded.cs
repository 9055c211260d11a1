using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.Runtime;

namespace GanNotebooks.Studies;

/// <summary>
/// A result that takes too long for a notebook: computed once, and read from a JSON file below <c>data/results</c>. Plain numbers.
/// </summary>
/// <typeparam name="T">The kind of result, which derives from this.</typeparam>
public abstract record Recorded<T> where T : Recorded<T>
{
    /// <summary>Whether what was read is complete: a file that lacks its numbers is refused.</summary>
    private protected abstract bool IsWhole { get; }

#pragma warning disable CA1000 // readers write RecordedRun.Of(...), the name of the derived record, and no type argument
    /// <summary>All results of a study, in the order of their file names.</summary>
    /// <param name="study">Folder below <c>data/results</c>.</param>
    /// <exception cref="DataFileException">There is no such study, or a file of it is not such a result.</exception>
    public static IReadOnlyList<T> Of(string study)
    {
        string folder = Path.Combine(DataFolder.Find(), "results", study);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read)]
            : throw new DataFileException(folder, "a folder of recorded results", "none");
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="DataFileException">There is none, or it is not such a result.</exception>
    public static T Read(string path) => RecordedFile.Read<T>(path, "a recorded run", run => run.IsWhole);
#pragma warning restore CA1000

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path) => RecordedFile.Write(path, (T)this);
}

/// <summary>A recorded run that was measured on the way.</summary>
/// <typeparam name="T">The kind of run, which derives from this.</typeparam>
/// <typeparam name="TMark">One measurement.</typeparam>
/// <param name="Trajectory">The measurements, the last being the end.</param>
/// <param name="Seconds">Computing time, measuring included.</param>
/// <param name="Description">Settings, networks, device, threads, versions.</param>
public abstract record RecordedTrajectory<T, TMark>(
    [property: JsonPropertyName("Course")] IReadOnlyList<TMark> Trajectory, double Seconds, JsonElement Description)
    : Recorded<T> where T : Recorded<T>
{
    private protected override bool IsWhole => Trajectory is { Count: > 0 };
}

/// <summary>JSON files of numbers.</summary>
internal static class RecordedFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a bound may be infinite
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it should be, for the message.</param>
    /// <param name="whole">Whether what was read is complete.</param>
    /// <exception cref="DataFileException">There is none, or it is not what it should be.</exception>
    public static T Read<T>(string path, string what, Func<T, bool> whole)
    {
        if (!File.Exists(path))
            throw new DataFileException(path, what, "no file");
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Options) is { } record && whole(record)
                ? record
                : throw new DataFileException(path, what, "one without results");
        }
        catch (JsonException error)
        {
            throw new DataFileException(path, what, error.Message);
        }
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    public static void Write<T>(string path, T record)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteText(path, JsonSerializer.Serialize(record, Options) + "\n");
    }
}
