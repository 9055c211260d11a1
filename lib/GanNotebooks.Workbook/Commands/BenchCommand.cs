using System.CommandLine;
using System.Diagnostics;
using GanNotebooks.Workbook.Doctor;

namespace GanNotebooks.Workbook.Commands;

/// <summary>
/// workbook bench: runs the benchmarks of tests/GanNotebooks.Benchmarks in a process of their own; there is no second copy.
/// </summary>
internal static class BenchCommand
{
    private const string Project = "tests/GanNotebooks.Benchmarks";

    public static Command Create()
    {
        var what = new Argument<string>("what")
        {
            Description = "mlp, dcgan, all; or sizes, one table of DCGAN for 28, 32 and 64 pixels.",
            DefaultValueFactory = _ => "all"
        };
        what.AcceptOnlyFromAmong("mlp", "dcgan", "all", "sizes");
        var rounds = new Option<int>("--rounds") { Description = "Rounds; more are steadier.", DefaultValueFactory = _ => 60 };
        var threads = new Option<int>("--threads") { Description = "Threads of torch.", DefaultValueFactory = _ => 1 };
        var device = new Option<string>("--device") { Description = "cpu or cuda.", DefaultValueFactory = _ => "cpu" };
        device.OneOf("cpu", "cuda");
        var python = new Option<string?>("--python") { Description = "A Python that has torch: times the same steps in eager PyTorch." };
        var json = new Option<string?>("--json")
        {
            Description =
            "The file for the numbers. Default: out/benchmarks/steps.json of the repository."
        };
        var command = new Command("bench", "Time the training steps against the textbook's: tables, and the same numbers as JSON.") { what,
            rounds, threads, device, python, json };
        command.SetAction(async (parse, cancel) =>
        {
            var repository = Repository.Find();
            string project = Path.Combine(repository.Root, Project);
            if (!Directory.Exists(project) || ShellCommand.Find("dotnet") is not { } dotnet)
            {
                Console.Error.WriteLine($"bench needs {Project} of a clone and the .NET SDK.");
                return ExitCode.Failed;
            }
            var start = new ProcessStartInfo(dotnet);
            string[] arguments =
            [
                "run", "-c", "Release", "--project", project, "--", parse.GetValue(what)!, "--rounds", $"{parse.GetValue(rounds)}",
                "--threads", $"{parse.GetValue(threads)}", "--device", parse.GetValue(device)!,
                "--json", Path.GetFullPath(parse.GetValue(json) ?? Path.Combine(repository.Output, "benchmarks", "steps.json")),
                .. parse.GetValue(python) is { } path ? new[] { "--python", path } : [],
            ];
            foreach (string argument in arguments)
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(cancel).ConfigureAwait(false);
            return process.ExitCode;
        });
        return command;
    }
}
