using System.Globalization;
using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Notebooks;

/// <summary>
/// The text of a cell for the presenter. Its first line may say how long the slide takes: <c>**3 minutes.**</c> An editor shows such a cell
/// like any other, so the text stands in a fold, or a reader would meet answers before the questions are tried.
/// </summary>
internal static partial class SpeakerNote
{
    /// <summary>The longest that one slide may take.</summary>
    public const double MinutesAtMost = 240;

    /// <summary>What a fold begins and ends with.</summary>
    public const string FoldBegins = "<details><summary>For the speaker</summary>", FoldEnds = "</details>";

    /// <summary>Whether the text stands in a fold.</summary>
    public static bool IsFolded(string note)
    {
        string text = note.Trim();
        return text.StartsWith(FoldBegins + "\n", StringComparison.Ordinal) && text.EndsWith("\n" + FoldEnds, StringComparison.Ordinal);
    }

    /// <summary>The text without its fold.</summary>
    public static string Unfolded(string note) => IsFolded(note) ? note.Trim()[FoldBegins.Length..^FoldEnds.Length].Trim() : note;

    /// <summary>The minutes in the first line; null when it states none that can be read.</summary>
    public static double? MinutesOf(string note)
    {
        var match = Stated().Match(FirstLine(note));
        return match.Success && double.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out double minutes)
            && minutes is > 0 and <= MinutesAtMost ? minutes : null;
    }

    /// <summary>Whether the first line means to state minutes, and does so in a form that is not read.</summary>
    public static bool IsMisspelled(string note) => MinutesOf(note) is null && Meant().IsMatch(FirstLine(note));

    /// <summary>Minutes in words, such as "45 minutes".</summary>
    public static string InWords(double minutes) =>
        minutes.ToString("0.#", CultureInfo.InvariantCulture) + (minutes == 1 ? " minute" : " minutes");

    private static string FirstLine(string note) => Unfolded(note).TrimStart('\n', '\r').Split('\n')[0].Trim();

    [GeneratedRegex(@"^\*\*(\d{1,4}(?:\.\d{1,2})?) minutes?\.\*\*(?:\s|$)")]
    private static partial Regex Stated();

    [GeneratedRegex(@"^[*_ ]{0,4}(?:about |ca\.? |some |~)?[\d.,½¼]+ ?-?min", RegexOptions.IgnoreCase)]
    private static partial Regex Meant();
}
