using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>Checks notebooks without running them.</summary>
internal static class Linter
{
    // What is asked of every cell, and what is asked of the lesson alone: cells for the presenter are no prose of it.
    private static readonly ILintRules[] OfCells = [new FormatRules(), new ContractRules(), new SlideRules(), new LinkRules()],
        OfLesson = [new OpeningRules(), new SizeRules(), new CheckRules(), new ExerciseRules(), new ClosingRules()];

    // The contract and the house style are the course's. These say that a notebook does not run, or that a link of it leads nowhere.
    private static readonly LintRule[] OfAnyNotebook = [LintRule.Format, LintRule.CellKind, LintRule.Link];

    /// <summary>What is wrong with a notebook. One that cannot be read, or that a rule fails at, has a finding that says so.</summary>
    /// <param name="path">The notebook.</param>
    /// <param name="ofCourse">Whether it must keep the course's contract and house style; a reader's own notebook need not.</param>
    public static IReadOnlyList<Finding> Check(string path, bool ofCourse = true)
    {
        try
        {
            var found = DeepStack.Run(() => Check(LintSubject.From(NotebookFile.Read(path))));
            return ofCourse ? found : [.. found.Where(finding => OfAnyNotebook.Contains(finding.Rule))];
        }
        catch (NotebookFormatException error)
        {
            return [new Finding(LintRule.Format, "", error.Message)];
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return [new Finding(LintRule.Format, "", $"cannot be checked: {error.GetType().Name}: {error.Message}")];
        }
    }

    public static IReadOnlyList<Finding> Check(LintSubject subject)
    {
        var lesson = subject.WithoutNotes();
        return [.. OfCells.SelectMany(rules => rules.Check(subject)), .. OfLesson.SelectMany(rules => rules.Check(lesson))];
    }
}
