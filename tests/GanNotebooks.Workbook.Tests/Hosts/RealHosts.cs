using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Tests.Hosts;

/// <summary>
/// The hosts that readers have, from the repository's tool manifest, and what our own runner makes of a notebook, to compare with. Without
/// the tools (no network) the tests are skipped; `.ci/run` counts that as failed.
/// </summary>
public sealed class RealHosts : IAsyncLifetime
{
    public const string Collection = "real hosts";

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, HostRun> ours = [];
    private string? missing;

    public async ValueTask InitializeAsync()
    {
        var (exitCode, output) = await HostProcess.RunAsync("dotnet", "tool", "restore");
        missing = exitCode == 0 ? null : "the tools of .config/dotnet-tools.json cannot be restored: " + output;
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static string PathOf(string notebook) => Path.Combine(TestPaths.Repository.Notebooks, notebook + ".ipynb");

    internal void NeedTools() => Assert.SkipWhen(missing is not null, missing ?? "");

    /// <summary>The notebook in our own runner, exercises open as readers find them.</summary>
    internal async Task<HostRun> OursAsync(string notebook)
    {
        if (ours.TryGetValue(notebook, out var known))
            return known;
        string output = folder.File(notebook);
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, output, TestContext.Current.CancellationToken,
            "run", PathOf(notebook), "--out", output, "--open", "--device", "cpu", "--timeout", "1200");
        var report = run.ReportOf(notebook);
        Assert.True(report.Status is RunStatus.Passed, run.Output);
        return ours[notebook] = new HostRun(
            [.. report.Checks.Select(check => check with { Cell = 0 })],
            HostRun.TablesOf(Path.Combine(output, "notebooks", notebook + ".ipynb")));
    }
}

[CollectionDefinition(RealHosts.Collection)]
public sealed class SharedRealHosts : ICollectionFixture<RealHosts>;
