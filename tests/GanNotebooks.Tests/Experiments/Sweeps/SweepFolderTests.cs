using GanNotebooks.Data;
using GanNotebooks.Experiments;
using GanNotebooks.Tests.Data;

namespace GanNotebooks.Tests.Experiments;

public sealed class SweepFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Create_SamePlanTwice_IsOneSweep()
    {
        var first = SweepFolder.Create(folder.In("a"), TinySweep.Plan());
        var before = TinySweep.Files(folder.In("a"));
        Assert.Equal(first.Manifest.Runs, SweepFolder.Create(folder.In("a"), TinySweep.Plan()).Manifest.Runs);
        Assert.Equal(before, TinySweep.Files(folder.In("a")));
        Assert.Equal(first.Manifest.Runs, SweepFolder.Open(folder.In("a")).Manifest.Runs);
        Assert.True(SweepFolder.Open(folder.In("a")).IsOfThisLibrary);
    }

    [Fact]
    public void Create_AnotherPlanInTheFolder_IsRefusedAndChangesNothing()
    {
        SweepFolder.Create(folder.In("a"), TinySweep.Plan());
        var before = TinySweep.Files(folder.In("a"));
        var error = Assert.Throws<SweepException>(() => SweepFolder.Create(folder.In("a"), TinySweep.Plan(steps: 5)));
        Assert.Contains("holds a sweep of another plan", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, TinySweep.Files(folder.In("a")));
    }

    [Fact]
    public void Create_FolderOfSomethingElse_IsRefused()
    {
        Directory.CreateDirectory(folder.In("a"));
        File.WriteAllText(folder.In("a/thesis.tex"), "");
        var error = Assert.Throws<SweepException>(() => SweepFolder.Create(folder.In("a"), TinySweep.Plan()));
        Assert.Contains("holds no sweep but thesis.tex", error.Message, StringComparison.Ordinal);
        Assert.Equal(["thesis.tex"], Directory.GetFiles(folder.In("a")).Select(Path.GetFileName));
    }

    // Any change of any value, and any line less.
    [Theory]
    [InlineData("\"Seed\": 2", "\"Seed\": 3")]
    [InlineData("\"Steps\": \"4\"", "\"Steps\": \"400\"")]
    [InlineData("RelativisticPaired", "Hinge")]
    [InlineData("\"Index\": 1,", "\"Index\": 1, ")]
    public void Open_ManifestChangedByHand_IsRefusedUnlessOnlyItsBlanks(string was, string now)
    {
        SweepFolder.Create(folder.In("a"), TinySweep.Plan());
        string file = folder.In("a/manifest.json"), text = File.ReadAllText(file);
        Assert.Contains(was, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(was, now, StringComparison.Ordinal));
        if (was == now.TrimEnd())
        {
            Assert.Equal(4, SweepFolder.Open(folder.In("a")).Manifest.Runs.Count);
            return;
        }
        var error = Assert.Throws<DataFileException>(() => SweepFolder.Open(folder.In("a")));
        Assert.Contains("changed since", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"Digest\": 3}")]
    public void Open_FileThatIsNoManifest_IsSaid(string text)
    {
        Directory.CreateDirectory(folder.In("a"));
        File.WriteAllText(folder.In("a/manifest.json"), text);
        Assert.Contains("expected the manifest of a sweep",
            Assert.Throws<DataFileException>(() => SweepFolder.Open(folder.In("a"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PlanChangedLater_IsRefused()
    {
        SweepFolder.Create(folder.In("a"), TinySweep.Plan());
        TinySweep.Plan(seeds: 3).Write(folder.In("a/sweep.json"));
        Assert.Contains("changed after the runs were frozen", Assert.Throws<SweepException>(() => SweepFolder.Open(folder.In("a"))).Message,
            StringComparison.Ordinal);
        File.Delete(folder.In("a/sweep.json"));
        Assert.Equal(4, SweepFolder.Open(folder.In("a")).Manifest.Runs.Count);
    }

    [Fact]
    public void Open_FolderWithoutSweep_SaysHowToMakeOne() => Assert.Contains("`sweep create` makes one",
        Assert.Throws<SweepException>(() => SweepFolder.Open(folder.In("none"))).Message, StringComparison.Ordinal);

    [Fact]
    public void ResultOf_ResultOfAnotherRun_IsRefused()
    {
        var made = SweepFolder.Create(folder.In("a"), TinySweep.Plan());
        TinySweep.Worker(made).RunOne(0);
        Directory.CreateDirectory(made.PathOf(made.Manifest.Runs[1]));
        File.Copy(folder.In("a/runs/000/result.json"), folder.In("a/runs/001/result.json"));
        File.WriteAllText(folder.In("a/runs/000/result.json"), "{");
        Assert.Contains("that of another one", Assert.Throws<DataFileException>(
            () => SweepFolder.Open(made.Path).ResultOf(made.Manifest.Runs[1])).Message, StringComparison.Ordinal);
        Assert.Contains("the result of a run", Assert.Throws<DataFileException>(
            () => SweepFolder.Open(made.Path).ResultOf(made.Manifest.Runs[0])).Message, StringComparison.Ordinal);
    }
}
