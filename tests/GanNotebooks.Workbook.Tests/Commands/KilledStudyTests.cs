using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Tests.Commands;

/// <summary>A study that is killed at any moment continues, and its record is that of an uninterrupted one.</summary>
[Trait("Category", "Slow")]
public sealed class KilledStudyTests : IDisposable
{
    private const int Kills = 5;
    private const string Study = "study rotating-ring --method GAN --seeds 1 --steps 400", Record = "rotating-ring/GAN-400-seed1.json";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Study_KilledAtRandomMoments_EndsWithTheSameRecord()
    {
        var random = new Random(Kills);
        int killed = 0;
        for (int kill = 0; kill < Kills && !File.Exists(folder.File("out/" + Record)); kill++)
        {
            using var process = Shell.Start(folder.Path, $"exec $W {Study} --out out --scratch scratch");
            // The moment: the study has written a file that was not there, and some milliseconds later.
            string before = Written();
            while (Written() == before && !process.HasExited)
                await Task.Delay(1, Cancel);
            await Task.Delay(random.Next(30), Cancel);
            killed += process.HasExited ? 0 : 1;
            process.Kill();
            await process.WaitForExitAsync(Cancel);
        }

        Assert.InRange(killed, 2, Kills);
        foreach (string output in new[] { "out --scratch scratch", "whole --scratch other" })
        {
            var run = await Shell.RunAsync(folder.Path, $"$W {Study} --out {output}");
            Assert.True(run.ExitCode == 0, run.Errors);
        }

        Assert.Equal(WithoutTime("whole"), WithoutTime("out"));
        Assert.Empty(Directory.GetFiles(folder.File("scratch"), "*", SearchOption.AllDirectories));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Names and lengths of all files of the unfinished run.
    private string Written()
    {
        try
        {
            return !Directory.Exists(folder.File("scratch")) ? "" : string.Join(' ', new DirectoryInfo(folder.File("scratch"))
                .EnumerateFiles("*.checkpoint", SearchOption.AllDirectories).Select(file => file.Name).Order(StringComparer.Ordinal));
        }
        catch (IOException)
        {
            return ""; // a file has gone while it was listed
        }
    }

    // Computing time is all that may differ.
    private string WithoutTime(string output)
    {
        var record = JsonNode.Parse(File.ReadAllText(folder.File(output + "/" + Record)))!.AsObject();
        Assert.True(record.Remove("Seconds"));
        return record.ToJsonString();
    }
}
