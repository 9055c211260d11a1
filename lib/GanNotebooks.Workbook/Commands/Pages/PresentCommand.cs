using System.CommandLine;
using GanNotebooks.Live;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Present;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook present: the deck of a notebook whose cells can be changed and run, and the lab, on one server.</summary>
internal static class PresentCommand
{
    public const string Name = "present", Description = "Open the slides of one notebook with its cells live, and the lab beside them.";

    public static Command Create()
    {
        var notebook = CommonOptions.Notebooks();
        notebook.Description = "One notebook: 05, 05-global-optimum or a path. It must have been run.";
        notebook.Arity = ArgumentArity.OneOrMore;
        var profile = CommonOptions.Profile();
        var device = CommonOptions.Device();
        var seed = CommonOptions.Seed();
        var output = CommonOptions.Out();
        var port = LivePages.Port();
        var quiet = LivePages.NoBrowser();
        var command = new Command(Name, Description)
        {
            notebook, profile, device, seed, output, port, quiet, CommonOptions.LibTorch(),
        };
        command.SetAction(async (parse, cancel) =>
        {
            var repository = Repository.Find();
            string[] names = parse.GetValue(notebook) ?? [];
            var found = CommonOptions.Find(repository, names);
            if (found is not [var path])
                throw new UsageException($"present shows one notebook, and these are {found.Count}.");
            var read = NotebookFile.Read(path);
            string folder = OutputFolder.Of(repository, found, parse.GetValue(output), output.Name, Console.Error.WriteLine);
            string? preset = LabCommand.PresetOf(Path.GetFileNameWithoutExtension(path));
            var (page, remark) = LiveDeck.Render(repository, BookContents.Of(repository, found), path, folder, preset)
                ?? throw new UsageException("not run yet, so there are no outputs to show. "
                    + $"`workbook run {OneLine.Value(names[0])}` runs it.");
            if (remark is not null)
                await Console.Error.WriteLineAsync("present: " + TerminalText.Visible(remark)).ConfigureAwait(false);
            var options = new RunOptions(repository, folder, parse.GetValue(profile), parse.GetValue(device), parse.GetValue(seed));
            var cells = new LiveCells(read, progress => new LiveKernel(read, options, progress));
            await using (cells.ConfigureAwait(false))
            {
                var lab = new Lazy<LiveSession>(() => new LiveSession(preset));
                await LivePages.ServeAsync(Name, new PresentSite(page, cells).Around(LivePages.Lab(Name, lab)), lab,
                    parse.GetValue(port) ?? 0, opens: !parse.GetValue(quiet), begin: () => { }, cancel).ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
