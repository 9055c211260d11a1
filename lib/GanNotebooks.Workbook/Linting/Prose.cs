using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Linting;

/// <summary>Counts the words of a Markdown text that a reader reads as words.</summary>
internal static partial class Prose
{
    /// <summary>Without code blocks, tags and link targets; a formula counts as one word.</summary>
    public static int Words(string markdown)
    {
        string text = Fence().Replace(markdown, " ");
        text = Display().Replace(text, " formula ");
        text = Inline().Replace(text, " formula ");
        text = Tag().Replace(text, " ");
        text = Target().Replace(text, "]");
        return text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));
    }

    /// <summary>The fenced C# blocks of a Markdown text.</summary>
    public static IEnumerable<string> CSharpBlocks(string markdown) =>
        CSharp().Matches(markdown).Select(match => match.Groups[1].Value.Trim('\n'));

    /// <summary>The folded parts of a text: what the reader clicks, and what appears.</summary>
    public static IEnumerable<(string Summary, string Body)> Folds(string markdown) =>
        Fold().Matches(markdown).Select(match => (match.Groups[1].Value.Trim(), match.Groups[2].Value));

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\$\$.*?\$\$", RegexOptions.Singleline)]
    private static partial Regex Display();

    [GeneratedRegex(@"\$[^$\n]+\$")]
    private static partial Regex Inline();

    [GeneratedRegex(@"<[^>\n]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex Target();

    [GeneratedRegex(@"^```(?:csharp|cs|c#)[^\n]*\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();

    [GeneratedRegex(@"<details[^>]*>\s*<summary>(.*?)</summary>(.*?)</details>", RegexOptions.Singleline)]
    private static partial Regex Fold();
}
