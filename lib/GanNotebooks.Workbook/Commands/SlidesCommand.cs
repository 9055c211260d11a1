using System.CommandLine;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Printing;
using GanNotebooks.Workbook.Runner;
using GanNotebooks.Workbook.Slides;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook slides: decks from what was executed before; runs nothing.</summary>
internal static class SlidesCommand
{
    public const string Name = "slides",
        Description = "Write out/slides, a deck of each notebook in out/notebooks; execute nothing. With --handout also print.";

    private const string HandoutQuery = "?print&handout";

    public static Command Create()
    {
        var notebooks = CommonOptions.Notebooks();
        var output = CommonOptions.Out();
        var handout = CommonOptions.Flag("--handout", "Print slides and notes as PDF beside each deck; needs Chromium.");
        var check = CommonOptions.Flag("--check", "Name the slides that hold more than 1280 x 720 pixels; needs Chromium.");
        var command = new Command(Name, Description) { notebooks, output, handout, check };
        command.SetAction(async (parse, cancel) =>
        {
            var printer = parse.GetValue(handout) ? PdfPrinter.Find(handout.Name) : null;
            var measure = parse.GetValue(check) ? OverflowCheck.Find() : null;
            var repository = Repository.Find();
            string[] names = parse.GetValue(notebooks) ?? [];
            var found = CommonOptions.Find(repository, names);
            string folder = OutputFolder.Of(repository, found, parse.GetValue(output), output.Name, Console.Error.WriteLine);
            OutputFolder.RequireOwn(folder, output.Name);
            var contents = BookContents.Of(repository, found);
            var writer = new DeckWriter(repository, folder);
            var made = writer.Write(contents, RequireExecuted(contents, found, folder, names));
            foreach (string remark in made.Remarks)
                Console.Error.WriteLine("slides: " + TerminalText.Visible(remark));
            bool good = true;
            foreach (var deck in made.Decks)
                good &= await FinishAsync(deck, writer.PathOf(deck), measure, printer, cancel).ConfigureAwait(false);
            Console.WriteLine("slides  " + TerminalText.Visible(Repository.Nearby(writer.Index)));
            return good ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }

    // A deck shows outputs: there is none of a notebook that was not run.
    private static List<string> RequireExecuted(
        IReadOnlyList<string> contents, IReadOnlyList<string> found, string folder, string[] names)
    {
        var outputs = new OutputNames(contents);
        string executed = Path.Combine(folder, "notebooks");
        bool IsExecuted(string path) => File.Exists(Path.Combine(executed, outputs.Of(path) + ".ipynb"));
        var missing = found.Where(path => !IsExecuted(path)).Select(path => Path.GetFileNameWithoutExtension(path)).ToList();
        if (missing.Count > 0)
        {
            string which = OneLine.Message(string.Join(", ", missing));
            if (names.Length > 0 || missing.Count == found.Count)
            {
                throw new UsageException($"not run yet, so there are no outputs to show: {which}. "
                    + $"`workbook run {(names.Length > 0 ? OneLine.Message(string.Join(' ', names)) : "")}".TrimEnd() + "` runs them.");
            }

            Console.Error.WriteLine($"not run yet, and so without a deck: {which}");
        }

        return [.. found.Where(IsExecuted)];
    }

    private static async Task<bool> FinishAsync(
        Deck deck, string path, OverflowCheck? measure, PdfPrinter? printer, CancellationToken cancel)
    {
        string minutes = deck.Minutes > 0 ? ", " + Notebooks.SpeakerNote.InWords(deck.Minutes) : "";
        Console.WriteLine($"deck    {TerminalText.Visible(Repository.Nearby(path))}  {Count.Of(deck.Slides.Count(), "slide")}{minutes}");
        bool good = true;
        foreach (string fault in measure is null ? [] : await measure.RunAsync(path, cancel).ConfigureAwait(false))
        {
            good = false;
            Console.WriteLine($"        {TerminalText.Visible(fault)}");
        }

        if (printer is null)
            return good;
        string pdf = Path.ChangeExtension(path, ".pdf");
        string? wrong = await printer.PrintAsync(path, HandoutQuery, pdf, cancel).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        if (wrong is null)
            Console.WriteLine("pdf     " + TerminalText.Visible(Repository.Nearby(pdf)));
        else
            Console.Error.WriteLine($"pdf: {TerminalText.Visible(Repository.Nearby(path))}: {TerminalText.Visible(wrong)}");
        return good && wrong is null;
    }
}
