namespace GanNotebooks.Runtime;

/// <summary>Something that a cell can end with: it has a rich form and a plain one.</summary>
public interface IShowable
{
    /// <summary>The rich form: a fragment of HTML that needs no network.</summary>
    string ToHtml();

    /// <summary>The plain form, for terminals and for hosts that show no HTML.</summary>
    string ToText();
}

/// <summary>A piece of HTML with its plain-text form.</summary>
/// <param name="html">The content as HTML.</param>
/// <param name="text">The content as plain text.</param>
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
