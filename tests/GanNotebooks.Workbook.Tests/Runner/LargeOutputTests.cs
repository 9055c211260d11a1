using System.Text.Json.Nodes;
using GanNotebooks.Workbook.NotebookProcess;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Runner;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Runner;

/// <summary>Whatever the cells show, the executed copy can be read, and says what is missing.</summary>
public sealed class LargeOutputTests : IDisposable
{
    private const int Cells = 40;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("text/html", 'x', false)]
    [InlineData("text/html", '\n', false)] // a line costs more than its letters
    [InlineData("text/html", '\u0001', false)] // six bytes in JSON
    [InlineData("text/html", 'x', true)] // displays that are replaced
    [InlineData("image/png", 'x', false)]
    [InlineData("application/json", 'x', false)]
    public void Record_ManyLargeDisplays_CopyCanBeReadAndSaysWhatIsMissing(string mimeType, char letter, bool replaced)
    {
        var recording = Start();
        string content = new(letter, 2_000_000);
        for (int cell = 0; cell < Cells; cell++)
        {
            recording.Take(new ChildEvent.Started(cell, false));
            recording.Take(new ChildEvent.Shown(cell, "a" + cell, Form("text/plain", "small")));
            recording.Take(new ChildEvent.Shown(cell, replaced ? "a" + cell : null, Form(mimeType, content)));
        }

        Assert.Contains(OutputRoom.Remark.Trim(), Written(recording), StringComparison.Ordinal);
    }

    [Fact]
    public void Record_DisplayReplacedOftenByLargeOnes_HasTheLastOne()
    {
        var recording = Start();
        recording.Take(new ChildEvent.Started(0, false));
        for (int step = 0; step < 50; step++)
            recording.Take(new ChildEvent.Shown(0, "id", Form("text/html", new string('x', 2_000_000) + step)));
        string text = Written(recording);
        Assert.Contains("x49\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(OutputRoom.Remark.Trim(), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Record_ManySmallOutputs_CellSaysOnceThatTheyAreMissing()
    {
        var recording = Start();
        recording.Take(new ChildEvent.Started(0, false));
        var form = Form("text/plain", new string('x', 20_000));
        for (int step = 0; step < 5_000; step++)
            recording.Take(new ChildEvent.Shown(0, null, form));
        Assert.Equal(2, Written(recording).Split(OutputRoom.Remark.Trim()).Length);
    }

    [Fact]
    public void Record_MoreChecksThanTheReportHasRoomFor_NotebookFails()
    {
        var recording = Start();
        recording.Take(new ChildEvent.Started(0, false));
        for (int step = 0; step < 40; step++)
            recording.Take(new ChildEvent.Check(0, new JsonObject { ["claim"] = new string('x', 1_000_000), ["passed"] = true }));
        Assert.Equal("TooManyChecks", recording.Failure?.Name);
    }

    [Fact]
    public void Show_LargeValue_IsCutAndSaysSo()
    {
        using var pipe = new MemoryStream();
        using var events = new EventWriter(pipe, new PathScrubber(folder.Path));
        events.Show(null, new Dictionary<string, string>
        {
            ["text/plain"] = new string('p', EventWriter.StreamLimit + 1),
            ["text/html"] = new string('h', EventWriter.DisplayLimit + 1),
        });
        string line = System.Text.Encoding.UTF8.GetString(pipe.ToArray());
        Assert.InRange(line.Length, EventWriter.StreamLimit, EventWriter.StreamLimit + 1000);
        Assert.Contains("[cut here: a value may show 200,000 characters as text]", line, StringComparison.Ordinal);
        Assert.Contains("[left out here: 10,000,001 characters of other forms; a value may show 10,000,000]", line,
            StringComparison.Ordinal);
    }

    private Recording Start() =>
        new(NotebookFile.Read(folder.Write("n.ipynb", Of([.. Enumerable.Repeat(Code("1"), Cells)]))));

    private string Written(Recording recording)
    {
        string path = folder.File("copy.ipynb");
        NotebookFile.Write(path, recording.Document);
        return string.Join('\n', NotebookFile.Read(path).Root.ToJsonString());
    }

    private static Dictionary<string, string> Form(string mimeType, string text) => new() { [mimeType] = text };
}
