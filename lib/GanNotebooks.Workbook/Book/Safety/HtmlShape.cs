using System.Text;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// Looks at the tags of HTML before a parser does. A parser may need the square of the length, or a stack as deep as the text is long:
/// each unclosed element is closed again for each block, and a tree of 100,000 levels is walked by recursion. What is so shaped is refused.
/// </summary>
internal static class HtmlShape
{
    /// <summary>Elements that may be open at once. The deepest output of the course has 12.</summary>
    public const int DepthAtMost = 200;

    /// <summary>Attributes of one element.</summary>
    public const int AttributesAtMost = 60;

    /// <summary>Tags in all. A parser takes up to a millisecond for each; outputs of the course have a few thousand.</summary>
    public const int TagsAtMost = 30_000;

    /// <summary>Elements that a parser may have to make again: open formatting elements, summed over all tags.</summary>
    public const int RepeatedAtMost = 200_000;

    private static readonly HashSet<string> Void =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

    private static readonly HashSet<string> Formatting =
        ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

    // Their content is no HTML, or is parsed by rules of its own. None is allowed in the book, so they leave with what they contain.
    private static readonly HashSet<string> Opaque =
        ["iframe", "math", "noembed", "noframes", "noscript", "object", "plaintext", "script", "select", "style", "template", "textarea",
            "title", "xmp"];

    // Inside a drawing a slash closes these; elsewhere a parser leaves them open.
    private static readonly HashSet<string> Drawing =
        ["svg", "g", "defs", "marker", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"];

    /// <summary>
    /// The HTML without comments and without opaque elements such as scripts, or null when its shape is refused. One pass.
    /// </summary>
    public static string? Tidy(string html)
    {
        var tidy = new StringBuilder(html.Length);
        var open = new List<string>();
        int formatting = 0, repeated = 0, tags = 0;
        bool drawing = false;
        for (int at = 0; at < html.Length;)
        {
            int next = html.IndexOf('<', at);
            tidy.Append(html, at, (next < 0 ? html.Length : next) - at);
            if (next < 0)
                break;
            if (TagAt(html, next) is not { } tag)
            {
                at = AfterNonTag(html, next, tidy);
                continue;
            }

            at = tag.End;
            if (Opaque.Contains(tag.Name))
            {
                if (!tag.Closes)
                    at = AfterOpaque(html, tag);
                continue;
            }

            if (++tags > TagsAtMost || tag.Attributes > AttributesAtMost || (repeated += formatting) > RepeatedAtMost)
                return null;
            drawing = Drawing.Contains(tag.Name) && (drawing || tag.Name == "svg") && !(tag.Closes && tag.Name == "svg");
            if (tag.Closes)
            {
                // Only this one: what a wrong order leaves open inside it may stay open in a parser's view.
                int place = open.LastIndexOf(tag.Name);
                if (place >= 0)
                {
                    open.RemoveAt(place);
                    formatting -= Formatting.Contains(tag.Name) ? 1 : 0;
                }
            }
            else if (!Void.Contains(tag.Name) && !(drawing && tag.ClosesItself))
            {
                open.Add(tag.Name);
                formatting += Formatting.Contains(tag.Name) ? 1 : 0;
            }

            if (open.Count > DepthAtMost)
                return null;
            tidy.Append(html, next, tag.End - next);
        }

        return tidy.Replace("\0", "").ToString();
    }

    /// <summary>The tag that begins at a "&lt;"; null when none begins there or when it has no end.</summary>
    private static Tag? TagAt(string html, int start)
    {
        int at = start + 1;
        bool closes = at < html.Length && html[at] == '/';
        if (closes)
            at++;
        if (at >= html.Length || !char.IsAsciiLetter(html[at]))
            return null;
        int name = at;
        while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('/' or '>'))
            at++;
        string word = html[name..at].ToLowerInvariant();
        bool slash = false;
        for (int attributes = 0; at < html.Length;)
        {
            char letter = html[at];
            if (letter == '>')
                return new Tag(word, closes, slash, attributes, at + 1);
            slash = letter == '/';
            if (slash || IsSpace(letter))
            {
                at++;
                continue;
            }

            attributes++;
            at = AfterAttribute(html, at);
        }

        return null;
    }

    private static int AfterAttribute(string html, int at)
    {
        at++; // a name may begin with "="
        while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('/' or '>' or '='))
            at++;
        int sign = at;
        while (sign < html.Length && IsSpace(html[sign]))
            sign++;
        if (sign >= html.Length || html[sign] != '=')
            return at;
        at = sign + 1;
        while (at < html.Length && IsSpace(html[at]))
            at++;
        if (at < html.Length && html[at] is '"' or '\'')
        {
            int quote = html.IndexOf(html[at], at + 1);
            return quote < 0 ? html.Length : quote + 1;
        }

        while (at < html.Length && !IsSpace(html[at]) && html[at] != '>')
            at++;
        return at;
    }

    // Comments and declarations leave. A "<" that begins nothing is text.
    private static int AfterNonTag(string html, int start, StringBuilder tidy)
    {
        if (html.AsSpan(start).StartsWith("<!--", StringComparison.Ordinal))
        {
            int end = html.IndexOf("-->", start + 2, StringComparison.Ordinal);
            return end < 0 ? html.Length : end + 3;
        }

        char following = start + 1 < html.Length ? html[start + 1] : ' ';
        if (following is '!' or '?' or '/' || char.IsAsciiLetter(following))
        {
            int end = html.IndexOf('>', start);
            return end < 0 ? html.Length : end + 1;
        }

        tidy.Append("&lt;");
        return start + 1;
    }

    private static int AfterOpaque(string html, Tag tag)
    {
        int end = html.IndexOf("</" + tag.Name, tag.End, StringComparison.OrdinalIgnoreCase);
        if (end < 0)
            return html.Length;
        int close = html.IndexOf('>', end);
        return close < 0 ? html.Length : close + 1;
    }

    private static bool IsSpace(char letter) => letter is ' ' or '\t' or '\n' or '\r' or '\f';

    private sealed record Tag(string Name, bool Closes, bool ClosesItself, int Attributes, int End);
}
