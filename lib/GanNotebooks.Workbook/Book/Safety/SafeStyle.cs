using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// The declarations of a style attribute that the book keeps: sizes, colours, letters and boxes. Nothing that loads a file and nothing that
/// leaves the place of its element.
/// </summary>
internal static class SafeStyle
{
    private static readonly HashSet<string> Properties =
    [
        "align-items", "background", "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left",
        "border-radius", "border-right", "border-spacing", "border-style", "border-top", "border-width", "color", "column-gap", "columns",
        "cursor", "display", "fill", "fill-opacity", "flex", "flex-direction", "flex-wrap", "font", "font-family", "font-size",
        "font-style", "font-variant", "font-variant-numeric", "font-weight", "gap", "grid-template-columns", "height", "image-rendering",
        "justify-content", "line-height", "list-style-type", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top",
        "max-height", "max-width", "min-height", "min-width", "opacity", "overflow", "overflow-x", "padding", "padding-bottom",
        "padding-left", "padding-right", "padding-top", "row-gap", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
        "stroke-opacity", "stroke-width", "text-align", "text-anchor", "text-decoration", "text-indent", "text-transform",
        "vertical-align", "white-space", "width", "word-break",
    ];

    private static readonly HashSet<string> Functions =
        ["calc", "clamp", "hsl", "hsla", "max", "min", "minmax", "oklch", "repeat", "rgb", "rgba", ""];

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private static readonly Regex Value = new("""^[\w\s#%.,+*()/'"-]*$""", Linear);
    private static readonly Regex Call = new(@"([\w-]*)\s*\(", Linear);

    /// <summary>What is kept, as a style attribute; empty when nothing is. A negative margin would lay an element over others.</summary>
    public static string Of(string style) => string.Join(';', style.Split(';').Select(part => part.Trim()).Where(IsKept));

    private static bool IsKept(string declaration)
    {
        int colon = declaration.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !Properties.Contains(declaration[..colon].TrimEnd().ToLowerInvariant()))
            return false;
        string value = declaration[(colon + 1)..];
        bool margin = declaration.StartsWith("margin", StringComparison.OrdinalIgnoreCase);
        return Value.IsMatch(value) && !value.Contains("/*", StringComparison.Ordinal)
            && !(margin && value.Contains('-', StringComparison.Ordinal))
            && Call.Matches(value).All(call => Functions.Contains(call.Groups[1].Value.ToLowerInvariant()));
    }
}
