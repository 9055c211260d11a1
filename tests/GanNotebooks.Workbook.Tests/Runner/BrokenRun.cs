namespace GanNotebooks.Workbook.Tests.Runner;

/// <summary>One run over all broken notebooks, shared by the tests that look at what came of it.</summary>
public sealed class BrokenRun : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    internal WorkbookProcess Run { get; private set; } = null!;

    internal string Out => folder.Path;

    public async ValueTask InitializeAsync() => Run = await WorkbookProcess.RunAsync(
        TestPaths.Repository.Root, folder.Path, CancellationToken.None, "run", TestPaths.Broken, "--out", folder.Path, "--timeout", "120");

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
