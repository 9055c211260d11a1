namespace GanNotebooks.Workbook.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task Doctor_BuiltClone_FindsNotebooksCanRun()
    {
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, "doctor");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.All(["platform", ".NET", "memory", "disk", "library", "torch", "device", "hard links", "MNIST", "Fashion-MNIST", "records",
            "VS Code", "chromium"],
            what => Assert.Contains(what, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_LibTorchFolderThatIsNone_SaysSoInFewWords()
    {
        using var folder = new TemporaryFolder();
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, "doctor",
            "--libtorch", folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("was named by --libtorch", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("LoadNativeBackend", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Missing system libraries", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(TestPaths.Repository.Root, "lib", "bin", "cpu")));
    }

    // As a Python torch has it: what libtorch needs lies in folders that the loader does not know.
    [Fact]
    public async Task Doctor_LibTorchWhoseDependenciesLieElsewhere_FindsThem()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a question to Linux's loader");
        using var site = new TemporaryFolder();
        site.Write("torch/version.py", "__version__ = '2.10.0+cu130'\n");
        Link(site, "torch/lib", "libtorch_cpu.so", "libtorch.so", Path.GetFileName(Directory.GetFiles(LibraryFolder.Path, "libgomp*")[0]));
        Link(site, "nvidia/cu13/lib", "libc10.so");
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, "doctor",
            "--libtorch", site.File("torch/lib"));

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("libtorch 2.10", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_LibTorchWhoseDependencyIsNowhere_NamesIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a question to Linux's loader");
        using var site = new TemporaryFolder();
        Link(site, "torch/lib", "libtorch_cpu.so", "libtorch.so", "libc10.so");
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, "doctor",
            "--libtorch", site.File("torch/lib"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("libtorch_cpu.so needs libgomp", run.Output, StringComparison.Ordinal);
    }

    private static void Link(TemporaryFolder site, string folder, params string[] libraries)
    {
        Directory.CreateDirectory(site.File(folder));
        foreach (string library in libraries)
            File.CreateSymbolicLink(site.File(Path.Combine(folder, library)), Path.Combine(LibraryFolder.Path, library));
    }

    [Fact]
    public async Task Doctor_CloneWithoutBuild_NamesTheBuildCommand()
    {
        using var folder = new TemporaryFolder();
        folder.Write("GanNotebooks.sln", "");
        var run = await WorkbookProcess.RunAsync(folder.Path, "", TestContext.Current.CancellationToken, "doctor");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("notebooks/setup.csx is missing", run.Output, StringComparison.Ordinal);
        Assert.Contains("-> dotnet build -c Release", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--only belongs to --full, which is missing.", "doctor", "--only", "tests")]
    [InlineData("--max-steps belongs to --full, which is missing.", "doctor", "--max-steps", "5")]
    [InlineData("is a file; it must be a folder", "doctor", "--full", "README.md")]
    [InlineData("Unknown option: --bogus.", "run", "--bogus")]
    [InlineData("Unknown option: --bogus.", "check", "00", "--bogus")]
    [InlineData("nosuch.ipynb: no such file or folder", "run", "nosuch.ipynb")]
    [InlineData("There are no notebooks in data.", "run", "data")]
    public async Task Command_OptionOrNameThatIsNone_OneLineSaysWhich(string line, params string[] arguments)
    {
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(line, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }
}
