using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Linting;

/// <summary>What `workbook check` looks at. Printed as lower-case words with hyphens.</summary>
internal enum LintRule
{
    /// <summary>Can be read, nbformat 4.5.</summary>
    Format,
    CellKind,
    CellId,
    Metadata,
    Outputs,
    SetupImport,
    LabOpen,
    HostSpecific,
    AbsolutePath,
    Title,
    Claim,
    Opening,
    Time,
    Neighbours,
    LineLength,
    CellLength,
    MedianLength,
    ProseRatio,
    CheckPerClaim,
    CheckShown,
    ClaimSubject,
    Exercises,
    Solutions,
    Closing,
    Slides,
    Link,
}

/// <summary>A few rules that look at the same thing.</summary>
internal interface ILintRules
{
    IEnumerable<Finding> Check(LintSubject subject);
}

/// <param name="Cell">"cell [4]", or "" for the notebook as a whole.</param>
internal sealed partial record Finding(LintRule Rule, string Cell, string Message)
{
    public string RuleName => Capital().Replace(Rule.ToString(), "-$0").ToLowerInvariant();

    public override string ToString() => (Cell == "" ? "" : Cell + ": ") + $"{Message} [{RuleName}]";

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}
