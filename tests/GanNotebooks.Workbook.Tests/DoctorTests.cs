namespace GanNotebooks.Workbook.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task Doctor_BuiltClone_FindsNotebooksCanRun()
    {
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, "doctor");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.All(["platform", ".NET", "memory", "disk", "library", "torch", "device", "hard links", "MNIST", "Fashion-MNIST", "VS Code", "chromium"],
            what => Assert.Contains(what, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_LibTorchFolderThatIsNone_SaysSoInFewWords()
    {
        using var folder = new TemporaryFolder();
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, "doctor", "--libtorch", folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("was named by --libtorch", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("LoadNativeBackend", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Missing system libraries", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(TestPaths.Repository.Root, "lib", "bin", "cpu")));
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
}
