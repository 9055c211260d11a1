namespace GanNotebooks.Runtime;

/// <summary>A piece of HTML with its plain-text form.</summary>
/// <param name="html">The rich form.</param>
/// <param name="text">The plain form.</param>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class HtmlFragment(string html, string text) : IShowable
{
    /// <inheritdoc/>
    public string ToHtml() => html;

    /// <inheritdoc/>
    public string ToText() => text;

    /// <inheritdoc/>
    public override string ToString() => text;
}
