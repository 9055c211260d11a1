using System.CommandLine;
using System.Diagnostics;
using GanNotebooks.Runtime;
using GanNotebooks.Workbook.Doctor;
using GanNotebooks.Workbook.Training;

namespace GanNotebooks.Workbook.Commands;

/// <summary>
/// workbook bench: runs the benchmarks of tests/GanNotebooks.Benchmarks in a process of their own; there is no second copy.
/// </summary>
internal static class BenchCommand
{
    public const string Name = "bench",
        Description = "Time the training steps against the textbook's: tables, and the same numbers as JSON.";

    private const string Project = "tests/GanNotebooks.Benchmarks";
    private const int MostRounds = 100_000;

    public static Command Create()
    {
        var what = new Argument<string>("what")
        {
            Description = "mlp, dcgan, all; or sizes, one table of DCGAN for 28, 32 and 64 pixels.",
            DefaultValueFactory = _ => "all"
        };
        what.OneOf("mlp", "dcgan", "all", "sizes");
        var rounds = NumberOptions.Whole("--rounds", "Rounds; more are steadier.", usual: 60, least: 1, most: MostRounds);
        var threads = NumberOptions.Whole("--threads", "Threads of torch.", usual: 1, least: 1, most: TrainOptions.MostThreads);
        var device = new Option<string>("--device") { Description = "cpu or cuda.", DefaultValueFactory = _ => "cpu" };
        device.OneOf("cpu", "cuda");
        var python = PathOptions.Program("--python", "A Python that has torch: times the same steps in eager PyTorch.");
        var json = PathOptions.NewFile("--json", "The file for the numbers. Default: out/benchmarks/steps.json of the repository.");
        var command = new Command(Name, Description) { what, rounds, threads, device, python, json };
        command.SetAction(async (parse, cancel) =>
        {
            var repository = Repository.Find();
            string project = Path.Combine(repository.Root, Project);
            if (!Directory.Exists(project) || ShellCommand.Find("dotnet") is not { } dotnet)
            {
                Console.Error.WriteLine($"bench needs {Project} of a clone and the .NET SDK.");
                return ExitCode.Failed;
            }
            if (parse.GetValue(device) == "cuda")
                _ = DeviceChoice.For(DeviceOption.Cuda); // says what is missing before anything is built
            string file = Path.GetFullPath(parse.GetValue(json) ?? Path.Combine(
                OutputFolder.Of(repository, null, json.Name, Console.Error.WriteLine), "benchmarks", "steps.json"));
            if (OutputFolder.Obstacle(Path.GetDirectoryName(file)!) is { } obstacle)
                throw new UsageException($"--json: {file} cannot be written: {obstacle} Name another file.");
            var start = new ProcessStartInfo(dotnet);
            string[] arguments =
            [
                "run", "-c", "Release", .. Buildable(project) ? Array.Empty<string>() : ["--no-build"], "--project", project, "--",
                parse.GetValue(what)!, "--rounds", $"{parse.GetValue(rounds)}",
                "--threads", $"{parse.GetValue(threads)}", "--device", parse.GetValue(device)!,
                "--json", file,
                .. parse.GetValue(python) is { } path ? new[] { "--python", path } : [],
            ];
            foreach (string argument in arguments)
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            try
            {
                await process.WaitForExitAsync(cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            return process.ExitCode;
        });
        return command;
    }

    // In a checkout that the reader may not write, what was built is started as it is.
    private static bool Buildable(string project) => OutputFolder.Obstacle(Path.Combine(project, "obj")) is null;
}
