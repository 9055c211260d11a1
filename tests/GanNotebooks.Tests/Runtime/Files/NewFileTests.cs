using GanNotebooks.Runtime;

namespace GanNotebooks.Tests.Runtime.Files;

public sealed class NewFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Eight threads that all look and write at the same moment: File.Move would let two of them win in some of these rounds.
    [Fact]
    public void TryWriteText_ManyAtOnce_OneWritesAndItsTextStays()
    {
        const int threads = 8;
        for (int round = 0; round < 300; round++)
        {
            string path = Path.Combine(folder, $"{round}");
            using var barrier = new Barrier(threads);
            bool[] won = new bool[threads];
            var all = Enumerable.Range(0, threads).Select(i => new Thread(() =>
            {
                barrier.SignalAndWait();
                won[i] = NewFile.TryWriteText(path, $"{i}", survives: false);
            })).ToList();
            all.ForEach(t => t.Start());
            all.ForEach(t => t.Join());
            int winner = Array.IndexOf(won, true);
            Assert.Equal(1, won.Count(w => w));
            Assert.Equal($"{winner}", File.ReadAllText(path));
        }
        Assert.Equal(300, Directory.GetFiles(folder).Length); // nothing temporary is left
    }

    [Fact]
    public void TryWriteText_WithATime_HasItFromTheStart()
    {
        var moment = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);
        string path = Path.Combine(folder, "a");
        Assert.True(NewFile.TryWriteText(path, "x", written: moment));
        Assert.Equal(moment.UtcDateTime, File.GetLastWriteTimeUtc(path));
        Assert.False(NewFile.TryWriteText(path, "y"));
        Assert.Equal("x", File.ReadAllText(path));
    }
}
