using System.Collections;
using System.Numerics;
using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;

namespace GanNotebooks.Workbook.Execution;

/// <summary>Shows a cell's value as Polyglot Notebooks would.</summary>
internal static class ValueFormatter
{
    private const string html = "text/html";
    private const string plain = "text/plain";

    /// <summary>The value in each form that it has, by MIME type.</summary>
    public static IReadOnlyDictionary<string, string> Format(object value)
    {
        var type = value.GetType();
        // The HTML formatter wraps even a plain number into a style block.
        if (IsPlain(type))
            return new Dictionary<string, string> { [plain] = value.ToDisplayString(plain) };
        if (FromFormatterSource(value, type) is { Count: > 0 } own)
            return own;

        var data = new Dictionary<string, string>();
        foreach (var mimeType in Formatter.GetPreferredMimeTypesFor(type).Prepend(html).Distinct())
            data[mimeType] = value.ToDisplayString(mimeType);
        if (!data.ContainsKey(plain))
            data[plain] = value.ToDisplayString(plain);
        return data;
    }

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(Half) ||
        type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan) || type == typeof(Guid) ||
        type == typeof(BigInteger) || type == typeof(Complex);

    /// <summary>
    /// A type shows itself through an attribute class of a given NAME, whoever defines it. .NET Interactive reads these attributes by
    /// reflection; the released formatting package is older than that, so it is done here in the same way.
    /// </summary>
    private static Dictionary<string, string>? FromFormatterSource(object value, Type type)
    {
        var attribute = type.GetCustomAttributes(true).FirstOrDefault(data => data.GetType().Name == nameof(TypeFormatterSourceAttribute));
        if (Property(attribute, "FormatterSourceType") is not Type sourceType || Activator.CreateInstance(sourceType) is not { } source)
            return null;
        if (sourceType.GetMethod("CreateTypeFormatters", Type.EmptyTypes)?.Invoke(source, null) is not IEnumerable formatters)
            return null;

        var data = new Dictionary<string, string>();
        foreach (var formatter in formatters)
        {
            using var writer = new StringWriter();
            var format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]);
            if (Property(formatter, "MimeType") is string mimeType && format?.Invoke(formatter, [value, writer]) is true)
                data[mimeType] = writer.ToString();
        }

        return data;
    }

    private static object? Property(object? target, string name) =>
        target?.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public)?.GetValue(target);
}
