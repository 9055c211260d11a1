namespace GanNotebooks.Workbook.Linting;

/// <summary>A few rules that look at the same thing.</summary>
internal interface ILintRules
{
    IEnumerable<Finding> Check(LintSubject subject);
}
