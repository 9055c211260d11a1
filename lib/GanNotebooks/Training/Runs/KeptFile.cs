using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;

namespace GanNotebooks.Training;

/// <summary>
/// Files that a run rewrites when it continues. What a reader has written into one of them is not lost: the file stays under another name.
/// </summary>
internal static class KeptFile
{
    /// <summary>Moves a file aside, and says so.</summary>
    /// <param name="path">The file.</param>
    /// <param name="warn">Receives a line with both names.</param>
    public static void Keep(string path, Action<string> warn)
    {
        string folder = Path.GetDirectoryName(path)!, stem = Path.GetFileNameWithoutExtension(path), ending = Path.GetExtension(path);
        for (int number = 1; ; number++)
        {
            string kept = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{stem}-kept-{number}{ending}"));
            if (Path.Exists(kept))
                continue;
            File.Move(path, kept, overwrite: false);
            warn($"{path} held something that this run had not written. It is kept as {Path.GetFileName(kept)}");
            return;
        }
    }

    /// <summary>Whether a log holds nothing but lines of this run: those so far, and those of later steps.</summary>
    /// <param name="path">The log.</param>
    /// <param name="lines">The lines so far, which the run writes again.</param>
    /// <param name="recordType">Type of the run's records.</param>
    /// <param name="lineOf">The line of a record.</param>
    public static bool IsOwnLog(string path, IReadOnlyCollection<string> lines, Type recordType, Func<IStepRecord, string> lineOf)
    {
        string text = RegularFile.ReadText(path);
        var known = lines.ToHashSet(StringComparer.Ordinal);
        string[] found = text.Split('\n');
        // A killed process may have left a part of the last line.
        return found[..^1].All(line => known.Contains(line) || IsRecord(line, recordType, lineOf))
            && (found[^1] == "" || found[^1][0] == '{');
    }

    /// <summary>Whether a JSON file has the members of another one, and no others.</summary>
    public static bool HasMembersOf(string path, string text)
    {
        try
        {
            return JsonNode.Parse(RegularFile.ReadText(path)) is JsonObject found && JsonNode.Parse(text) is JsonObject wanted
                && found.Select(member => member.Key).Order(StringComparer.Ordinal)
                    .SequenceEqual(wanted.Select(member => member.Key).Order(StringComparer.Ordinal));
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsRecord(string line, Type recordType, Func<IStepRecord, string> lineOf)
    {
        try
        {
            return JsonSerializer.Deserialize(line, recordType, Checkpoint.Json) is IStepRecord record && lineOf(record) == line;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }
}
