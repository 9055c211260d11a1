using System.Diagnostics;
using System.Text.Json.Nodes;

namespace GanNotebooks.Workbook.Tests.Devices;

/// <summary>
/// The archive that is carried to a GPU: packed, unpacked elsewhere, and run with an empty environment, so without SDK and NuGet; with the
/// package's libtorch in the place of Python's.
/// </summary>
[Trait("Category", "Slow")]
public sealed class GpuKitTests
{
    [Fact]
    public async Task Pack_UnpackedElsewhere_RunsItsTestsOnTheCpu()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/xz"), "packs with bash, tar and xz");
        using var folder = new TemporaryFolder();
        string archive = folder.File("kit.tar.xz");
        // pack refuses more than 60 MiB, at its best level and at this one
        var packed =
            await Run(Path.Combine(TestPaths.Repository.Root, "tests", "gpu", "pack"), [archive], inherit: true, ("XZ_LEVEL", "1"));
        Assert.True(packed.Code == 0, packed.Text);
        var unpacked = await Run("tar", ["-xJf", archive, "-C", folder.Path], inherit: true);
        Assert.True(unpacked.Code == 0, unpacked.Text);

        string kit = folder.File("gan-notebooks-gpu-kit"), record = folder.File("record");
        string[] arguments = ["--device", "cpu", "--libtorch", LibraryFolder.Path, "--out", record, "--only", "machine,natives,tests"];
        var run = await Run(Path.Combine(kit, "run"), arguments, inherit: false, ("PATH", "/usr/bin:/bin"), ("HOME", folder.File("home")));
        Assert.True(run.Code == 0, run.Text);
        var json = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(record, "record.json"), TestContext.Current.CancellationToken))!;
        Assert.True(json["passed"]!.GetValue<bool>());
        Assert.Contains("rehearsed on the CPU", json["meaning"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains($"#r \"{kit}/lib/bin/GanNotebooks.dll\"",
            await File.ReadAllTextAsync(Path.Combine(kit, "notebooks", "setup.csx"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        // The kit has no ASP.NET Core. Only the lab needs it, and says so.
        Assert.False(Directory.Exists(Path.Combine(kit, "dotnet", "shared", "Microsoft.AspNetCore.App")));
        var lab = await Run(Path.Combine(kit, "lib", "GanNotebooks.Workbook", "bin", "Release", "workbook"), ["lab", "--no-browser"],
            inherit: false, ("PATH", "/usr/bin:/bin"), ("DOTNET_ROOT", Path.Combine(kit, "dotnet")), ("HOME", folder.File("home")));
        Assert.Equal(1, lab.Code);
        Assert.Contains("The live page needs ASP.NET Core", lab.Text, StringComparison.Ordinal);
        Assert.Single(lab.Text.TrimEnd().Split('\n'));
        Assert.DoesNotContain(Directory.EnumerateFiles(kit, "*", SearchOption.AllDirectories),
            file => Path.GetFileName(file).StartsWith("libtorch", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("run: /nowhere holds no libtorch_cpu.so", "--libtorch", "/nowhere")]
    [InlineData("run: unknown option: --devices", "--devices", "cpu")]
    [InlineData("run: --only needs a value", "--device", "cpu", "--only")]
    [InlineData("run: --device must be cuda or cpu, not 'tpu'", "--device", "tpu")]
    [InlineData("run: --max-steps must be a whole number, 1 or larger, not '0'", "--max-steps", "0")]
    [InlineData("run: --only: 'train' is none of machine, natives, tests, notebook, times", "--only", "tests,train")]
    [InlineData("run: --out must name a folder; /dev/null is a file", "--out", "/dev/null")]
    [InlineData("run: this file is part of the kit", "--device", "cpu")] // started in the repository
    public async Task Run_RefusedOptions_OneLineNamesTheOption(string line, params string[] options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a shell script");
        var run = await Run(Path.Combine(TestPaths.Repository.Root, "tests", "gpu", "run"), options, inherit: false,
            ("PATH", "/usr/bin:/bin"));
        Assert.Equal(2, run.Code);
        Assert.StartsWith(line, run.Text, StringComparison.Ordinal);
        Assert.Single(run.Text.TrimEnd().Split('\n'));
    }

    private static async Task<(int Code, string Text)> Run(string program, string[] arguments, bool inherit,
        params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (!inherit)
            start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (text, errors) =
            (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
                process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await text + await errors);
    }
}
