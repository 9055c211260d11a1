using GanNotebooks.Data;
using GanNotebooks.Training;

namespace GanNotebooks.Tests.Training;

public sealed class HistoryReadTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-").FullName;

    private string Log => Path.Combine(folder, "metrics.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Read_RunInTraining_HasItsRecordsWithoutATornLastLine()
    {
        using var directory = new RunDirectory(folder);
        using var trainer = directory.Train(TinyRun.Create(TinyRun.Config), until: 12);
        Assert.Equal(trainer.History, History.Read(folder));
        File.WriteAllText(Log, File.ReadAllText(Log) + "{\"Step\":15,\"Discrim");
        Assert.Equal(trainer.History, History.Read(folder));
    }

    [Theory]
    [InlineData(2, "{\"Step\":", "line 2")]
    [InlineData(3, "", "line 3")]
    [InlineData(1, "[]", "line 1")]
    [InlineData(2, "null", "line 2")]
    [InlineData(2, "{\"Step\":0,\"DiscriminatorLoss\":1}", "line 2")]
    [InlineData(3, "=1", "step 1 after step 5 in line 3")]
    public void Read_BrokenLine_IsNamed(int line, string text, string message)
    {
        using (var directory = new RunDirectory(folder))
            directory.Train(TinyRun.Create(TinyRun.Config)).Dispose();
        string[] lines = File.ReadAllLines(Log);
        lines[line - 1] = text == "=1" ? lines[0] : text;
        File.WriteAllLines(Log, lines);
        Assert.Contains(message, Assert.Throws<DataFileException>(() => History.Read(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoLogOrNoFile_IsOneClearLine()
    {
        Assert.Contains("no such file", Assert.Throws<DataFileException>(() => History.Read(folder)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Log);
        Assert.Contains("a directory", Assert.Throws<DataFileException>(() => History.Read(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadEnd_LastBytes_AreTheLastRecordsWhole()
    {
        using (var directory = new RunDirectory(folder))
            directory.Train(TinyRun.Create(TinyRun.Config)).Dispose();
        var all = History.Read(folder);
        for (int bytes = 1; bytes <= new FileInfo(Log).Length + 1; bytes += 97)
        {
            var end = RecordLog.ReadEnd<HistoryRecord>(Log, bytes);
            Assert.Equal(all.TakeLast(end.Count), end);
        }
        Assert.Equal(all, RecordLog.ReadEnd<HistoryRecord>(Log, int.MaxValue));
    }
}
