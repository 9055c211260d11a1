using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.Runtime;

namespace GanNotebooks.Studies;

/// <summary>JSON files of recorded results, below <c>data/results</c>.</summary>
internal static class RecordedFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a bound may be infinite
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The files of a study, by name.</summary>
    /// <exception cref="DataFileException">There is no such study.</exception>
    public static IEnumerable<string> Of(string study)
    {
        string folder = Path.Combine(DataFolder.Find(), "results", study);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
            : throw new DataFileException(folder, "a folder of recorded results", "none");
    }

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
