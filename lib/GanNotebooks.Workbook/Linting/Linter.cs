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

    public static IReadOnlyList<Finding> Check(string path)
    {
        try
        {
            return Check(LintSubject.From(NotebookFile.Read(path)));
        }
        catch (NotebookFormatException error)
        {
            return [new Finding(LintRule.Format, "", error.Message)];
        }
    }

    public static IReadOnlyList<Finding> Check(LintSubject subject) => [.. All.SelectMany(rules => rules.Check(subject))];
}
