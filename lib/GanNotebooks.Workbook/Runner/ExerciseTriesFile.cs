using System.Globalization;
using System.Text.Json;
using GanNotebooks.Runtime;
using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Runner;

/// <summary>
/// The wrong answers of a reader, from run to run, so that the second run gives the hint. Only the parent process reads and writes the
/// file. A damaged one counts as none; a name that belongs to a link or a device is left alone.
/// </summary>
internal sealed class ExerciseTriesFile
{
    public const string Name = "exercise-tries.json";

    private const int BytesAtMost = 1_000_000, ExercisesAtMost = 1000, AnswersAtMost = 20;

    private readonly Lock gate = new();
    private readonly string path;
    private readonly SortedDictionary<string, string[]> tries;

    public ExerciseTriesFile(string folder)
    {
        path = Path.Combine(folder, Name);
        tries = Read(path);
    }

    /// <summary>What a notebook process is given.</summary>
    public string Json
    {
        get
        {
            lock (gate)
                return JsonSerializer.Serialize(tries, TriesJson.Default.SortedDictionaryStringStringArray);
        }
    }

    /// <summary>Adds the wrong answers of a notebook and writes the file, if there are new ones.</summary>
    public void Add(NotebookReport report)
    {
        lock (gate)
        {
            bool changed = false;
            foreach (var wrong in report.Checks.Where(check => check.IsWrongAnswer && check.Value is not null))
            {
                string[] known = tries.GetValueOrDefault(wrong.Exercise!, []);
                if (known.Contains(wrong.Value!) || known.Length >= AnswersAtMost || tries.Count >= ExercisesAtMost)
                    continue;
                tries[wrong.Exercise!] = [.. known, wrong.Value!];
                changed = true;
            }

            if (changed)
                Write();
        }
    }

    private void Write()
    {
        try
        {
            AtomicFile.WriteText(path, JsonSerializer.Serialize(tries, TriesJson.Default.SortedDictionaryStringStringArray) + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next run counts these answers anew; nothing else depends on them.
        }
    }

    private static SortedDictionary<string, string[]> Read(string path)
    {
        try
        {
            if (!File.Exists(path) || RegularFile.Fault(path) is not null || new FileInfo(path).Length > BytesAtMost)
                return [];
            var read = JsonSerializer.Deserialize(File.ReadAllText(path), TriesJson.Default.SortedDictionaryStringStringArray);
            return read is not null && read.Count <= ExercisesAtMost && read.Values.All(IsSound) ? read : [];
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsSound(string[]? answers) => answers is { Length: <= AnswersAtMost }
        && answers.All(answer => double.TryParse(answer, CultureInfo.InvariantCulture, out _));
}

[System.Text.Json.Serialization.JsonSerializable(typeof(SortedDictionary<string, string[]>))]
internal sealed partial class TriesJson : System.Text.Json.Serialization.JsonSerializerContext;
