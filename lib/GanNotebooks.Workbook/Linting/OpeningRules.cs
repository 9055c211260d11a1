using System.Text.RegularExpressions;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>The first cell: title, claim, what you will learn and need, time, the way on and back.</summary>
internal sealed partial class OpeningRules : ILintRules
{
    private const int SentencesAtMost = 3;
    private static readonly string[] Fields = ["You will learn", "You need"];

    public IEnumerable<Finding> Check(LintSubject subject)
    {
        if (subject.Opening is not { } opening)
        {
            yield return new Finding(LintRule.Opening, "", "the first cell must be Markdown");
            yield break;
        }

        string number = subject.Notebook.Name.Split('-')[0];
        if (!Title().IsMatch(opening.Lines[0]) || !opening.Lines[0].StartsWith($"# {number} ", StringComparison.Ordinal))
        {
            yield return new Finding(LintRule.Title, opening.Label,
                $"the first line must be `# {number} · Title`, found `{opening.Lines[0]}`");
        }

        foreach (var finding in Claim(opening))
            yield return finding;
        foreach (string? field in Fields.Where(field => !Field(field).IsMatch(opening.Source)))
            yield return new Finding(LintRule.Opening, opening.Label, $"`**{field}**` is missing");
        if (StatedTime.MinutesOf(subject.Notebook) is null)
            yield return new Finding(LintRule.Time, opening.Label, "`**Time** N minutes on two CPU cores` is missing");
        foreach (string neighbour in new[] { subject.Previous, subject.Next }.OfType<string>())
        {
            if (!opening.Source.Contains($"]({neighbour})", StringComparison.Ordinal))
                yield return new Finding(LintRule.Neighbours, opening.Label, $"a link to {neighbour} is missing");
        }
    }

    private static IEnumerable<Finding> Claim(NotebookCell opening)
    {
        string? paragraph = opening.Source.Split("\n\n")
            .FirstOrDefault(text => text.TrimStart().StartsWith("**Claim.", StringComparison.Ordinal));
        if (paragraph is null)
        {
            yield return new Finding(LintRule.Claim, opening.Label, "a paragraph that starts with `**Claim.**` is missing");
            yield break;
        }

        string text = Mathematics().Replace(paragraph.Replace("**", "", StringComparison.Ordinal).Trim()["Claim.".Length..], "x");
        bool ended = AtTheEnd().IsMatch(text.Trim());
        if (!ended || SentenceEnd().Count(text.Trim()) > SentencesAtMost)
            yield return new Finding(LintRule.Claim, opening.Label, $"the claim must be one to {SentencesAtMost} whole sentences");
    }

    private static Regex Field(string name) => new($@"\*\*{name}[.:]?\*\*");

    [GeneratedRegex(@"^# \d\d · \S")]
    private static partial Regex Title();

    [GeneratedRegex(@"\$[^$]*\$")]
    private static partial Regex Mathematics();

    /// <summary>A stop at the end, or before a new sentence; the dots of "e.g. this" and 0.5 are none.</summary>
    [GeneratedRegex(@"[.!?]['""”)]*(?=\s+[A-Z]|\s*$)")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[.!?]['""”)]*$")]
    private static partial Regex AtTheEnd();
}
