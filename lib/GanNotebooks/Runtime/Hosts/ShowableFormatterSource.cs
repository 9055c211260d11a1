namespace GanNotebooks.Runtime;

/// <summary>Makes the formatters of every <see cref="IShowable"/>: HTML, and plain text.</summary>
public sealed class ShowableFormatterSource
{
    /// <summary>Called by the notebook host.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [new HtmlFormatter(), new TextFormatter()];

    /// <summary>Writes the HTML form.</summary>
    public sealed class HtmlFormatter
    {
        /// <summary>The representation this formatter writes.</summary>
        public string MimeType => "text/html";

        /// <summary>Writes <paramref name="instance"/>; false when it is nothing this formatter knows.</summary>
        public bool Format(object instance, TextWriter writer) => Write((instance as IShowable)?.ToHtml(), writer);
    }

    /// <summary>Writes the plain form.</summary>
    public sealed class TextFormatter
    {
        /// <summary>The representation this formatter writes.</summary>
        public string MimeType => "text/plain";

        /// <summary>Writes <paramref name="instance"/>; false when it is nothing this formatter knows.</summary>
        public bool Format(object instance, TextWriter writer) => Write((instance as IShowable)?.ToText(), writer);
    }

    private static bool Write(string? text, TextWriter writer)
    {
        writer?.Write(text);
        return text is not null;
    }
}
