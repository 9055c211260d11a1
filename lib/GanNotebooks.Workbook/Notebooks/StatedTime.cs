using System.Globalization;
using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>The minutes that a notebook's opening cell promises.</summary>
internal static class StatedTime
{
    /// <summary>A day. What promises more has a slip of the pen or worse, and counts as no promise.</summary>
    public const double MinutesAtMost = 24 * 60;

    // Without backtracking: a million times "**Time**" on a line takes no longer than a million other letters.
    private static readonly Regex Stated = new(@"\*\*Time[.:]?\*\*[^\d\n]*(\d+(?:\.\d+)?)\s*minutes?",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>The minutes that the opening cell promises; null if it promises none, or more than a day.</summary>
    public static double? MinutesOf(Notebook notebook)
    {
        var match = Stated.Match(notebook.Cells.FirstOrDefault(cell => cell.Kind is CellKind.Markdown)?.Source ?? "");
        return match.Success && double.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out double minutes)
            && minutes <= MinutesAtMost ? minutes : null;
    }
}
