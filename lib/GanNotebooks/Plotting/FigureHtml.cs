using System.Net;

namespace GanNotebooks.Plotting;

/// <summary>The frame that all figures share: a title above, and below it the words that say what there is to see.</summary>
internal static class FigureHtml
{
    /// <summary>Wraps the drawing. The words stand once, as text: a screen reader reads what everybody reads.</summary>
    /// <param name="title">One line above; nothing when empty.</param>
    /// <param name="words">The caption below.</param>
    /// <param name="drawing">HTML.</param>
    public static string Wrap(string title, string words, string drawing) => $"""
        <figure class="gan-figure" style="margin:1em 0">{Title(title)}
        {drawing}
        <div class="gan-caption" style="font-size:.88em;line-height:1.4;opacity:.8;max-width:46em;margin-top:.3em">{WebUtility.HtmlEncode(words)}</div></figure>
        """;

    private static string Title(string title) =>
        title.Length == 0 ? "" : $"<figcaption style=\"font-weight:600\">{WebUtility.HtmlEncode(title)}</figcaption>";
}
