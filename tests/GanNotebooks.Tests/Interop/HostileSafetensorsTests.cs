using System.Text;
using GanNotebooks.Interop;
using GanNotebooks.Tests.Data;

namespace GanNotebooks.Tests.Interop;

public sealed class HostileSafetensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("one key of 1.3 million escapes", "needs a dtype")]
    [InlineData("one key of 7 MB", "needs a dtype")]
    [InlineData("metadata of 7 MB", "the tensors need 0 bytes")]
    [InlineData("40,000 tensors", "more than 32768 tensors")]
    [InlineData("40,000 metadata", "more than 32768 metadata")]
    [InlineData("nested 100,000 deep", "should be a JSON StartObject")]
    [InlineData("a shape of a million numbers", "more than 64 numbers")]
    [InlineData("101 MB", "at most 100000000 are read")]
    [InlineData("metadata of 17 MB", "names and metadata have more than 16777216 bytes")]
    [InlineData("one key of 17 MB", "names and metadata have more than 16777216 bytes")]
    public void Read_HostileHeader_IsRefusedQuicklyAndWithoutMuchMemory(string name, string reason)
    {
        string file = Path.Combine(folder.Path, "a.safetensors");
        byte[] header = Encoding.UTF8.GetBytes(Header(name));
        File.WriteAllBytes(file, [.. PickleBytes.Eight(header.Length), .. header, 0]); // one byte too many, so that nothing of it is sound
        Assert.Contains(reason, Limits.Read(file, Safetensors.Read)!.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private const string Empty = """{"dtype":"U8","shape":[0],"data_offsets":[0,0]}""";

    private static string Header(string name) => name switch
    {
        "one key of 1.3 million escapes" => "{\"" + string.Concat(Enumerable.Repeat("\\u0001", 1_300_000)) + "\":{}}",
        "one key of 7 MB" => "{\"" + new string('x', 7 << 20) + "\":{}}",
        "metadata of 7 MB" => "{\"__metadata__\":{\"a\":\"" + new string('x', 7 << 20) + "\"}}",
        "40,000 tensors" => "{" + string.Join(",", Enumerable.Range(0, 40_000).Select(i => $"\"t{i}\":{Empty}")) + "}",
        "40,000 metadata" => "{\"__metadata__\":{" + string.Join(",", Enumerable.Range(0, 40_000).Select(i => $"\"t{i}\":\"\"")) + "}}",
        "nested 100,000 deep" => "{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}",
        "a shape of a million numbers" => "{\"a\":"
            + Empty.Replace("[0]", $"[{string.Join(",", Enumerable.Repeat(1, 1_000_000))}]", StringComparison.Ordinal) + "}",
        "101 MB" => "{" + new string(' ', 101_000_000) + "}",
        "metadata of 17 MB" => "{\"__metadata__\":{\"a\":\"" + new string('x', 17 << 20) + "\"}}",
        "one key of 17 MB" => "{\"" + new string('x', 17 << 20) + "\":{}}",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such header"),
    };
}
