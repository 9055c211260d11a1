using System.Diagnostics;
using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Tests.Devices;

/// <summary>The tests of the GPU kit, on the CPU: in a process of their own, as on a GPU.</summary>
public sealed class DeviceSuiteTests
{
    [Fact]
    public async Task Suite_OnTheCpu_PassesWholly()
    {
        using var folder = new TemporaryFolder();
        var run = await DoctorAsync(folder, "natives,tests");

        var (natives, tests) = (Part(folder, "natives"), Part(folder, "tests"));
        var failed = tests["found"]!.AsArray().Where(t => !t!["passed"]!.GetValue<bool>())
            .Select(t => $"{t!["group"]}: {t["name"]}: {t["difference"]} {t["note"]}");
        Assert.Empty(failed);
        Assert.Equal("passed", natives["status"]!.ToString());
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        string[] groups = [.. tests["found"]!.AsArray().Select(t => t!["group"]!.ToString()).Distinct()];
        Assert.Equal(["networks", "losses", "penalties", "seeds", "training", "memory", "batches", "precision", "suite"], groups);
    }

    // A test that takes the process down, by a missing function of libtorch for example, is one failed test.
    [Fact]
    public async Task Suite_ProcessDies_RecordsTheTestAndGoesOnBehindIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "finds the process in /proc");
        var cancel = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        using var process =
            WorkbookProcess.Start(TestPaths.Repository.Root, "doctor", "--device", "cpu", "--full", folder.Path, "--only", "tests");
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        while (!process.HasExited
            && !(File.Exists(folder.File("tests.log")) && ChildOf(process.Id) is not null && Begun(folder.File("tests.log"))))
        {
            await Task.Delay(5, cancel);
        }

        if (ChildOf(process.Id) is { } child)
            Process.GetProcessById(child).Kill();
        await process.WaitForExitAsync(cancel);

        Assert.Equal(1, process.ExitCode);
        var tests = Part(folder, "tests");
        var results = tests["found"]!.AsArray();
        Assert.Contains("the process ended with code 137",
            Assert.Single(results, t => !t!["passed"]!.GetValue<bool>())!["note"]!.ToString(), StringComparison.Ordinal);
        Assert.True(results.Count > 50, await output);
        Assert.Equal("failed", tests["status"]!.ToString());
    }

    [Fact]
    public async Task Doctor_CudaWithoutCuda_SaysSoAndStillWritesTheRecord()
    {
        using var folder = new TemporaryFolder();
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, "doctor", "--device",
            "cuda", "--full", folder.Path, "--only", "natives,tests");
        Assert.SkipWhen(Part(folder, "natives")["found"]?["CUDA devices"]?.GetValue<int>() > 0, "this machine has a GPU");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("this torch sees no CUDA device", Part(folder, "natives")["said"]!.ToString(), StringComparison.Ordinal);
        Assert.NotEqual("passed", Part(folder, "tests")["status"]!.ToString());
    }

    // TorchSharp, asked before the library has refused, would copy half a gigabyte into lib/bin/cpu.
    [Fact]
    public async Task Doctor_LibTorchThatIsNone_FailsInEachPartAndCopiesNothing()
    {
        using var folder = new TemporaryFolder();
        var run = await WorkbookProcess.RunAsync(
            TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, "doctor", "--device", "cpu", "--full", folder.Path,
            "--only", "natives,tests", "--libtorch", folder.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.All(["natives", "tests"],
            part => Assert.Contains("libtorch_cpu.so is missing", Part(folder, part)["said"]!.ToString(), StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(LibraryFolder.Path, "cpu")));
    }

    [Theory]
    [InlineData("--only", "nothing", "--only: 'nothing' is none of machine, natives, tests, notebook, times")]
    [InlineData("--max-steps", "0", "--max-steps must be a whole number, 1 or larger, not '0'")]
    [InlineData("--device", "tpu", "--device: 'tpu' is none of cpu, cuda")]
    public async Task Doctor_OptionThatIsNone_IsNamed(string option, string value, string expected)
    {
        using var folder = new TemporaryFolder();
        var run = await WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, "doctor", "--full",
            folder.Path, option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }

    private static Task<WorkbookProcess> DoctorAsync(TemporaryFolder folder, string only) =>
        WorkbookProcess.RunAsync(TestPaths.Repository.Root, "", TestContext.Current.CancellationToken, "doctor", "--device", "cpu",
            "--full", folder.Path, "--only", only);

    private static JsonNode Part(TemporaryFolder folder, string name) =>
        JsonNode.Parse(File.ReadAllText(folder.File("record.json")))!["parts"]!.AsArray().Single(p => p!["part"]!.ToString() == name)!;

    private static int? ChildOf(int process) =>
        Directory.EnumerateDirectories($"/proc/{process}/task")
            .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => (int?)int.Parse(id, null)).FirstOrDefault();

    // In the middle of a test, or between two: both must do.
    private static bool Begun(string log)
    {
        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Contains("\"begin\"", StringComparison.Ordinal);
    }
}
