using System.IO.Compression;
using System.Text;
using GanNotebooks.Interop;
using GanNotebooks.Tests.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Interop;

public sealed class ZipTrickTests : IDisposable
{
    private static readonly byte[] good =
        PickleBytes.Checkpoint(PickleBytes.Dictionary(PickleBytes.Tensor(PickleBytes.Storage(), 0, [4], [1])));
    private readonly TemporaryFolder folder = new();

    private string FileName => Path.Combine(folder.Path, "a.pth");

    [Theory]
    [InlineData("archive/../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("archive//data/1")]
    [InlineData("archive/./data/1")]
    [InlineData("archive\\data\\1")]
    [InlineData("archive/data/")]
    [InlineData("archive/\u0007")]
    [InlineData("")]
    public void Read_UnsafeName_IsRefused(string name) => AssertRefused(Checkpoint((name, [1])), "unsafe name");

    [Fact]
    public void Read_NameTwice_IsRefused() => AssertRefused(Checkpoint(("archive/data/0", [1])), "two entries \"archive/data/0\"");

    [Fact]
    public void Read_TwoPickles_IsRefused() => AssertRefused(Checkpoint(("other/data.pkl", [1])), "it has 2 entries");

    [Fact]
    public void Read_BytesBeforeOrAfter_IsRefused()
    {
        AssertRefused([.. "#!/bin/sh\n"u8, .. good], "does not start like a zip");
        AssertRefused([.. good, 0], "its end is missing");
        AssertRefused([.. "PK"u8, .. good], "bytes were added or lost");
        AssertRefused(good[..^1], "its end is missing");
        AssertRefused([.. "PK"u8], "not a zip");
        AssertRefused([], "does not start like a zip");
    }

    // Wherever a field of the directory is changed, something no longer agrees.
    [Theory]
    [InlineData(8, 1, "encrypted")] // flags
    [InlineData(8, 0, "contradict each other")] // no trailer
    [InlineData(10, 8, "contradict each other")] // method
    [InlineData(10, 12, "compressed by method 12")]
    [InlineData(16, 99, "contradict each other")] // checksum
    [InlineData(20, 3, "has two sizes")] // packed size
    [InlineData(24, 3, "has two sizes")] // size
    [InlineData(34, 1, "on another disk")]
    [InlineData(42, 5, "should start at byte")] // offset
    [InlineData(42, 255, "should start at byte")]
    [InlineData(28, 255, "directory is damaged")] // length of the name
    public void Read_ChangedDirectory_IsRefused(int field, byte value, string reason)
    {
        byte[] bytes = [.. good];
        bytes[Find(bytes, "PK\u0001\u0002", 2) + field] = value; // the third entry: data/0
        AssertRefused(bytes, reason);
    }

    [Fact]
    public void Read_ChangedNumbers_IsRefusedByTheChecksum()
    {
        byte[] bytes = [.. good];
        bytes[bytes.AsSpan().IndexOf((byte[])[0, 0, 0x80, 0x3f, 0, 0, 0, 0x40])] = 1;
        AssertRefused(bytes, "its checksum is not that of its bytes");
    }

    [Fact]
    public void Read_OverlappingEntries_IsRefused()
    {
        byte[] bytes = [.. good];
        int second = Find(bytes, "PK\u0001\u0002", 1), third = Find(bytes, "PK\u0001\u0002", 2);
        bytes.AsSpan(second + 42, 4).CopyTo(bytes.AsSpan(third + 42)); // both claim the same place
        AssertRefused(bytes, "should start at byte");
    }

    [Fact]
    public void Read_DirectoryCountsWrongly_IsRefused()
    {
        foreach (byte count in new byte[] { 3, 5 })
        {
            byte[] bytes = [.. good];
            bytes[^14] = bytes[^12] = count;
            AssertRefused(bytes, "directory");
        }
    }

    [Theory]
    [InlineData(40 << 20)]
    [InlineData(80 << 20)]
    public void Read_Bomb_IsRefusedBeforeItUnpacks(int zeros)
    {
        WriteDeflated(("archive/data.pkl", PickleBytes.Dictionary(PickleBytes.Tensor(PickleBytes.Storage(count: zeros / 4), 0, [1], [1]))),
            ("archive/version", "3\n"u8.ToArray()), ("archive/data/0", new byte[zeros]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Assert.Throws<InteropException>(() => PyTorchCheckpoint.Read(FileName));
        Assert.Matches($"the zip of [0-9]+ bytes unpacks to {zeros / 1000}[0-9]{{3}}; more than", refusal.Reason);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    // The directory claims less than the entry unpacks to, or more.
    [Theory]
    [InlineData(16, "unpacks to more than")]
    [InlineData(64, "ends too early")]
    public void Read_DeflatedEntryOfAnotherSize_IsRefused(int claimed, string reason)
    {
        WriteDeflated(
            ("archive/data.pkl", PickleBytes.Dictionary(PickleBytes.Tensor(PickleBytes.Storage(count: claimed / 4), 0, [1], [1]))),
            ("archive/version", "3\n"u8.ToArray()), ("archive/data/0", new byte[32]));
        byte[] bytes = File.ReadAllBytes(FileName);
        bytes[Find(bytes, "PK\u0001\u0002", 2) + 24] = (byte)claimed;
        int local = Find(bytes, "PK\u0003\u0004", 2);
        Assert.Equal(32, bytes[local + 22]); // .NET writes the size in front
        bytes[local + 22] = (byte)claimed;
        AssertRefused(bytes, reason);
    }

    [Fact]
    public void Read_CommentOrManyEntries_AreRefusedOrRead()
    {
        AssertRefused([.. good[..^2], 1, 0, (byte)'x'], "a comment follows");
        File.WriteAllBytes(FileName, Checkpoint([.. Enumerable.Range(1, 500).Select(i => ($"archive/data/{i}", new byte[i]))]));
        using var scope = NewDisposeScope();
        Assert.Equal(10, PyTorchCheckpoint.Read(FileName)["a"].sum().item<float>());
    }

    // torch 2.1 and later add entries that say nothing about the tensors.
    [Fact]
    public void Read_EntriesOfNewerTorch_AreLeftAlone()
    {
        File.WriteAllBytes(FileName, Checkpoint(("archive/.format_version", [(byte)'1']), ("archive/.storage_alignment", "64"u8.ToArray()),
            ("archive/.data/serialization_id", "0123"u8.ToArray())));
        using var scope = NewDisposeScope();
        Assert.Equal(10, PyTorchCheckpoint.Read(FileName)["a"].sum().item<float>());
    }

    public void Dispose() => folder.Dispose();

    private static byte[] Checkpoint(params (string, byte[])[] more) =>
        PickleBytes.Checkpoint(PickleBytes.Dictionary(PickleBytes.Tensor(PickleBytes.Storage(), 0, [4], [1])), more: more);

    private static int Find(byte[] bytes, string signature, int skip)
    {
        byte[] wanted = Encoding.Latin1.GetBytes(signature);
        int at = -1;
        for (int i = 0; i <= skip; i++)
            at += 1 + bytes.AsSpan(at + 1).IndexOf(wanted);
        return at;
    }

    private void AssertRefused(byte[] bytes, string reason)
    {
        File.WriteAllBytes(FileName, bytes);
        var refusal = Assert.Throws<InteropException>(() => PyTorchCheckpoint.Read(FileName));
        Assert.Equal(FileName, refusal.File);
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
    }

    private void WriteDeflated(params (string Name, byte[] Bytes)[] entries)
    {
        File.Delete(FileName);
        using var zip = ZipFile.Open(FileName, ZipArchiveMode.Create);
        foreach (var (name, bytes) in entries)
        {
            using var target = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            target.Write(bytes);
        }
    }
}
