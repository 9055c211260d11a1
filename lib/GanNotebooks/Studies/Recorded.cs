using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.Runtime;

namespace GanNotebooks.Studies;

/// <summary>
/// A result that takes too long to compute in a notebook. It is computed once and read from a JSON file below <c>data/results</c>. It holds
/// plain numbers.
/// </summary>
/// <typeparam name="T">Type of the result, which derives from this record.</typeparam>
public abstract record Recorded<T> where T : Recorded<T>
{
    /// <summary>Whether the deserialised record is complete. A file without its numbers is refused.</summary>
    private protected abstract bool IsWhole { get; }

#pragma warning disable CA1000 // readers write RecordedRun.Of(...), the name of the derived record, and no type argument
    /// <summary>
    /// Reads all recorded results of a study, in the order of their file names. Files that <c>data/results/SHA256SUMS</c> does not list are
    /// passed over, and named in a line of output.
    /// </summary>
    /// <param name="study">Folder below <c>data/results</c>.</param>
    /// <exception cref="DataFileException">The study does not exist, or one of the listed files is missing or was changed.</exception>
    public static IReadOnlyList<T> Of(string study) => Of(Path.Combine(DataFolder.Find(), "results"), study, Console.WriteLine);

    internal static IReadOnlyList<T> Of(string results, string study, Action<string> tell) =>
        [.. RecordList.Files(results, study, tell).Select(Read)];

    /// <summary>Reads one result from a file.</summary>
    /// <exception cref="DataFileException">The file does not exist, or it does not hold a result of this type.</exception>
    public static T Read(string path) => RecordedFile.Read<T>(path, "a recorded run", run => run.IsWhole);
#pragma warning restore CA1000

    /// <summary>
    /// Whether a result lies at a path. A finished run is not computed again, so what lies there must be such a result.
    /// </summary>
    /// <exception cref="DataFileException">Something else lies there.</exception>
    internal static bool IsAt(string path)
    {
        RegularFile.Check(path);
        return File.Exists(path) && Read(path) is not null;
    }

    /// <summary>
    /// Computes and writes the runs that are not recorded yet, for studies that keep no checkpoints: seed after seed, each with all
    /// methods.
    /// </summary>
    /// <param name="folder">Folder of the files.</param>
    /// <param name="methods">Names of the methods.</param>
    /// <param name="seeds">The seeds.</param>
    /// <param name="steps">Number of updates; part of a file's name.</param>
    /// <param name="run">Function that computes a run.</param>
    /// <param name="done">Callback that receives a file's name without its ending and the run.</param>
    internal static void Complete(string folder, IReadOnlyList<string> methods, IReadOnlyList<int> seeds, int steps,
        Func<string, int, T> run, Action<string, T> done)
    {
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(seeds);
        foreach (var (seed, method) in seeds.SelectMany(s => methods.Select(m => (s, m))))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{method.Replace(' ', '-')}-{steps}-seed{seed}");
            string file = Path.Combine(folder, name + ".json");
            if (IsAt(file))
                continue;
            var result = run(method, seed);
            result.Write(file);
            done(name, result);
        }
    }

    /// <summary>Writes the result to a file, completely or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => RecordedFile.Write(path, (T)this);
}

/// <summary>A recorded run that was evaluated during training.</summary>
/// <typeparam name="T">Type of the run, which derives from this record.</typeparam>
/// <typeparam name="TEvaluation">Type of one evaluation.</typeparam>
/// <param name="Trajectory">The evaluations in order; the last one is at the end of the run.</param>
/// <param name="Seconds">Computing time in seconds, including the evaluations.</param>
/// <param name="Description">Settings, networks, device, thread count and versions of the run.</param>
public abstract record RecordedTrajectory<T, TEvaluation>(
    [property: JsonPropertyName("Course")] IReadOnlyList<TEvaluation> Trajectory, double Seconds, JsonElement Description)
    : Recorded<T> where T : Recorded<T>
{
    private protected override bool IsWhole => Trajectory is { Count: > 0 };
}

/// <summary>Reads and writes JSON files of numbers.</summary>
internal static class RecordedFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a recorded bound may be infinite
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a record from a JSON file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="what">Expected kind of content, for the message of the exception.</param>
    /// <param name="whole">Function that returns whether a record is complete.</param>
    /// <exception cref="DataFileException">The file does not exist, or it does not hold a complete record.</exception>
    public static T Read<T>(string path, string what, Func<T, bool> whole)
    {
        if (RegularFile.Fault(path) is { } fault)
            throw new DataFileException(path, what, fault);
        if (!File.Exists(path))
            throw new DataFileException(path, what, "no file");
        try
        {
            string text = DataFiles.Guard(path, () => RegularFile.ReadText(path));
            return JsonSerializer.Deserialize<T>(text, Options) is { } record && whole(record)
                ? record
                : throw new DataFileException(path, what, "one without results");
        }
        catch (JsonException error)
        {
            throw new DataFileException(path, what, error.Message);
        }
    }

    /// <summary>Writes a record to a JSON file, completely or not at all.</summary>
    public static void Write<T>(string path, T record)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteText(path, JsonSerializer.Serialize(record, Options) + "\n");
    }
}
