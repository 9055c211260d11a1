using System.Net;
using System.Text;

namespace GanNotebooks.Workbook.Book;

/// <summary>Small helpers for writing HTML by hand.</summary>
internal static class Html
{
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    public static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    /// <summary>A heading's anchor: lower case letters and digits with hyphens, unique among those taken.</summary>
    public static string Anchor(string text, ISet<string> taken)
    {
        var slug = new StringBuilder();
        foreach (var letter in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter))
                slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var stem = slug.ToString().Trim('-') is { Length: > 0 } made ? made : "section";
        var id = stem;
        for (var copy = 2; !taken.Add(id); copy++)
            id = $"{stem}-{copy}";
        return id;
    }
}
