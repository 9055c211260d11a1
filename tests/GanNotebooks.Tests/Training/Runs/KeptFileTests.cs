using GanNotebooks.Training;

namespace GanNotebooks.Tests.Training;

/// <summary>What a reader has written into a file of the run is kept when the run continues.</summary>
public sealed class KeptFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gan-notebooks-kept-").FullName;
    private readonly List<string> warnings = [];

    public KeptFileTests() => RunTo(13);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("a note\n", true)]
    [InlineData("{\"Step\":1}\n", true)]
    [InlineData("{\"Note\":1}\n", true)]
    [InlineData("a note", true)]
    [InlineData("", false)]
    [InlineData("{\"Ste", false)] // half a line of a killed process
    public void Open_LogWithLinesOfAReader_KeepsThemElsewhere(string added, bool kept)
    {
        File.AppendAllText(In("metrics.jsonl"), added);
        string text = File.ReadAllText(In("metrics.jsonl"));
        RunTo(null);
        Assert.Equal([1, 5, 10, 15, 20, 25, 30], File.ReadLines(In("metrics.jsonl")).Select(Step));
        Assert.Equal(kept ? 1 : 0, warnings.Count(line => line.Contains("metrics-kept-1.jsonl", StringComparison.Ordinal)));
        Assert.Equal(kept ? text : null, File.Exists(In("metrics-kept-1.jsonl")) ? File.ReadAllText(In("metrics-kept-1.jsonl")) : null);
    }

    [Fact]
    public void Open_LogInWhichAReaderChangedANumber_KeepsItElsewhere()
    {
        string text = File.ReadAllText(In("metrics.jsonl")).Replace("\"Step\":5,", "\"Step\":6, ", StringComparison.Ordinal);
        File.WriteAllText(In("metrics.jsonl"), text);
        RunTo(null);
        Assert.Equal(text, File.ReadAllText(In("metrics-kept-1.jsonl")));
    }

    [Fact]
    public void Open_SettingsWithANoteOfAReader_KeepsThemElsewhereOnce()
    {
        string text = "{\"note\": 1," + File.ReadAllText(In("config.json"))[1..];
        File.WriteAllText(In("config.json"), text);
        RunTo(20);
        RunTo(null);
        Assert.Equal(text, File.ReadAllText(In("config-kept-1.json")));
        Assert.False(File.Exists(In("config-kept-2.json")));
    }

    private void RunTo(int? step)
    {
        using var directory = new RunDirectory(folder) { CheckpointEvery = 10, Warn = warnings.Add };
        using var trainer = directory.Train(TinyRun.Create(TinyRun.Config), until: step);
    }

    private string In(string name) => Path.Combine(folder, name);

    private static int Step(string line) =>
        int.Parse(line.Split("\"Step\":")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
}
