using System.Text.RegularExpressions;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>A claim is checked, and its check is shown.</summary>
internal sealed partial class CheckRules : ILintRules
{
    private const string CheckClass = "Check", ExerciseClass = "Exercise";

    private static readonly HashSet<string> CheckMethods =
        ["Near", "Below", "Above", "Between", "Exactly", "That", "OverSeeds"];

    public IEnumerable<Finding> Check(LintSubject subject)
    {
        var checking = new HashSet<int>();
        foreach (var cell in subject.Notebook.CodeCells)
        {
            var syntax = ScriptSyntax.Parse(cell.Source);
            foreach (string claim in ScriptSyntax.FirstTexts(syntax, CheckMethods).Where(claim => NoSubject().IsMatch(claim)))
            {
                yield return new Finding(LintRule.ClaimSubject, cell.Label,
                    $"the claim '{claim}' needs its subject: it stands alone in the report and in the book");
            }

            bool checks = ScriptSyntax.UsesMemberOf(syntax, CheckClass);
            string shownClass = checks ? CheckClass : ExerciseClass;
            if (!ScriptSyntax.UsesMemberOf(syntax, shownClass))
                continue;
            if (checks)
                checking.Add(cell.Index);
            if (ScriptSyntax.ShownExpression(syntax) is not { } shown || !ScriptSyntax.UsesMemberOf(shown, shownClass))
            {
                yield return new Finding(LintRule.CheckShown, cell.Label,
                    "must end with the check, without a semicolon, so that it is shown");
            }
        }

        if (checking.Count == 0)
            yield return new Finding(LintRule.CheckPerClaim, "", "nothing is checked: there is no `Check.` in any cell");
        foreach (var (title, cells) in subject.Sections.Where(section => section.Title != ""))
        {
            bool claims = cells.Any(cell => cell.Kind is CellKind.Markdown && Claim().IsMatch(cell.Source));
            if (claims && !cells.Any(cell => checking.Contains(cell.Index)))
            {
                yield return new Finding(LintRule.CheckPerClaim, "",
                    $"section '{title}' states a **Claim** and has no `Check.` before the next section");
            }
        }
    }

    /// <summary>What points back to the claim before it.</summary>
    [GeneratedRegex(@"^(the same|its |and |recorded, the same)")]
    private static partial Regex NoSubject();

    /// <summary>A line, quoted or not, that starts with a bold "Claim" (or "Claim 2", "Claim (theorem 1)").</summary>
    [GeneratedRegex(@"^(?:>\s*)?\*\*Claim", RegexOptions.Multiline)]
    private static partial Regex Claim();
}
