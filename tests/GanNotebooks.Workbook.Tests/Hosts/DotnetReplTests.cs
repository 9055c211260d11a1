using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Tests.Hosts;

/// <summary>A notebook in dotnet-repl, the host for terminals.</summary>
[Collection(RealHosts.Collection)]
[Trait("Category", "Slow")]
[Trait("Category", "Hosts")]
public sealed class DotnetReplTests(RealHosts hosts) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("05-global-optimum")]
    public async Task Notebook_InDotnetRepl_NoCellFailsAndTheTablesOfChecksAreOurs(string notebook)
    {
        hosts.NeedTools();
        var (exitCode, output) = await HostProcess.RunAsync("dotnet", "tool", "run", "dotnet-repl", "--",
            "--run", RealHosts.PathOf(notebook), "--exit-after-run", "--output-format", "ipynb", "--output-path",
            folder.File("executed.ipynb"));
        Assert.True(exitCode == 0, output);

        var outputs = NotebookFile.Read(folder.File("executed.ipynb")).CodeCells.SelectMany(cell => NotebookOutputs.Outputs(cell.Json));
        Assert.DoesNotContain(outputs,
            shown => NotebookFile.Text(shown!["output_type"]) == "error" || NotebookFile.Text(shown["name"]) == "stderr");
        Assert.Equal((await hosts.OursAsync(notebook)).Tables, HostRun.TablesOf(folder.File("executed.ipynb")));
    }
}
