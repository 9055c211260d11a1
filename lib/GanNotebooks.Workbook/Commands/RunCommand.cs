using System.CommandLine;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Reporting;
using GanNotebooks.Workbook.Runner;
using Spectre.Console;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook run: executes notebooks, writes the executed copies, the report and the book.</summary>
internal static class RunCommand
{
    public const string Name = "run", Description = "Execute notebooks; write out/notebooks, out/report.json and out/book.";

    private const double LeastTimeout = 0.001, MostTimeout = 1e6;
    private const int MostJobs = 1024;

    public static Command Create()
    {
        var notebooks = CommonOptions.Notebooks();
        var profile = CommonOptions.Profile();
        var device = CommonOptions.Device();
        var seed = CommonOptions.Seed();
        var output = CommonOptions.Out();
        var timeout = NumberOptions.Real("--timeout",
            "Seconds per notebook. Default: three times its stated minutes of processor time; none in full.", LeastTimeout, MostTimeout);
        var open = CommonOptions.Flag("--open", "Run exercise cells as they stand instead of their solutions.");
        var jobs = NumberOptions.Whole("--jobs",
            "Notebooks that run side by side. Default: as many as cores and memory allow, one on a GPU.", most: MostJobs);
        var command = new Command(Name, Description)
        {
            notebooks, profile, device, seed, output, timeout, jobs, open, CommonOptions.LibTorch(),
        };
        command.SetAction((parse, cancel) =>
        {
            var repository = Repository.Find();
            var paths = CommonOptions.Find(repository, parse.GetValue(notebooks) ?? []);
            string folder = OutputFolder.Of(repository, paths, parse.GetValue(output), output.Name, Console.Error.WriteLine);
            OutputFolder.RequireOwn(folder, output.Name);
            var options = new RunOptions(repository, folder)
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
            return RunAsync(options with { Jobs = Math.Min(options.Jobs, paths.Count) }, paths, cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(RunOptions options, IReadOnlyList<string> paths, CancellationToken cancel)
    {
        var contents = BookContents.Of(options.Repository, paths);
        options = options with { Names = new OutputNames(contents), Contents = contents };
        var writer = new BookWriter(options.Repository, options.Output);
        IReadOnlyList<string> problems = [];
        var report = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? await AnsiConsole.Live(new Text("starting")).AutoClear(true).StartAsync(live => RunWith(new LiveView(live)))
                .ConfigureAwait(false)
            : await RunWith(new PlainView(Console.Out)).ConfigureAwait(false);
        foreach (string line in ReportText.Sum(report, Repository.Nearby(options.ReportPath), Repository.Nearby(writer.Index)))
            Console.WriteLine(line);
        foreach (string problem in problems)
            Console.Error.WriteLine("book: " + TerminalText.Visible(problem));
        return cancel.IsCancellationRequested ? ExitCode.Stopped : report.Passed ? ExitCode.Success : ExitCode.Failed;

        Task<RunReport> RunWith(IRunView view) =>
            new CourseRunner(options, view).RunAsync(paths, () => problems = writer.Write(contents), cancel);
    }
}
