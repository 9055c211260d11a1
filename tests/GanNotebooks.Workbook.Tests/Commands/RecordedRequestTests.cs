namespace GanNotebooks.Workbook.Tests.Commands;

/// <summary>train.json by hand: every value is checked, also one that the model does not use, and the message speaks of the file.</summary>
[Trait("Category", "Slow")]
public sealed class RecordedRequestTests(RecordedRequestTests.Begun begun) : IClassFixture<RecordedRequestTests.Begun>
{
    [Theory]
    [InlineData("\"Steps\": 2", "\"Steps\": 0", "Steps 0, which must be from 1 to 2147483647")]
    [InlineData("\"Seed\": 2014", "\"Seed\": -1", "Seed -1, which must be from 0")]
    [InlineData("\"Width\": 48", "\"Width\": 0", "Width 0, which must be from 1 to 2048")]
    [InlineData("\"DiscriminatorWidth\": null", "\"DiscriminatorWidth\": -3", "DiscriminatorWidth -3, which must be from 1")]
    [InlineData("\"DiscriminatorRate\": 0.0002", "\"DiscriminatorRate\": -1", "DiscriminatorRate -1, which must be from 1E-12 to 1000")]
    [InlineData("\"Packing\": 1", "\"Packing\": 2147483647", "Packing 2147483647, which must be from 1 to 64")]
    [InlineData("\"BFloat16\": false", "\"BFloat16\": true", "layers in bfloat16 for the model mlp")]
    [InlineData("\"Threads\": 1", "\"Threads\": 100000", "Threads 100000, which must be from 1 to 256")]
    [InlineData("\"Steps\": 2", "\"Steps\": \"many\"", "no usable value of Recipe.Steps in line")]
    [InlineData("\"Steps\": 2", "\"Steps\": 2,,", "no usable value of Recipe")]
    [InlineData("\"Data\": \"ring\"", "\"Data\": \"sphere\"", "sphere")]
    [InlineData("{", "[", "text that is not the JSON of a run")]
    public async Task Resume_ValueThatNoRunHas_IsNamedInWords(string was, string now, string said)
    {
        string text = begun.Text;
        int at = text.IndexOf(was, StringComparison.Ordinal);
        Assert.True(at >= 0, text);
        begun.Folder.Write("run/train.json", text[..at] + now + text[(at + was.Length)..]);
        var run = await begun.TrainAsync("--resume");
        Assert.Equal(1, run.ExitCode);
        Shell.IsOneLine(run.Errors);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("GanNotebooks.Workbook.Training", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Continue with", run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_LogIsALink_IsRefusedWithoutACommandThatWouldBeRefusedAgain()
    {
        begun.Folder.Write("run/train.json", begun.Text);
        string log = begun.Folder.File("run/metrics.jsonl"), moved = begun.Folder.File("moved");
        File.Move(log, moved);
        File.CreateSymbolicLink(log, moved);
        try
        {
            var run = await begun.TrainAsync("--resume");
            Assert.Equal(1, run.ExitCode);
            Assert.Contains("is a link", run.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("Continue with", run.Output + run.Errors, StringComparison.Ordinal);
        }
        finally
        {
            File.Move(moved, log, overwrite: true);
        }
    }

    /// <summary>A run of two steps.</summary>
    public sealed class Begun : IAsyncLifetime
    {
        internal TemporaryFolder Folder { get; } = new();

        internal string Text { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            var run = await TrainAsync("--data", "ring", "--model", "mlp", "--steps", "2");
            Assert.True(run.ExitCode == 0, run.Errors);
            Text = await File.ReadAllTextAsync(Folder.File("run/train.json"));
        }

        public ValueTask DisposeAsync()
        {
            Folder.Dispose();
            return ValueTask.CompletedTask;
        }

        internal Task<WorkbookProcess> TrainAsync(params string[] arguments) =>
            WorkbookProcess.RunAsync(Folder.Path, "", TestContext.Current.CancellationToken, ["train", "--run", "run", .. arguments]);
    }
}
