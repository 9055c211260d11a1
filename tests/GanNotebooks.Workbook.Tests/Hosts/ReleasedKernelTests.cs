using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Tests.Hosts;

/// <summary>The notebooks in the released .NET Interactive kernel, over the protocol that VS Code speaks.</summary>
[Collection(RealHosts.Collection)]
[Trait("Category", "Slow")]
[Trait("Category", "Hosts")]
public sealed class ReleasedKernelTests(RealHosts hosts) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("00-start-here")]
    [InlineData("03-minimax-game")]
    [InlineData("05-global-optimum")]
    [InlineData("09-mode-collapse")]
    [InlineData("18-pytorch-interop")]
    public async Task Notebook_InTheReleasedKernel_NoCellFailsAndEveryCheckIsOurs(string notebook)
    {
        hosts.NeedTools();
        var (ours, theirs) = (hosts.OursAsync(notebook), TheirsAsync(notebook));
        await Task.WhenAll(ours, theirs);

        Assert.Empty((await theirs).Complaints);
        HostRun.AssertSame(await ours, (await theirs).Run);
    }

    // What the test above would overlook if the driver were deaf.
    [Fact]
    public async Task Cells_ThatAReaderWouldSeeFail_AreNoticed()
    {
        hosts.NeedTools();
        using var patience = HostProcess.Limited();
        await using var kernel = await StdioKernel.StartAsync(TestPaths.Repository.Notebooks, patience.Token);
        (string Code, string Complaint)[] cases =
        [
            ("int x = \"text\";", "CS0029"),
            ("throw new InvalidOperationException(\"on purpose\");", "on purpose"),
            ("Console.Error.WriteLine(\"a word\");", "in red: a word"),
            ("#warning a remark", "a remark"),
            ("double[][] a = [[1, 2]];\ndouble least = Enumerable.Range(0, 1).Min(j => a.Max(row => row[j]));", "CS9236"),
            ("#!import there-is-no-such-file.csx", "there-is-no-such-file"),
            ("Console.WriteLine(\"✗ FAILS\");", "a check fails"),
        ];
        foreach (var (code, complaint) in cases)
        {
            Assert.Empty((await kernel.SubmitAsync("Console.WriteLine(1 + 1);", patience.Token)).SelectMany(e => e.Complaints));
            var found = (await kernel.SubmitAsync(code, patience.Token)).SelectMany(e => e.Complaints);
            Assert.Contains(found, what => what.Contains(complaint, StringComparison.Ordinal));
        }
    }

    private async Task<(IReadOnlyList<string> Complaints, HostRun Run)> TheirsAsync(string notebook)
    {
        using var patience = HostProcess.Limited();
        await using var kernel = await StdioKernel.StartAsync(TestPaths.Repository.Notebooks, patience.Token);
        await kernel.SubmitAsync(HostRun.Recorder(folder.File("checks")), patience.Token);
        var (complaints, tables) = (new List<string>(), new List<string>());
        foreach (var cell in NotebookFile.Read(RealHosts.PathOf(notebook)).CodeCells)
        {
            var events = await kernel.SubmitAsync(cell.Source, patience.Token);
            complaints.AddRange(events.SelectMany(e => e.Complaints).Select(what => $"{cell.Label} {cell.Id}: {what}"));
            tables.AddRange(events.SelectMany(e => HostRun.TablesIn(e.Html)));
        }

        return (complaints, new HostRun(HostRun.Recorded(folder.File("checks")), tables));
    }
}
