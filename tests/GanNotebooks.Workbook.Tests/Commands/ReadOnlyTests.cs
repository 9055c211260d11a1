using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Commands;

/// <summary>A reader who may not write the checkout, or not read a file.</summary>
[Trait("Category", "Slow")]
public sealed class ReadOnlyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ReadOnlyTests()
    {
        folder.Write("clone/GanNotebooks.sln", "");
        folder.Write("clone/notebooks/00-small.ipynb", Of(Code("1 + 1")));
        folder.Write("clone/secret.ipynb", Of(Code("1")));
        folder.Write("clone/run/metrics.jsonl", "");
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            using var chmod = System.Diagnostics.Process.Start("chmod", ["-R", "u+rwX", folder.Path]);
            chmod.WaitForExit();
        }

        folder.Dispose();
    }

    [Fact]
    public async Task RunAndBook_CheckoutIsReadOnly_WriteToTheReadersOwnFolderAndSaySo()
    {
        var run = await AsReader("$W run 0 && $W book");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        string own = folder.File("home/.local/share/gan-notebooks/out");
        Assert.True(File.Exists(Path.Combine(own, "report.json")));
        Assert.True(File.Exists(Path.Combine(own, "book", "index.html")));
        Assert.Contains($"cannot be written, so the output goes to {own}; --out names another folder.", run.Errors,
            StringComparison.Ordinal);
        Assert.Contains($"book    {own}/book/index.html", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("clone/out")));
    }

    [Theory]
    [InlineData("run 00 --out out", 2)]
    [InlineData("run secret.ipynb --out $D/home/out", 1)]
    [InlineData("check secret.ipynb", 1)]
    [InlineData("train --run run --data ring --model mlp --steps 2", 1)]
    [InlineData("train --run new --data ring --model mlp --steps 2", 1)]
    [InlineData("study ring-rates --seeds 1 --steps 2 --out out", 2)]
    [InlineData("book --out out", 2)]
    [InlineData("doctor --device cpu --only machine --full out", 2)]
    [InlineData("bench --json out/times.json", 1)]
    public async Task Command_MayNotReadOrWrite_SaysSoInWords(string arguments, int exitCode)
    {
        var run = await AsReader("$W " + arguments);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.DoesNotContain("Unhandled", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of workbook", run.Errors, StringComparison.Ordinal);
    }

    // root may write everywhere; without two of its capabilities it is a user like others.
    private async Task<WorkbookProcess> AsReader(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "rights of a Linux file system");
        Directory.CreateDirectory(folder.File("home"));
        await Shell.RunAsync(folder.Path, "chmod 755 . && chmod 777 home && chmod 000 clone/secret.ipynb && chmod 555 clone/run clone");
        string user = Environment.UserName == "root" ? "setpriv --bounding-set=-dac_override,-dac_read_search " : "";
        var trial = await Shell.RunAsync(folder.Path, $"{user}sh -c '! touch clone/new' 2> /dev/null");
        Assert.SkipUnless(trial.ExitCode == 0, "this user may write where nobody may, and setpriv cannot change that");
        return await Shell.RunAsync(folder.File("clone"), "export HOME=" + folder.File("home") + " D=" + folder.Path
            + $" TMPDIR={folder.File("home")}; {user}sh -c '{script}'");
    }
}
