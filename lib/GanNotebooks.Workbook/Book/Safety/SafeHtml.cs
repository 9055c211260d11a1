using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Ganss.Xss;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// HTML of strangers, cut down to what the book allows: text, tables, folds, pictures that lie in the book, drawings, and the controls of
/// a film. No script, no style sheet, no form, no frame, nothing that loads from elsewhere.
/// </summary>
internal static class SafeHtml
{
    private static readonly string[] Tags =
    [
        "a", "abbr", "b", "blockquote", "br", "button", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details",
        "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "ins", "kbd",
        "label", "li", "mark", "ol", "output", "p", "pre", "q", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
        "svg", "g", "defs", "marker", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
    ];

    private static readonly string[] Attributes =
    [
        "align", "alt", "aria-describedby", "aria-hidden", "aria-label", "checked", "colspan", "data-display", KeptStyle,
        "disabled", "for", "height", "href", "lang", "max", "min", "open", "reversed", "role", "rowspan", "scope", "start", "step",
        "tabindex", "title", "value", "width",
        "cx", "cy", "d", "dx", "dy", "fill-opacity", "font-family", "font-size", "font-style", "font-weight", "markerheight", "markerwidth",
        "opacity", "orient", "points", "preserveaspectratio", "r", "refx", "refy", "rx", "ry", "stroke-dasharray", "stroke-linecap",
        "stroke-linejoin", "stroke-opacity", "stroke-width", "text-anchor", "transform", "viewbox", "x", "x1", "x2", "y", "y1", "y2",
    ];

    // The library's own rules for styles know no clamp() and no grid: styles pass it under this name, and SafeStyle judges them.
    private const string KeptStyle = "data-kept-style";

    // The page's own: a script looks for the first element of such a name.
    private static readonly HashSet<string> Taken = ["main", "contents", "query", "hits", "hitcount", "view"];

    /// <summary>Attributes that depend on their value; each gives the value that is kept, or null.</summary>
    private static readonly Dictionary<string, Func<string, string?>> Conditional = new(StringComparer.OrdinalIgnoreCase)
    {
        ["src"] = value => SafeUrl.IsPicture(value) ? value : null,
        ["id"] = value => Taken.Contains(value) ? null : value,
        ["class"] = SafeClass.Of,
        ["type"] = value => value is "range" or "checkbox" or "button" ? value : null,
        ["fill"] = Paint,
        ["stroke"] = Paint,
        ["marker-end"] = Paint,
        ["marker-start"] = Paint,
    };

    private static readonly Regex Colour = new(@"^(url\(#[\w-]+\)|[\w#-]*|(rgb|rgba|hsl|hsla)\([\d.,%/ ]*\))$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    // What may stand in a heading, and so in a list of contents, inside a link.
    private static readonly string[] WordTags =
        ["b", "code", "del", "em", "i", "ins", "mark", "s", "small", "span", "strong", "sub", "sup", "u"];

    private static readonly HtmlSanitizer Sanitizer = Create(Tags, Attributes), WordSanitizer = Create(WordTags, ["data-display"]);

    /// <summary>The safe part of a piece of HTML. HTML whose shape is refused is shown as text.</summary>
    public static string Of(string html)
    {
        if (HtmlShape.Tidy(html) is not { } tidy)
            return AsText(html);
        lock (Sanitizer)
            return Sanitizer.Sanitize(tidy);
    }

    /// <summary>The same for a title or a heading: words, formulae and code; no links, no names of elements.</summary>
    public static string OfWords(string html)
    {
        if (HtmlShape.Tidy(html) is not { } tidy)
            return WebUtility.HtmlEncode(html);
        lock (WordSanitizer)
            return WordSanitizer.Sanitize(tidy);
    }

    /// <summary>As a block of text, where HTML or Markdown cannot be shown.</summary>
    public static string AsText(string text) => $"<pre class=\"block\" tabindex=\"0\"><code>{WebUtility.HtmlEncode(text)}</code></pre>\n";

    private static HtmlSanitizer Create(string[] tags, string[] attributes)
    {
        var made = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(tags, StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(attributes, StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(["http", "https", "mailto"], StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(["href"], StringComparer.OrdinalIgnoreCase),
            AllowedCssProperties = new HashSet<string>(),
        })
        {
            KeepChildNodes = true,
        };
        made.RemovingAttribute += tags == Tags ? Keep : KeepClass;
        made.FilterUrl += (_, url) => url.SanitizedUrl = SafeUrl.IsLink(url.OriginalUrl) ? url.OriginalUrl : null;
        made.PostProcessNode += Finish;
        return made;
    }

    private static void Keep(object? sender, RemovingAttributeEventArgs removing)
    {
        if (removing.Attribute.Name == "style")
            removing.Tag.SetAttribute(KeptStyle, removing.Attribute.Value);
        if (!Conditional.TryGetValue(removing.Attribute.Name, out var condition) || condition(removing.Attribute.Value) is not { } kept)
            return;
        removing.Attribute.Value = kept;
        removing.Cancel = true;
    }

    private static void KeepClass(object? sender, RemovingAttributeEventArgs removing)
    {
        if (removing.Attribute.Name == "class")
            Keep(sender, removing);
    }

    private static void Finish(object? sender, PostProcessNodeEventArgs processed)
    {
        if (processed.Node is IElement element && element.GetAttribute(KeptStyle) is { } style)
        {
            element.RemoveAttribute(KeptStyle);
            if (SafeStyle.Of(style) is { Length: > 0 } kept)
                element.SetAttribute("style", kept);
        }

        // A picture whose address is not allowed leaves its words.
        if (processed.Node is not IElement { LocalName: "img" } image || image.HasAttribute("src"))
            return;
        var words = processed.Document.CreateElement("em");
        words.ClassName = "file";
        words.TextContent = image.GetAttribute("alt") is { Length: > 0 } alt ? alt : "picture";
        processed.ReplacementNodes.Add(words);
    }

    // A colour, or a part of the same drawing.
    private static string? Paint(string value) => Colour.IsMatch(value) ? value : null;
}
