using System.Globalization;
using System.Text.RegularExpressions;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>The minutes that a notebook's opening cell promises, and what follows for its time limit.</summary>
internal static partial class StatedTime
{
    private static readonly TimeSpan Unstated = TimeSpan.FromSeconds(180);

    /// <summary>Starting a process, loading torch and compiling take their time whatever a notebook promises.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(120);

    public static double? MinutesOf(Notebook notebook)
    {
        var match = Stated().Match(notebook.Cells.FirstOrDefault(cell => cell.Kind is CellKind.Markdown)?.Source ?? "");
        return match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Null: no limit. The stated minutes are those of the quick profile, so a full run has none unless it is asked for.</summary>
    public static TimeLimit? LimitOf(Notebook notebook, RunOptions options)
    {
        if (options.Timeout is { } asked)
            return new TimeLimit(asked, OnTheClock: true);
        if (options.Profile is RunProfile.Full)
            return null;
        var limit = MinutesOf(notebook) is { } minutes ? TimeSpan.FromMinutes(3 * minutes) : Unstated;
        return new TimeLimit(limit > Least ? limit : Least, OnTheClock: false);
    }

    [GeneratedRegex(@"\*\*Time[.:]?\*\*[^\d\n]*(\d+(?:\.\d+)?)\s*minutes?", RegexOptions.IgnoreCase)]
    private static partial Regex Stated();
}
