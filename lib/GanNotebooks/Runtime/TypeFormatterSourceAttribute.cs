namespace GanNotebooks.Runtime;

/// <summary>
/// Tells a notebook host how to show a type. .NET Interactive finds this attribute by its name, so that the library needs none of the
/// host's packages.
/// </summary>
/// <param name="formatterSourceType">A class with a parameterless constructor and a method <c>CreateTypeFormatters</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The class that makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The representation that the host should ask for first.</summary>
    public string[] PreferredMimeTypes { get; set; } = ["text/html"];
}
