using System.Globalization;
using System.Text.Json;
using GanNotebooks.Data;

namespace GanNotebooks.Tests.Studies;

/// <summary>What the notebooks say about other seeds is what was recorded with them.</summary>
public sealed class SeedRecordTests
{
    private static string Folder => Path.Combine(DataFolder.Find(), "results", "seeds");

    [Fact]
    public void FirstGan_FiftySeeds_EndAsNotebook00Says()
    {
        double[] distances = Column("00-start-here", "totalVariation");
        Assert.Equal(Enumerable.Range(1, 50).Select(seed => (double)seed), Column("00-start-here", "seed"));
        Assert.Equal(47, distances.Count(d => d is > 0.015 and < 0.085));
        Assert.Equal(3, distances.Count(d => d is > 0.12 and < 0.20));
    }

    // The limits of its checks, each with room to the worst of fifty seeds.
    [Fact]
    public void FirstGan_FiftySeeds_KeepEveryCheckOfNotebook00()
    {
        double[] distances = Column("00-start-here", "totalVariation"), floors = Column("00-start-here", "floor");
        Assert.True(distances.Max() < 0.25);
        Assert.All(Column("00-start-here", "meanFakeProbability"), mean => Assert.InRange(mean, 0.47, 0.53));
        Assert.All(Column("00-start-here", "discriminatorLoss"), loss => Assert.InRange(loss, 1.3363, 1.4363));
        Assert.All(Column("00-start-here", "generatorLoss"), loss => Assert.InRange(loss, 0.6431, 0.7431));
        Assert.All(floors.Zip(distances), pair => Assert.True(pair.First < pair.Second));
    }

    // A straight line makes one bell, and no bell is nearer than the answer of exercise 00.3.
    [Fact]
    public void StraightLine_FiftySeeds_NeverBeatTheBestBell()
    {
        double[] bells = Column("00-start-here", "bellOfAStraightLine");
        Assert.All(bells, d => Assert.InRange(d, 0.339, 0.80));
        Assert.InRange(bells.Order().ElementAt(25), 0.41, 0.42);
    }

    // What is recorded of the other notebooks is whether every check held, with the limits that their cells have.
    [Fact]
    public void OtherNotebooks_TenSeeds_HoldEveryCheck()
    {
        string[] others = [.. Directory.EnumerateFiles(Folder, "*.json").Where(file => Path.GetFileName(file) != "00-start-here.json")];
        Assert.NotEmpty(others);
        Assert.All(others, file =>
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var rows = document.RootElement.GetProperty("rows").EnumerateArray().ToList();
            Assert.Equal(Enumerable.Range(1, 10), rows.Select(row => row.GetProperty("seed").GetInt32()));
            Assert.All(rows, row => Assert.Equal(("Passed", 0),
                (row.GetProperty("status").GetString(), row.GetProperty("checksFailed").GetInt32())));
        });
    }

    [Fact]
    public void StepByHand_FiftySeeds_PartAsNotebook01Says()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "01-what-is-a-gan.json")));
        double[] Differences(string activation) => [.. document.RootElement.GetProperty("stepByHand").GetProperty(activation)
            .EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal((50, 50), (Differences("Tanh").Length, Differences("LeakyReLU").Length));
        Assert.All(Differences("Tanh"), d => Assert.True(d < 1e-5));
        Assert.Equal(45, Differences("LeakyReLU").Count(d => d < 1e-5));
        Assert.InRange(Differences("LeakyReLU").Max(), 7.5e-4, 8.5e-4);
    }

    // Three runs a seed; one of the thirty does not go round.
    [Fact]
    public void Rotation_ThirtyRuns_AreAsNotebook09Says()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "09-mode-collapse.json")));
        var rows = document.RootElement.GetProperty("rows").EnumerateArray().ToList();
        double[] Values(string claim) => [.. rows.SelectMany(row => row.GetProperty("values").EnumerateObject()
            .Single(value => value.Name.Contains(claim, StringComparison.Ordinal)).Value.GetString()!.Split(": ")[^1].Split(", ")
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture)))];
        double[] reversals = Values("changes of direction"), turns = Values("turns from step 200");
        Assert.Equal(30, reversals.Length);
        Assert.Equal(27, reversals.Count(count => count == 0));
        Assert.Equal([2, 3, 10], reversals.Where(count => count > 0).Order());
        Assert.Equal(29, turns.Count(count => count is > 22.55 and < 25.05));
        Assert.All(Values("speed with D"), speed => Assert.InRange(speed, 1.035, 1.185));
        Assert.All(Values("speed with G"), speed => Assert.InRange(speed, 0.485, 0.555));
        var odd = document.RootElement.GetProperty("oddRun");
        Assert.Equal(1.2, odd.GetProperty("netTurnsFromStep200").GetDouble(), 0.05);
        Assert.All(odd.GetProperty("occupiedModes").EnumerateObject()
            .Where(look => int.Parse(look.Name, CultureInfo.InvariantCulture) >= 1400), look => Assert.Equal(8, look.Value.GetInt32()));
    }

    private static double[] Column(string notebook, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, notebook + ".json")));
        return [.. document.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty(name).GetDouble())];
    }
}
