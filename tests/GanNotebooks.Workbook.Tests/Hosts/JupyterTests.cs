using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Hosts;

/// <summary>The notebooks in the released kernel as Jupyter's client runs it; needs Debian's python3-nbclient.</summary>
[Collection(RealHosts.Collection)]
[Trait("Category", "Slow")]
[Trait("Category", "Hosts")]
public sealed class JupyterTests(RealHosts hosts) : IDisposable
{
    // Not the first python3 on the path, which may be one without Debian's packages.
    private const string python = "/usr/bin/python3";

    private readonly TemporaryFolder folder = new();

    private static string Script => Path.Combine(TestPaths.Repository.Root, "tests", "hosts", "run_jupyter.py");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("00-start-here")]
    [InlineData("05-global-optimum")]
    public async Task Notebook_AsJupyterKernel_NoCellFailsAndEveryCheckIsOurs(string notebook)
    {
        await NeedJupyterAsync();
        var (executed, checks) = (folder.File("executed.ipynb"), folder.File("checks"));
        var ours = hosts.OursAsync(notebook);
        var theirs = HostProcess.RunAsync(python, Script, RealHosts.PathOf(notebook), executed, HostRun.Recorder(checks));
        await Task.WhenAll(ours, theirs);

        Assert.True((await theirs).ExitCode == 0, (await theirs).Output);
        HostRun.AssertSame(await ours, new HostRun(HostRun.Recorded(checks), HostRun.TablesOf(executed)));
    }

    // What the test above would overlook if the script were deaf.
    [Fact]
    public async Task Cells_ThatAReaderWouldSeeInRed_AreNoticed()
    {
        await NeedJupyterAsync();
        folder.Write("red.ipynb", Of(
            Code("1 + 1"), Code("int x = \"text\";"), Code("throw new InvalidOperationException(\"on purpose\");"),
            Code("Console.Error.WriteLine(\"a word\");"), Code("#warning a remark"), Code("Console.WriteLine(\"✗ FAILS\");")));
        var (exitCode, output) = await HostProcess.RunAsync(python, Script, folder.File("red.ipynb"), folder.File("executed.ipynb"));

        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("cell [1]", output, StringComparison.Ordinal);
        Assert.All([2, 3, 4, 5, 6], cell => Assert.Contains($"cell [{cell}]", output, StringComparison.Ordinal));
    }

    private async Task NeedJupyterAsync()
    {
        hosts.NeedTools();
        Assert.SkipUnless(Doctor.ShellCommand.IsExecutable(python), $"there is no {python}");
        var (exitCode, output) = await HostProcess.RunAsync(python, "-c", "import nbclient, nbformat, jupyter_client");
        Assert.SkipUnless(exitCode == 0, "Debian's python3-nbclient is not installed: " + output);
    }
}
