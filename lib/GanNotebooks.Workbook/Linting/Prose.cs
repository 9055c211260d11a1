using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Linting;

/// <summary>Counts the words of a Markdown text that a reader reads as words.</summary>
internal static class Prose
{
    private static readonly Regex Fence = Linear("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline);
    private static readonly Regex Display = Linear(@"\$\$.*?\$\$", RegexOptions.Singleline);
    private static readonly Regex Inline = Linear(@"\$[^$\n]+\$");
    private static readonly Regex Tag = Linear(@"<[^>\n]+>");
    private static readonly Regex Target = Linear(@"\]\([^)]*\)");
    private static readonly Regex CSharp =
        Linear(@"^```(?:csharp|cs|c#)[^\n]*\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline);

    private static readonly Regex Fold =
        Linear(@"<details[^>]*>\s*<summary>(.*?)</summary>(.*?)</details>", RegexOptions.Singleline);

    /// <summary>Without code blocks, tags and link targets; a formula counts as one word.</summary>
    public static int Words(string markdown)
    {
        string text = Fence.Replace(markdown, " ");
        text = Display.Replace(text, " formula ");
        text = Inline.Replace(text, " formula ");
        text = Tag.Replace(text, " ");
        text = Target.Replace(text, "]");
        return text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));
    }

    /// <summary>The fenced C# blocks of a Markdown text.</summary>
    public static IEnumerable<string> CSharpBlocks(string markdown) =>
        CSharp.Matches(markdown).Select(match => match.Groups[1].Value.Trim('\n'));

    /// <summary>The folded parts of a text: what the reader clicks, and what appears.</summary>
    public static IEnumerable<(string Summary, string Body)> Folds(string markdown) =>
        Fold.Matches(markdown).Select(match => (match.Groups[1].Value.Trim(), match.Groups[2].Value));

    // Without backtracking: the time is linear in the text, whatever stands in it.
    private static Regex Linear(string pattern, RegexOptions more = RegexOptions.None) =>
        new(pattern, more | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
