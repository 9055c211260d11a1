using System.CommandLine;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook book: the HTML from what was executed before; runs nothing.</summary>
internal static class BookCommand
{
    public const string Name = "book", Description = "Write out/book from the notebooks in out/notebooks; execute nothing.";

    public static Command Create()
    {
        var notebooks = CommonOptions.Notebooks();
        var output = CommonOptions.Out();
        var command = new Command(Name, Description) { notebooks, output };
        command.SetAction(parse =>
        {
            var repository = Repository.Find();
            string[] names = parse.GetValue(notebooks) ?? [];
            var contents = BookContents.Of(repository, CommonOptions.Find(repository, names));
            string folder = OutputFolder.Of(repository, parse.GetValue(output), output.Name, Console.Error.WriteLine);
            OutputFolder.RequireOwn(folder, output.Name);
            string executed = Path.Combine(folder, "notebooks");
            var outputs = new OutputNames(contents);
            bool IsExecuted(string path) => File.Exists(Path.Combine(executed, outputs.Of(path) + ".ipynb"));
            var missing = (names.Length == 0 ? contents : CommonOptions.Find(repository, names)).Where(path => !IsExecuted(path))
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
            return problems.Count == 0 ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }
}
