using System.Diagnostics;
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

    // A disk allows 255 bytes of a name.
    [Theory]
    [InlineData('x')]
    [InlineData('語')]
    public void WriteText_LongestName_HoldsTheText(char letter)
    {
        string target = Path.Combine(folder, new string(letter, 255 / Encoding.UTF8.GetByteCount([letter])));
        AtomicFile.WriteText(target, "text");
        Assert.Equal("text", File.ReadAllText(Assert.Single(Directory.GetFiles(folder))));
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
        Assert.Equal($"{Target} is a directory, not a file", error.Message);
        Assert.Empty(Directory.GetFiles(folder));
    }

    // A rename would replace the link or the device by a file; opening would write through it.
    [Fact]
    public void Write_LinkPipeSocketDevice_IsRefusedAndLeftAlone()
    {
        SpecialFiles.SkipOnWindows();
        using var special = new SpecialFiles();
        AtomicFile.WriteText(Target, "old");
        string link = File.CreateSymbolicLink(Path.Combine(folder, "link"), Target).FullName;
        foreach (string path in new[] { "pipe", "socket", "folder", "dangling", "circle", "link-to-pipe", "link-to-device" }
            .Select(special.In).Append(link))
        {
            string? before = new FileInfo(path).LinkTarget;
            Assert.Contains(path, Assert.Throws<IOException>(() => AtomicFile.WriteText(path, "new")).Message, StringComparison.Ordinal);
            Assert.Equal(before, new FileInfo(path).LinkTarget);
        }
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Empty(Directory.GetFiles(special.In(""), "*" + AtomicFile.TemporaryEnding));
    }

    [Fact]
    public void Write_ForeignTemporaryFilesAndLinks_AreLeftAlone()
    {
        string foreign = Target + AtomicFile.TemporaryEnding, victim = Path.Combine(folder, "victim");
        File.WriteAllText(foreign, "foreign");
        File.WriteAllText(victim, "victim");
        if (!OperatingSystem.IsWindows())
            File.CreateSymbolicLink(Target + ".new", victim);
        AtomicFile.WriteText(Target, "new");
        Assert.Equal("foreign", File.ReadAllText(foreign));
        Assert.Equal("victim", File.ReadAllText(victim));
        Assert.False(AtomicFile.IsTemporary(foreign, "result.json"));
        Assert.True(AtomicFile.IsTemporary($"{Target}.{Guid.NewGuid():N}.tmp", "result.json"));
    }

    // Two processes write one file as fast as they can, and one of them is killed; then again. Whatever a reader finds is one whole
    // content, and a killed writer leaves nothing but a file with a name of its own.
    [Fact]
    public void Write_TwoProcessesAndKills_EveryContentIsWhole()
    {
        const int Kills = 20;
        var random = new Random(1);
        var writers = new Dictionary<char, Process> { ['a'] = WriterChild.Start(Target, 'a'), ['b'] = WriterChild.Start(Target, 'b') };
        try
        {
            foreach (var (_, writer) in writers)
                Assert.Equal("writing", writer.StandardOutput.ReadLine());
            for (int kill = 0; kill < Kills; kill++)
            {
                char victim = random.Next(2) == 0 ? 'a' : 'b';
                for (int read = random.Next(1, 200); read > 0; read--)
                    WriterChild.RequireWhole(File.ReadAllBytes(Target));
                writers[victim].Kill();
                writers[victim].WaitForExit();
                WriterChild.RequireWhole(File.ReadAllBytes(Target));
                writers[victim].Dispose();
                writers[victim] = WriterChild.Start(Target, victim);
                Assert.Equal("writing", writers[victim].StandardOutput.ReadLine());
            }
        }
        finally
        {
            foreach (var writer in writers.Values)
            {
                writer.Kill();
                writer.WaitForExit();
                writer.Dispose();
            }
        }
        Assert.All(Directory.GetFiles(folder), file => Assert.True(file == Target || AtomicFile.IsTemporary(file, "result.json"), file));
        Assert.InRange(Directory.GetFiles(folder).Length, 1, 1 + Kills + 2);
    }

    [Fact]
    public void Write_FolderDoesNotExist_Throws() =>
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.WriteText(Path.Combine(folder, "missing", "file"), "text"));
}
