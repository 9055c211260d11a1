using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>Checks notebooks without running them.</summary>
internal static class Linter
{
    private static readonly ILintRules[] All =
    [
        new FormatRules(), new ContractRules(), new OpeningRules(), new SizeRules(), new CheckRules(), new ExerciseRules(),
        new ClosingRules(), new LinkRules(),
    ];

    /// <summary>What is wrong with a notebook. One that cannot be read, or that a rule fails at, has a finding that says so.</summary>
    public static IReadOnlyList<Finding> Check(string path)
    {
        try
        {
            return DeepStack.Run(() => Check(LintSubject.From(NotebookFile.Read(path))));
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

    public static IReadOnlyList<Finding> Check(LintSubject subject) => [.. All.SelectMany(rules => rules.Check(subject))];
}
