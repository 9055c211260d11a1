using System.CommandLine;
using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook book: the HTML from what was executed before; runs nothing.</summary>
internal static class BookCommand
{
    public static Command Create()
    {
        var notebooks = CommonOptions.Notebooks();
        var output = CommonOptions.Out();
        var command = new Command("book", "Write out/book from the notebooks in out/notebooks; execute nothing.") { notebooks, output };
        command.SetAction(parse =>
        {
            var repository = Repository.Find();
            if (CommonOptions.Find(repository, parse.GetValue(notebooks) ?? []) is not { } paths)
                return ExitCode.Usage;
            var writer = new BookWriter(repository, Path.GetFullPath(parse.GetValue(output) ?? repository.Output));
            var problems = writer.Write(BookContents.Of(repository, paths));
            Console.WriteLine("book    " + TerminalText.Visible(repository.Shown(writer.Index)));
            foreach (string problem in problems)
                Console.Error.WriteLine("book: " + TerminalText.Visible(problem));
            return problems.Count == 0 ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }
}
