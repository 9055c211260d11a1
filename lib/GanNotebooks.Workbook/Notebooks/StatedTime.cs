using System.Globalization;
using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>The minutes that a notebook's opening cell promises.</summary>
internal static partial class StatedTime
{
    /// <summary>The minutes that the opening cell promises; null if it promises none.</summary>
    public static double? MinutesOf(Notebook notebook)
    {
        var match = Stated().Match(notebook.Cells.FirstOrDefault(cell => cell.Kind is CellKind.Markdown)?.Source ?? "");
        return match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"\*\*Time[.:]?\*\*[^\d\n]*(\d+(?:\.\d+)?)\s*minutes?", RegexOptions.IgnoreCase)]
    private static partial Regex Stated();
}
