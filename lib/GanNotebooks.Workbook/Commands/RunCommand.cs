using System.CommandLine;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Reporting;
using GanNotebooks.Workbook.Runner;
using Spectre.Console;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook run: executes notebooks, writes the executed copies, the report and the book.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var notebooks = CommonOptions.Notebooks();
        var profile =
            new Option<RunProfile>("--profile")
            {
                Description =
                "quick: each notebook within a minute. full: longer and over more seeds, with published set-ups where a notebook says so."
            };
        profile.OneOf("quick", "full");
        var device = new Option<RunDevice>("--device") { Description = "Where tensors live; auto takes a GPU if there is one." };
        device.OneOf("auto", "cpu", "cuda");
        var seed = new Option<int?>("--seed") { Description = "Replaces every notebook's own seed." };
        var output = CommonOptions.Out();
        var timeout =
            new Option<double?>("--timeout")
            {
                Description =
                "Seconds per notebook. Default: three times its stated minutes of processor time; none in full."
            };
        var open = new Option<bool>("--open") { Description = "Run exercise cells as they stand instead of their solutions." };
        var jobs = new Option<int?>("--jobs")
        {
            Description =
            "Notebooks that run side by side. Default: as many as cores and memory allow, one on a GPU."
        };
        jobs.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int given) && given >= 1))
                result.AddError($"--jobs must be a whole number, 1 or larger, not '{token.Value}'.");
        });
        timeout.Validators.Add(result =>
        {
            if (result.GetValue(timeout) is <= 0)
                result.AddError("--timeout must be positive.");
        });
        seed.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int given) && given >= 0))
                result.AddError($"--seed must be a whole number, 0 or larger, not '{token.Value}'.");
        });
        var command = new Command("run", "Execute notebooks; write out/notebooks, out/report.json and out/book.")
        {
            notebooks, profile, device, seed, output, timeout, jobs, open, CommonOptions.LibTorch(),
        };
        command.SetAction((parse, cancel) =>
        {
            var repository = Repository.Find();
            var options = new RunOptions(repository, Path.GetFullPath(parse.GetValue(output) ?? repository.Output))
            {
                Profile = parse.GetValue(profile),
                Device = parse.GetValue(device),
                Seed = parse.GetValue(seed),
                Timeout = parse.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Solutions = !parse.GetValue(open),
                Jobs = parse.GetValue(jobs) ?? (parse.GetValue(device) is RunDevice.Cuda
                    ? 1
                    : MemoryUse.DefaultJobs(Environment.ProcessorCount, MemoryUse.Available)),
            };
            return RunAsync(options, parse.GetValue(notebooks) ?? [], cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(RunOptions options, string[] names, CancellationToken cancel)
    {
        if (CommonOptions.Find(options.Repository, names) is not { } paths)
            return ExitCode.Usage;
        if (Obstacle(options) is { } obstacle)
        {
            Console.Error.WriteLine(obstacle);
            return ExitCode.Usage;
        }

        var contents = BookContents.Of(options.Repository, paths);
        options = options with { Jobs = Math.Min(options.Jobs, paths.Count), Names = new OutputNames(contents) };

        var writer = new BookWriter(options.Repository, options.Output);
        IReadOnlyList<string> problems = [];
        var report = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? await AnsiConsole.Live(new Text("starting")).AutoClear(true).StartAsync(live => RunWith(new LiveView(live)))
                .ConfigureAwait(false)
            : await RunWith(new PlainView(Console.Out)).ConfigureAwait(false);
        foreach (string line in ReportText.Sum(report, Nearby(options.ReportPath), Nearby(writer.Index)))
            Console.WriteLine(line);
        foreach (string problem in problems)
            Console.Error.WriteLine("book: " + TerminalText.Visible(problem));
        return cancel.IsCancellationRequested ? ExitCode.Stopped : report.Passed ? ExitCode.Success : ExitCode.Failed;

        Task<RunReport> RunWith(IRunView view) =>
            new CourseRunner(options, view).RunAsync(paths, () => problems = writer.Write(contents), cancel);
    }

    /// <summary>Why nothing can be written; null when something can.</summary>
    private static string? Obstacle(RunOptions options) => File.Exists(options.Output)
        ? $"--out: {options.Output} is a file; it must be a folder, or not be there yet."
        : null;

    private static string Nearby(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
}
