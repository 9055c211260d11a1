using System.CommandLine;
using GanNotebooks.Workbook.Book;

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
            string executed = Path.Combine(folder, "notebooks");
            var missing = (names.Length == 0 ? contents : CommonOptions.Find(repository, names))
                .Select(path => Path.GetFileName(path)).Where(name => !File.Exists(Path.Combine(executed, name))).ToList();
            if (!contents.Any(path => File.Exists(Path.Combine(executed, Path.GetFileName(path)))))
            {
                throw new UsageException($"{executed} holds none of the notebooks: a book is made of executed ones. "
                    + "`workbook run` executes them.");
            }

            if (missing.Count > 0)
                Console.Error.WriteLine($"not executed yet, and so not in the book: {string.Join(", ", missing)}");
            var writer = new BookWriter(repository, folder);
            writer.Write(contents);
            Console.WriteLine("book    " + Repository.Nearby(writer.Index));
            return ExitCode.Success;
        });
        return command;
    }
}
