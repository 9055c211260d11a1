namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Where a type's way of showing itself is registered.</summary>
public static class Formatter
{
    public static IDictionary<(Type Type, string MimeType), Action<object, TextWriter>> Registered { get; } = new Dictionary<(Type, string), Action<object, TextWriter>>();

    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = "text/plain") => Registered[(type, mimeType)] = formatter;
}
