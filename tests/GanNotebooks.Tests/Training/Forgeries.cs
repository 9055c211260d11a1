using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace GanNotebooks.Tests.Training;

/// <summary>Checkpoints whose checksum is right and whose content is not.</summary>
internal static class Forgeries
{
    private const int MagicLength = 8, HashLength = 32;

    private const string Large = "21000000000"; // more than an int holds

    private static readonly string?[] Values =
        ["null", "-1", Large, "1e400", "\"\"", "[]", "{}", "true", "-9223372036854775808", "0.5", "\"NaN\"", null];

    /// <summary>All forgeries of a good checkpoint, each with a name.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> All(byte[] good)
    {
        foreach (long length in new[] { -1, -5, long.MinValue, long.MaxValue, 1L << 62, 1L << 31, 1L << 30, good.Length, 0, 7 })
        {
            foreach (int at in Lengths(good).Take(4))
                yield return ($"length {length} at {at}", Signed(Changed(good, at, length)));
        }
        yield return ("no blocks", Signed(good[..Lengths(good)[1]]));
        yield return ("one block twice", Signed([.. good[..^HashLength], .. Block(good, 1)]));
        yield return ("one block less",
            Signed([.. good[..Lengths(good)[1]], .. good[(Lengths(good)[1] + Block(good, 1).Length)..^HashLength]]));
        yield return ("a byte after the end", Signed([.. good[..^HashLength], 1]));
        byte[] notUtf8 = [.. good];
        notUtf8[MagicLength + sizeof(long) + 3] = 0xff;
        yield return ("header not UTF-8", Signed(notUtf8[..^HashLength]));
        foreach (string text in new[] { "", "null", "[]", "{}", "\"text\"", "{\"Step\":1", new string('[', 5000), "7" })
            yield return ($"header {text[..Math.Min(20, text.Length)]}", WithHeader(good, _ => text));
        var header = JsonNode.Parse(Header(good))!.AsObject();
        foreach (string key in header.Select(p => p.Key).Where(k => k is not "SampleCount" and not "Library"))
        {
            foreach (string? value in Values.Where(v => Matters(header[key], v)))
                yield return ($"{key} = {value ?? "(missing)"}", WithHeader(good, text => With(text, value, key)));
        }
        foreach (string key in new[] { "Seed", "Epoch", "Next" })
        {
            foreach (string? value in Values.Where(v => Matters(header["Position"]![key], v)))
                yield return ($"Position.{key} = {value ?? "(missing)"}", WithHeader(good, text => With(text, value, "Position", key)));
        }
        string[] records = ["[null]", "[{}]", "[1]", "[[]]", Records(5, 5), Records(10, 5), Records(0), Records(-3), Records(14)];
        foreach (string list in records)
            yield return ($"History = {list[..Math.Min(30, list.Length)]}", WithHeader(good, text => With(text, list, "History")));
        foreach (string step in new[] { "31", "-2147483648", "2147483647", "-1" })
            yield return ($"Step {step}", WithHeader(good, text => With(text, step, "Step")));
        foreach (string config in new[] { "\"\"", "\"{\"", "\"[]\"", "\"null\"", "\"{\\\"Steps\\\":1,\\\"Steps\\\":2}\"" })
            yield return ($"Config {config}", WithHeader(good, text => With(text, config, "Config")));
    }

    /// <summary>The checkpoint with another header and the checksum that belongs to it.</summary>
    public static byte[] WithHeader(byte[] good, Func<string, string> change)
    {
        byte[] header = Encoding.UTF8.GetBytes(change(Header(good)));
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return Signed([.. good[..MagicLength], .. length, .. header, .. good[Lengths(good)[1]..^HashLength]]);
    }

    // A value that says what was there before is no forgery. Whole numbers at or above 0 may be what another run has had.
    private static bool Matters(JsonNode? old, string? value) =>
        value != old?.ToJsonString() && !(value == Large && IsLong(old)) && !(value == "[]" && old is JsonArray);

    // A long of the file may be as large in an honest run.
    private static bool IsLong(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out long _) && node.GetPropertyName() != "Step";

    private static string Records(params int[] steps) => "[" + string.Join(",", steps.Select(s =>
        $"{{\"Step\":{s},\"DiscriminatorLoss\":1,\"GeneratorLoss\":1,\"RealProbability\":1,\"FakeProbability\":1,\"Accuracy\":1}}")) + "]";

    private static string With(string text, string? value, params string[] path)
    {
        var root = JsonNode.Parse(text)!.AsObject();
        var owner = path.Length == 1 ? root : root[path[0]]!.AsObject();
        const string Hole = "here goes the value";
        owner.Remove(path[^1]);
        if (value is null)
            return root.ToJsonString();
        owner[path[^1]] = Hole;
        return root.ToJsonString().Replace($"\"{Hole}\"", value, StringComparison.Ordinal);
    }

    private static string Header(byte[] good) => Encoding.UTF8.GetString(good,
        MagicLength + sizeof(long), (int)BinaryPrimitives.ReadInt64LittleEndian(good.AsSpan(MagicLength)));

    // Where the lengths stand: of the header, then of name and content of each block.
    private static List<int> Lengths(byte[] good)
    {
        var result = new List<int>();
        for (int at = MagicLength; at < good.Length - HashLength;)
        {
            result.Add(at);
            at += sizeof(long) + (int)BinaryPrimitives.ReadInt64LittleEndian(good.AsSpan(at));
        }
        return result;
    }

    private static byte[] Block(byte[] good, int number)
    {
        var lengths = Lengths(good);
        return good[lengths[2 * number - 1]..lengths[2 * number + 1]];
    }

    private static byte[] Changed(byte[] good, int at, long value)
    {
        byte[] changed = good[..^HashLength];
        BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(at), value);
        return changed;
    }

    private static byte[] Signed(byte[] content) => [.. content, .. SHA256.HashData(content)];
}
