using System.CommandLine;
using GanNotebooks.Runtime;
using GanNotebooks.Workbook.Linting;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook check: the contract and the house style of notebooks, without running them.</summary>
internal static class CheckCommand
{
    public const string Name = "check",
        Description = "Check the course's notebooks against contract and house style, others for what would not run; run nothing.";

    public static Command Create()
    {
        var notebooks = CommonOptions.Notebooks();
        var mend = CommonOptions.Flag("--fix", "Strip outputs, execution counts and foreign metadata; add missing ids.");
        var command = new Command(Name, Description) { notebooks, mend };
        command.SetAction(parse =>
        {
            var repository = Repository.Find();
            string[] names = parse.GetValue(notebooks) ?? [];
            var paths = CommonOptions.Find(repository, names);
            int findings = paths.Sum(path => Check(repository, path, parse.GetValue(mend)));
            if (names.Length == 0)
            {
                findings += LinkRules.Pages(repository).Sum(path => CheckPage(repository, path));
            }

            Console.WriteLine($"{Count.Of(paths.Count, "notebook")}, {Count.Of(findings, "finding")}");
            return findings == 0 ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }

    private static int Check(Repository repository, string path, bool mend)
    {
        string name = TerminalText.Visible(repository.Shown(path));
        if (mend)
            Mend(name, path);
        var findings = Linter.Check(path, repository.IsOfCourse(path));
        foreach (var finding in findings)
            Console.WriteLine(OneLine.Message($"{name}: {finding}"));
        return findings.Count;
    }

    /// <summary>The links of a Markdown page lead somewhere.</summary>
    private static int CheckPage(Repository repository, string path)
    {
        var broken = LinkRules.Broken(RegularFile.ReadText(path), Path.GetDirectoryName(path)!).ToList();
        foreach (string? target in broken)
            Console.WriteLine(OneLine.Message($"{repository.Shown(path)}: the link to {target} leads nowhere [link]"));
        return broken.Count;
    }

    private static void Mend(string name, string path)
    {
        try
        {
            if (NotebookFixer.Fix(path))
                Console.WriteLine($"{name}: mended");
        }
        catch (NotebookFormatException)
        {
            // The check that follows says what is wrong with it.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(TerminalText.Visible($"{name}: cannot be mended: {error.Message}"));
        }
    }
}
