using System.Text;
using GanNotebooks.Runtime;

namespace GanNotebooks.Tests.Runtime.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-atomic-").FullName;

    private string Target => Path.Combine(folder, "result.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void WriteText_NewAndOldFile_HoldsExactlyTheText()
    {
        AtomicFile.WriteText(Target, "a long first content\n");
        AtomicFile.WriteText(Target, "σ\n");
        Assert.Equal(Encoding.UTF8.GetBytes("σ\n"), File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(folder));
    }

    // What a kill at this moment would leave: the old file, and a file of another name beside it.
    [Fact]
    public void Write_InTheMiddle_TheOldContentIsThereUnderItsName()
    {
        AtomicFile.WriteText(Target, "old");
        AtomicFile.Write(Target, stream =>
        {
            stream.Write("ne"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(Target));
            string temporary = Assert.Single(Directory.GetFiles(folder), file => file != Target);
            Assert.EndsWith(AtomicFile.TemporaryEnding, temporary, StringComparison.Ordinal);
            stream.Write("w"u8);
        });
        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_ExceptionInTheMiddle_LeavesTheFolderAsItWas(bool exists)
    {
        if (exists)
            AtomicFile.WriteText(Target, "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal(exists ? [Target] : [], Directory.GetFiles(folder));
        Assert.Equal(exists ? "old" : null, exists ? File.ReadAllText(Target) : null);
    }

    // Two writers that shared a temporary file would mix their bytes or lose a rename.
    [Fact]
    public async Task Write_ManyWritersAndReaders_EveryReadIsOneWholeContent()
    {
        const int Writers = 4, Rounds = 25, Length = 20_000;
        AtomicFile.WriteText(Target, new string('0', Length));
        var random = new Random(1);
        int[] pieces = [.. Enumerable.Range(0, Writers).Select(_ => random.Next(1, 700))];
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            int reads = 0;
            for (; !stop.IsCancellationRequested || reads == 0; reads++)
            {
                string text = File.ReadAllText(Target);
                Assert.Equal(Length, text.Length);
                Assert.Single(text.Distinct());
            }
            return reads;
        });
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, writer =>
        {
            byte[] content = Encoding.ASCII.GetBytes(new string((char)('a' + writer), Length));
            for (int round = 0; round < Rounds; round++)
            {
                AtomicFile.Write(Target, stream =>
                {
                    for (int at = 0; at < Length; at += pieces[writer])
                    {
                        stream.Write(content, at, Math.Min(pieces[writer], Length - at));
                        stream.Flush();
                    }
                });
            }
        });
        await stop.CancelAsync();
        Assert.True(await reader > 0);
        Assert.InRange(File.ReadAllText(Target)[0], 'a', (char)('a' + Writers - 1));
        Assert.Equal([Target], Directory.GetFiles(folder));
    }

    [Fact]
    public void Write_TargetIsAFolder_NamesIt()
    {
        Directory.CreateDirectory(Target);
        var error = Assert.Throws<IOException>(() => AtomicFile.WriteText(Target, "text"));
        Assert.Equal($"{Target} is a folder, not a file", error.Message);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void Write_FolderDoesNotExist_Throws() =>
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.WriteText(Path.Combine(folder, "missing", "file"), "text"));
}
