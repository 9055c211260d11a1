using System.Globalization;

namespace GanNotebooks.Workbook;

/// <summary>A number of things in words: 1 notebook, 2 notebooks.</summary>
internal static class Count
{
    public static string Of(int number, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {thing}{(number == 1 ? "" : "s")}");
}
