using System.Globalization;

namespace GanNotebooks.Theory;

/// <summary>Culture-independent text for numbers.</summary>
internal static class Text
{
    public static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
