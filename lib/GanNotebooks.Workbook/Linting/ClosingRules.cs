namespace GanNotebooks.Workbook.Linting;

/// <summary>How a notebook ends: summary, questions, further reading, the way on.</summary>
internal sealed class ClosingRules : ILintRules
{
    private static readonly string[] Parts = ["Summary", "Questions", "Further reading"];

    public IEnumerable<Finding> Check(LintSubject subject)
    {
        var titles = subject.Sections.Select(section => section.Title).ToList();
        foreach (string? part in Parts.Where(part => !titles.Contains(part)))
            yield return new Finding(LintRule.Closing, "", $"`## {part}` is missing");
        var places = Parts.Select(part => titles.IndexOf(part)).Where(place => place >= 0).ToList();
        if (!places.SequenceEqual(places.Order()))
            yield return new Finding(LintRule.Closing, "", $"the closing parts must come in this order: {string.Join(", ", Parts)}");

        var last = subject.Notebook.MarkdownCells.LastOrDefault();
        if (subject.Next is { } next && last?.Source.Contains($"]({next})", StringComparison.Ordinal) is not true)
            yield return new Finding(LintRule.Closing, last?.Label ?? "", $"the last cell must link to {next}");
    }
}
