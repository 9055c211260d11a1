namespace GanNotebooks.Runtime;

/// <summary>Creates the formatters of every <see cref="IShowable"/>: HTML, and plain text.</summary>
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

/// <summary>
/// Tells a notebook host how to show a type. .NET Interactive finds this attribute by its name. The package has one, too; with that one,
/// reading a type's attributes would need the package in every host.
/// </summary>
/// <param name="formatterSourceType">A class with a parameterless constructor and a method <c>CreateTypeFormatters</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The class that makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>
    /// The representations that the host should request: plain text beside HTML, for terminals, exports and screen readers.
    /// </summary>
    public string[] PreferredMimeTypes { get; set; } = ["text/html", "text/plain"];
}
