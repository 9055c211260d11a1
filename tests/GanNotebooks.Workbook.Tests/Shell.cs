using System.Diagnostics;

namespace GanNotebooks.Workbook.Tests;

/// <summary>The built program as a shell can start it: a full disk, a closed output, another user, an ignored signal.</summary>
internal static class Shell
{
    /// <summary>Runs a script; <c>$W</c> is the program, <c>$D</c> a folder.</summary>
    public static async Task<WorkbookProcess> RunAsync(string folder, string script)
    {
        using var process = Start(folder, script);
        var cancel = TestContext.Current.CancellationToken;
        var (text, errors) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        return new WorkbookProcess(process.ExitCode, await text, await errors, folder);
    }

    /// <summary>Starts a script; the program should take the shell's place: <c>exec $W</c>.</summary>
    public static Process Start(string folder, string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "scripts of a Linux shell");
        // nohup and scripts start the tests with signals ignored, which is inherited.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,HUP,QUIT,TERM", "/bin/sh", "-c", script])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment["W"], start.Environment["D"]) = (TestPaths.Workbook, folder);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath);
        return Process.Start(start)!;
    }

    /// <summary>Sends a signal by its name.</summary>
    public static void Signal(Process process, string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {process.Id}"]); // the shell's own: a small system has no other
        kill.WaitForExit();
    }

    /// <summary>One line that says what is wrong, and no more.</summary>
    public static void IsOneLine(string errors)
    {
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
        Assert.True(errors.Trim().Length > 10, errors);
        Assert.DoesNotContain("Unhandled", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of workbook", errors, StringComparison.Ordinal);
    }
}
