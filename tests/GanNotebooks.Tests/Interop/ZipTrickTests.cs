using System.IO.Compression;
using System.Text;
using GanNotebooks.Interop;
using GanNotebooks.Tests.Data;
using GanNotebooks.Tests.Runtime.Files;
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

    // torch names the folder in the zip after the file, and a file after the time.
    [Theory]
    [InlineData("model_2026-05-01_12:30:00/")]
    [InlineData("c:/")]
    [InlineData("a|b*c?/")]
    public void Read_ColonInTheName_IsRead(string root) => AssertRead(Rename(root));

    // unzip x.pth; zip -r y.pth x
    [Fact]
    public void Read_FolderEntries_ArePassedOver()
    {
        AssertRead(Checkpoint(("archive/", []), ("archive/data/", []), ("__MACOSX/", [])));
        AssertRefused(Checkpoint(("archive/../", [])), "unsafe name");
        AssertRefused(Checkpoint(("/", [])), "unsafe name");
        AssertRefused(Checkpoint(("archive//", [])), "unsafe name");
    }

    // torch.utils.serialization.config.save.compute_crc32 = False
    [Fact]
    public void Read_ChecksumsNotComputed_IsRead()
    {
        byte[] bytes = [.. good];
        foreach (string signature in new[] { "PK\u0001\u0002", "PK\u0007\u0008" })
        {
            for (int entry = 0; entry < 4; entry++)
                bytes.AsSpan(Find(bytes, signature, entry) + (signature[2] == 1 ? 16 : 4), 4).Clear();
        }
        AssertRead(bytes);
        bytes[Find(bytes, "PK\u0001\u0002", 2) + 16] = 1; // now one says that it was computed
        AssertRefused(bytes, "contradict each other");
    }

    [Fact]
    public void Read_BytesAfterTheEndOfDeflatedOnes_IsRefused()
    {
        foreach (int hidden in new[] { 1, 2, 800, 9000, 100_000 })
            AssertRefused(WithTail(new byte[hidden]), "more packed bytes than it unpacks");
        AssertRead(WithTail([]));
    }

    // The local header of an entry: 0xffffffff says that its extra field has the size.
    [Theory]
    [InlineData(16L, 16L, null)]
    [InlineData(1L << 40, 1L << 40, "contradict each other")]
    [InlineData(99L, 98L, "contradict each other")]
    [InlineData(-1L, -1L, "contradict each other")]
    [InlineData(0L, 0L, "contradict each other")]
    public void Read_WideSizesInALocalHeader_MustAgree(long size, long packed, string? reason)
    {
        byte[] extra = [1, 0, 16, 0, .. PickleBytes.Eight(size), .. PickleBytes.Eight(packed)];
        byte[] bytes = StoredZip(extra);
        if (reason is null)
            AssertRead(bytes);
        else
            AssertRefused(bytes, reason);
    }

    [Fact]
    public void Read_WideSizesThatAreMissing_IsRefused()
    {
        AssertRefused(StoredZip([]), "contradict each other");
        AssertRefused(StoredZip([1, 0, 8, 0, .. PickleBytes.Eight(16)]), "contradict each other");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(8)]
    public void Read_OtherMethodInTheLocalHeader_IsRefused(byte method)
    {
        byte[] bytes = [.. good];
        bytes[Find(bytes, "PK\u0003\u0004", 2) + 8] = method;
        AssertRefused(bytes, "contradict each other");
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><head><title>Log in</title>", "a web page")]
    [InlineData("\n  <html lang=en>", "a web page")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code>", "a web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n", "a pointer of Git LFS")]
    [InlineData("\u001f\u008b\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0000", "gzip")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0..JFIF....", "a picture")]
    [InlineData("\u0080\u0004\u0095....................", "a bare pickle")]
    public void Read_SomethingElseThatWasDownloaded_IsNamed(string beginning, string name)
    {
        File.WriteAllBytes(FileName, [.. Encoding.Latin1.GetBytes(beginning), .. new byte[1000]]);
        foreach (var read in new Func<string, object>[] { path => PyTorchCheckpoint.Read(path), Safetensors.Read })
        {
            Assert.Contains(name, Assert.Throws<InteropException>(() => read(FileName)).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_SpecialFile_IsRefusedBeforeItIsOpened()
    {
        SpecialFiles.SkipOnWindows();
        using var special = new SpecialFiles();
        foreach (var (path, word) in special.All)
        {
            Action[] reads = [() => PyTorchCheckpoint.Read(path), () => PyTorchCheckpoint.ReadTensor(path), () => Safetensors.Read(path),
                () => Safetensors.ReadMetadata(path), () => PyTorchCheckpoint.ReadAdam(path), () => PickleListing.OfCheckpoint(path),
                () => nn.Linear(1, 1).load_py(path), () => nn.Linear(1, 1).load_safetensors(path)];
            foreach (var read in reads)
                Assert.Contains(word, Assert.Throws<InteropException>(read).Reason, StringComparison.Ordinal);
        }
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

    private void AssertRead(byte[] bytes)
    {
        File.WriteAllBytes(FileName, bytes);
        using var scope = NewDisposeScope();
        Assert.Equal([1, 2, 3, 4], PyTorchCheckpoint.Read(FileName)["a"].data<float>().ToArray());
    }

    private static byte[] Rename(string root)
    {
        using var from = new ZipArchive(new MemoryStream(good));
        using var stream = new MemoryStream();
        var writer = new StoredZipWriter(stream);
        foreach (var entry in from.Entries)
            writer.Add(root + entry.FullName["archive/".Length..], Bytes(entry));
        writer.Finish();
        return stream.ToArray();
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var source = entry.Open();
        using var bytes = new MemoryStream();
        source.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>A zip without trailers, whose entry data/0 says in its local header that an extra field has its sizes.</summary>
    private static byte[] StoredZip(byte[] extra) => Zip(entry => entry.FullName.EndsWith("/0", StringComparison.Ordinal)
        ? (0, Bytes(entry), extra, true)
        : (0, Bytes(entry), (byte[])[], false));

    /// <summary>A zip whose entry data/0 is deflated, with something after the end of the deflated bytes.</summary>
    private static byte[] WithTail(byte[] tail) => Zip(entry =>
    {
        byte[] bytes = Bytes(entry);
        if (!entry.FullName.EndsWith("/0", StringComparison.Ordinal))
            return (0, bytes, [], false);
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(bytes);
        return (8, [.. packed.ToArray(), .. tail], [], false);
    });

    private static byte[] Zip(Func<ZipArchiveEntry, (int Method, byte[] Packed, byte[] Extra, bool Wide)> make)
    {
        static byte[] Two(int number) => [(byte)number, (byte)(number >> 8)];
        using var from = new ZipArchive(new MemoryStream(good));
        var (zip, directory) = (new List<byte>(), new List<byte>());
        foreach (var entry in from.Entries)
        {
            var (method, packed, extra, wide) = make(entry);
            byte[] name = Encoding.UTF8.GetBytes(entry.FullName);
            byte[] common = [20, 0, 0, 0, .. Two(method), 0, 0, 0, 0, .. PickleBytes.Four(entry.Crc32)];
            byte[] sizes = [.. PickleBytes.Four(packed.Length), .. PickleBytes.Four(entry.Length)];
            directory.AddRange([.. "PK\u0001\u0002"u8, 20, 0, .. common, .. sizes, .. Two(name.Length), .. new byte[12],
                .. PickleBytes.Four(zip.Count), .. name]);
            zip.AddRange([.. "PK\u0003\u0004"u8, .. common, .. wide ? PickleBytes.Eight(-1) : sizes, .. Two(name.Length),
                .. Two(extra.Length), .. name, .. extra, .. packed]);
        }
        int start = zip.Count;
        return [.. zip, .. directory, .. "PK\u0005\u0006"u8, 0, 0, 0, 0, .. Two(from.Entries.Count), .. Two(from.Entries.Count),
            .. PickleBytes.Four(directory.Count), .. PickleBytes.Four(start), 0, 0];
    }

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
