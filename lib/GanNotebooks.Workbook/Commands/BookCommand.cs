using System.CommandLine;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Printing;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook book: the HTML from what was executed before; runs nothing.</summary>
internal static class BookCommand
{
    public const string Name = "book",
        Description = "Write out/book from the notebooks in out/notebooks; execute nothing. With --pdf also print.";

    public static Command Create()
    {
        var notebooks = CommonOptions.Notebooks();
        var output = CommonOptions.Out();
        var pdf = CommonOptions.Flag("--pdf", "Print the named notebooks, or all, as PDF beside their pages; needs Chromium.");
        var code = CommonOptions.Flag("--code", "Print the code of all cells, too.");
        var checks = CommonOptions.Flag("--checks", "Print the tables of checks, too, instead of one line for each.");
        var solutions = CommonOptions.Flag("--solutions", "Print the solutions of the exercises at the end. Default: leave them out.");
        var command = new Command(Name, Description) { notebooks, output, pdf, code, checks, solutions };
        command.Validators.Add(result =>
        {
            foreach (var option in new[] { code, checks, solutions }.Where(option => result.GetResult(option) is { Implicit: false }))
            {
                if (!result.GetValue(pdf))
                    result.AddError($"{option.Name} belongs to --pdf.");
            }
        });
        command.SetAction(async (parse, cancel) =>
        {
            var printer = parse.GetValue(pdf) ? PdfPrinter.Find() : null;
            var repository = Repository.Find();
            string[] names = parse.GetValue(notebooks) ?? [];
            var found = CommonOptions.Find(repository, names);
            var contents = BookContents.Of(repository, found);
            string folder = OutputFolder.Of(repository, found, parse.GetValue(output), output.Name, Console.Error.WriteLine);
            OutputFolder.RequireOwn(folder, output.Name);
            string executed = Path.Combine(folder, "notebooks");
            var outputs = new OutputNames(contents);
            bool IsExecuted(string path) => File.Exists(Path.Combine(executed, outputs.Of(path) + ".ipynb"));
            var missing = (names.Length == 0 ? contents : found).Where(path => !IsExecuted(path))
                .Select(path => Path.GetFileName(path)).ToList();
            if (!contents.Any(IsExecuted))
            {
                throw new UsageException($"{executed} holds none of the notebooks: a book is made of executed ones. "
                    + "`workbook run` executes them.");
            }

            if (missing.Count > 0)
                Console.Error.WriteLine($"not executed yet, and so not in the book: {OneLine.Message(string.Join(", ", missing))}");
            var writer = new BookWriter(repository, folder);
            var problems = writer.Write(contents);
            Console.WriteLine("book    " + TerminalText.Visible(Repository.Nearby(writer.Index)));
            foreach (string problem in problems)
                Console.Error.WriteLine("book: " + TerminalText.Visible(problem));
            if (printer is null)
                return problems.Count == 0 ? ExitCode.Success : ExitCode.Failed;
            var parts = new PrintParts(parse.GetValue(code), parse.GetValue(checks), parse.GetValue(solutions));
            var printed = (names.Length == 0 ? contents : CommonOptions.Find(repository, names)).Where(IsExecuted)
                .Select(path => Path.Combine(writer.Folder, outputs.Of(path)));
            bool all = await PrintAsync(printer, printed, parts, cancel).ConfigureAwait(false);
            return all && problems.Count == 0 ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<bool> PrintAsync(PdfPrinter printer, IEnumerable<string> stems, PrintParts parts, CancellationToken cancel)
    {
        bool all = true;
        foreach (string stem in stems)
        {
            string? fault = await printer.PrintAsync(stem + ".html", stem + ".pdf", parts, cancel).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            if (fault is null)
                Console.WriteLine("pdf     " + TerminalText.Visible(Repository.Nearby(stem + ".pdf")));
            else
                Console.Error.WriteLine($"pdf: {TerminalText.Visible(Repository.Nearby(stem))}: {TerminalText.Visible(fault)}");
            all &= fault is null;
        }

        return all;
    }
}
