using System.Globalization;
using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>The threads that a notebook gives to torch in the cell that opens its lab: <c>Lab.Open("10", threads: 2)</c>.</summary>
internal static class StatedThreads
{
    /// <summary>The number in the first such cell; 1, which is the lab's own default, if there is none.</summary>
    public static int Of(Notebook notebook) => notebook.CodeCells
        .Select(cell => Stated.Match(cell.Source))
        .Where(match => match.Success)
        .Select(match => int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out int threads) ? Math.Max(1, threads) : 1)
        .FirstOrDefault(1);

    // Up to the end of the call's arguments, none of which has a parenthesis in any notebook of the course.
    private static readonly Regex Stated = new(@"\bLab\.Open\([^)]*\bthreads:\s*(\d+)",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
