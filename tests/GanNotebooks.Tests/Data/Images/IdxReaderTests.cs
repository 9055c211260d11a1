using GanNotebooks.Data;
using GanNotebooks.Tests.Runtime.Files;

namespace GanNotebooks.Tests.Data;

public sealed class IdxReaderTests
{
    private const string Name = "some-file";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_GoodImages_ReturnsShapeAndValues(bool gzip)
    {
        byte[] file = IdxBytes.Images(100);
        var array = Read(gzip ? IdxBytes.Gzip(file) : file, rank: 3);
        Assert.Equal([100, 28, 28], array.Shape);
        Assert.Equal(file[16..], array.Values);
    }

    [Fact]
    public void Read_StreamThatGivesOneByteAtATime_ReturnsTheSame()
    {
        byte[] file = IdxBytes.Gzip(IdxBytes.Images(3));
        var array = IdxReader.Read(() => new TricklingStream(file), Name, 3);
        Assert.Equal(Read(file, 3).Values, array.Values);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_WrongMagic_NamesBothMagics(bool gzip)
        => AssertRefused(Wrap(IdxBytes.Labels(5), gzip), rank: 3, "0x00000803", "0x00000801");

    [Fact]
    public void Read_FloatData_IsRefused() =>
        AssertRefused(IdxBytes.Encode([2], new byte[8], type: 0x0D), rank: 1, "0x00000801", "0x00000d01");

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 bytes")]
    [InlineData(3, "3 bytes")]
    [InlineData(4, "only 4")]
    [InlineData(15, "only 15")]
    [InlineData(16, "only 0")]
    [InlineData(1000, "only 984")]
    public void Read_Truncated_SaysHowMuchThereWas(int length, string found)
    {
        byte[] file = IdxBytes.Images(2)[..length];
        AssertRefused(file, 3, found);
        AssertRefused(IdxBytes.Gzip(file), 3, found);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_TrailingBytes_IsRefused(bool gzip) => AssertRefused(Wrap([.. IdxBytes.Images(2), 0], gzip), 3, "trailing bytes");

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(65536, 65536, 1)]
    [InlineData(65536, 65536, 65536)]
    [InlineData(-1, 28, 28)]
    [InlineData(1, int.MinValue, int.MinValue)]
    [InlineData(0, 28, 28)]
    [InlineData(1, IdxReader.MaxBytes + 1, 1)]
    [InlineData(1 << 20, 28, 28)] // 822 MB
    public void Read_ImpossibleDimensions_AreNamedAndCostNothing(int n, int h, int w)
    {
        byte[] file = IdxBytes.Encode([n, h, w], new byte[100]);
        AssertRefused(file, 3, $"dimensions {n} x {h} x {w}");
        AssertCheap(file, 1 << 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_LargestSizeOverLittleData_SaysSoWithinTheMemoryOfTheLargestFile(bool gzip)
    {
        byte[] file = Wrap(IdxBytes.Encode([60_000, 28, 28], new byte[1000]), gzip);
        AssertRefused(file, 3, "only 1000");
        AssertCheap(file, IdxReader.MaxBytes + (1 << 20));
    }

    [Fact]
    public void Read_BombBehindASmallPromise_IsTrailingBytes()
    {
        byte[] file = IdxBytes.Gzip(IdxBytes.Encode([10, 28, 28], new byte[50_000_000]));
        AssertRefused(file, 3, "trailing bytes");
        AssertCheap(file, 1 << 20);
    }

    [Fact]
    public void Read_GzipCutAnywhere_IsRefusedUnlessAllOfTheContentIsThere()
    {
        byte[] labels = IdxBytes.Labels(40), file = IdxBytes.Gzip(labels);
        int refused = 0;
        for (int length = 0; length < file.Length; length++)
        {
            if (Record.Exception(() => Assert.Equal(labels[8..], Read(file[..length], 1).Values)) is { } error)
            {
                Assert.IsType<DataFileException>(error);
                refused++;
            }
        }

        // The last 8 bytes are the trailer, and the block before it has an end mark.
        Assert.InRange(refused, file.Length - 12, file.Length);
    }

    [Fact]
    public void Read_SecondGzipMember_IsTrailingBytes()
    {
        byte[] file = IdxBytes.Gzip(IdxBytes.Images(5));
        AssertRefused([.. file, .. file], 3, "trailing bytes");
    }

    // Bytes between the packed data and a second trailer, where .NET's own reader does not look.
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(7000)]
    [InlineData(100_000)]
    public void Read_BytesBeforeTheTrailer_IsRefused(int hidden)
    {
        byte[] file = IdxBytes.Gzip(IdxBytes.Images(5)), junk = new byte[hidden];
        AssertRefused([.. file, .. junk, .. file[^8..]], 3, "trailing bytes");
        AssertRefused([.. file[..^8], .. junk, .. file[^8..]], 3, "trailing bytes");
        AssertRefused([.. file, .. junk], 3, "trailing bytes");
    }

    // Name, comment, extra field and checksum of the header, as gzip, pigz and others write them.
    [Fact]
    public void Read_GzipWithEveryHeaderField_IsRead()
    {
        byte[] images = IdxBytes.Images(2), file = IdxBytes.Gzip(images);
        byte[] head = [.. file[..3], 0x1E, .. file[4..10], 3, 0, 1, 2, 3, .. "name\0comment\0"u8, 0, 0];
        Assert.Equal(images[16..], Read([.. head, .. file[10..]], 3).Values);
        AssertRefused([.. file[..3], 0x40, .. file[4..]], 3, "header is not that of gzip");
        AssertRefused([.. file[..3], 8, .. file[4..10], .. Enumerable.Repeat((byte)'x', 100_000)], 3, "does not end");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_KnownShapeAndAnother_IsRefusedBeforeTheDataAreRead(bool gzip)
    {
        byte[] file = Wrap(IdxBytes.Encode([60_000, 28, 28], new byte[60_000 * 28 * 28]), gzip);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<DataFileException>(() => IdxReader.Read(() => new MemoryStream(file), Name, 3, [10_000, 28, 28]));
        Assert.Contains("expected dimensions 10000 x 28 x 28; found 60000 x 28 x 28", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    // The largest file that is read, plain and expanding a thousandfold: the array once, and 1 MB.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_LargestFile_TakesTheArrayOnceAndAMegabyte(bool gzip)
    {
        byte[] file = Wrap(IdxBytes.Encode([60_000, 28, 28], new byte[60_000 * 28 * 28]), gzip);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var array = Read(file, 3);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, array.Values.Length, array.Values.Length + (1 << 20));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html>", "a web page")]
    [InlineData("<html><head>", "a web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n", "a pointer of Git LFS")]
    public void Read_SomethingElseThatWasDownloaded_IsNamed(string text, string name) =>
        AssertRefused([.. System.Text.Encoding.UTF8.GetBytes(text), .. new byte[100]], 3, name);

    [Fact]
    public void Read_SpecialFile_IsRefusedBeforeItIsOpened()
    {
        SpecialFiles.SkipOnWindows();
        using var special = new SpecialFiles();
        foreach (var (path, word) in special.All)
            AssertFileRefused(path, word);
    }

    [Fact]
    public void Read_WrongChecksumInTheTrailer_IsRefused()
    {
        byte[] file = IdxBytes.Gzip(IdxBytes.Images(5));
        file[^7] ^= 1;
        AssertRefused(file, 3);
    }

    [Fact]
    public void Read_Directory_SaysSo() => AssertFileRefused(Path.GetTempPath(), "a directory");

    [Fact]
    public void Read_MissingFile_SaysSo() => AssertFileRefused(Path.Combine(Path.GetTempPath(), "no such file"), "no such file");

    [Fact]
    public void Read_EmptyPath_IsADataError() => AssertFileRefused(string.Empty, "empty");

    [Fact]
    public void Read_OpeningNotPermitted_SaysSo()
    {
        // Injected, because tests may run as root, who may read everything.
        var error = Assert.Throws<DataFileException>(() => IdxReader.Read(() => throw new UnauthorizedAccessException(), Name, 3));
        Assert.Contains("no permission", error.Message, StringComparison.Ordinal);
        Assert.Contains(Name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DiskErrorInTheMiddle_IsADataError()
    {
        var error = Assert.Throws<DataFileException>(() => IdxReader.Read(() => new FailingStream(), Name, 3));
        Assert.IsType<IOException>(error.InnerException);
    }

    private static byte[] Wrap(byte[] file, bool gzip) => gzip ? IdxBytes.Gzip(file) : file;

    private static IdxArray Read(byte[] file, int rank) => IdxReader.Read(() => new MemoryStream(file), Name, rank);

    private static void AssertRefused(byte[] file, int rank, params string[] parts)
    {
        var error = Assert.Throws<DataFileException>(() => Read(file, rank));
        Assert.StartsWith(Name + ": expected ", error.Message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static void AssertFileRefused(string path, string part)
    {
        var error = Assert.Throws<DataFileException>(() => IdxReader.Read(path, 3));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static void AssertCheap(byte[] file, long limit)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DataFileException>(() => Read(file, 3));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, limit);
    }

    private sealed class TricklingStream(byte[] data) : MemoryStream(data)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }

    private sealed class FailingStream() : MemoryStream(IdxBytes.Images(2))
    {
        public override int Read(byte[] buffer, int offset, int count)
            => Position > 20 ? throw new IOException("Input/output error.") : base.Read(buffer, offset, Math.Min(count, 30));
    }
}
