using System.CommandLine;
using GanNotebooks.Experiments;
using GanNotebooks.Workbook.Runs;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook report: one HTML page about a run or a folder of runs, and a notebook that makes its figures again.</summary>
internal static class ReportCommand
{
    public const string Name = "report",
        Description = "Write a page about a run or a folder of runs: measures, curves, settings, samples, costs.";

    private const string Page = "report.html", Notebook = "report.ipynb", Setup = "setup.csx";

    public static Command Create()
    {
        var folder = RunsCommand.Folder("folder", "A run, or a folder of runs.");
        var output = PathOptions.Folder("--out", "Folder for report.html and report.ipynb. Default: out/reports/NAME of the repository.");
        var command = new Command(Name, Description) { folder, output };
        command.SetAction(parse =>
        {
            string path = Path.GetFullPath(parse.GetValue(folder)!);
            var runs = RunsCommand.Found([path]);
            var repository = Repository.Find();
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) is { Length: > 0 } last ? last : "runs";
            string target = parse.GetValue(output) is { } asked
                ? OutputFolder.Of(repository, asked, output.Name, Console.Error.WriteLine)
                : Path.Combine(OutputFolder.Of(repository, null, output.Name, Console.Error.WriteLine), "reports", name);
            if (RunSummary.IsRun(target))
            {
                throw new UsageException(
                    $"{output.Name}: {target} is the folder of a run, which a report does not change. Name another one.");
            }

            Directory.CreateDirectory(target);
            string setup = Path.Combine(repository.Notebooks, Setup);
            ReportNotebook.Write(Path.Combine(target, Notebook), $"Report: {name}", path, File.Exists(setup) ? setup : Setup);
            RunReport.WritePage(Path.Combine(target, Page), $"Report: {name}", runs, Notebook);
            Console.Out.WriteLine(TerminalText.Visible($"report   {Path.Combine(target, Page)}"));
            Console.Out.WriteLine(TerminalText.Visible($"notebook {Path.Combine(target, Notebook)}"));
            return ExitCode.Success;
        });
        return command;
    }
}
