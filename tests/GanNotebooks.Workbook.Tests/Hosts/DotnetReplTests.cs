using System.Text.RegularExpressions;
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
        var (ours, theirs) = ((await hosts.OursAsync(notebook)).Tables, HostRun.TablesOf(folder.File("executed.ipynb")));
        Assert.Equal(ours.Count, theirs.Count);
        Assert.Equal(ours, theirs.Zip(ours, Mended));
    }

    [Theory]
    [InlineData("∂C/\uFFFD\uFFFD\uFFFDμ at 1", "∂C/∂μ at 1")]
    [InlineData("∂C/\uFFFD\uFFFD\uFFFDμ at 2", "∂C/\uFFFD\uFFFD\uFFFDμ at 2")]
    [InlineData("∂C/μ at 1", "∂C/μ at 1")]
    public void Mended_BrokenLetter_IsOursOnlyIfAllElseIs(string theirs, string expected) =>
        Assert.Equal(expected, Mended(theirs, "∂C/∂μ at 1"));

    // dotnet-repl 0.3.259 cuts what it writes into pieces of bytes: a letter of several bytes that lies on a cut comes out as U+FFFD.
    private static string Mended(string theirs, string ours) =>
        theirs.Contains('\uFFFD', StringComparison.Ordinal)
        && Regex.IsMatch(ours, $"^{Regex.Replace(Regex.Escape(theirs), "\uFFFD+", "[^\\x00-\\x7F]{1,2}")}$", RegexOptions.Singleline)
            ? ours
            : theirs;
}
