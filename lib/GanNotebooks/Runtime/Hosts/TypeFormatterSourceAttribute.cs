namespace GanNotebooks.Runtime;

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

    /// <summary>The representations that the host should ask for: plain text stands beside HTML for terminals, exports and screen readers.</summary>
    public string[] PreferredMimeTypes { get; set; } = ["text/html", "text/plain"];
}
