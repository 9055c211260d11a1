using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Linting;

/// <param name="Cell">"cell [4]", or "" for the notebook as a whole.</param>
internal sealed partial record Finding(LintRule Rule, string Cell, string Message)
{
    public string RuleName => Capital().Replace(Rule.ToString(), "-$0").ToLowerInvariant();

    public override string ToString() => (Cell == "" ? "" : Cell + ": ") + $"{Message} [{RuleName}]";

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}
