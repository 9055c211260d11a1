using System.CommandLine;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook film: the samples of a run as a page with a slider over the training step.</summary>
internal static class FilmCommand
{
    public const string Name = "film", Description = "Make a film of a run: a page with a slider, which needs no network.";

    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "Folder of the run, as train leaves it." };
        run.Validators.Add(result =>
        {
            foreach (string path in result.Tokens.Select(token => token.Value))
            {
                if (path.StartsWith('-'))
                    result.AddError($"Unknown option: {OneLine.Value(path)}. --help lists the options.");
                else if (PathOptions.Wrong(path) is { } reason)
                    result.AddError($"run: {reason}");
                else if (!Directory.Exists(path))
                    result.AddError($"run: there is no folder '{OneLine.Value(path)}'.");
            }
        });
        var file = PathOptions.NewFile("--out", "The page. [default: RUN-film.html, beside the run]");
        var command = new Command(Name, Description) { run, file };
        command.SetAction(parse =>
        {
            string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parse.GetValue(run)!));
            string page = Path.GetFullPath(parse.GetValue(file) ?? folder + "-film.html");
            string text = RunFilm.Page(folder);
            Directory.CreateDirectory(Path.GetDirectoryName(page)!);
            AtomicFile.WriteText(page, text);
            Console.Out.WriteLine($"film: {page}");
            return ExitCode.Success;
        });
        return command;
    }
}
