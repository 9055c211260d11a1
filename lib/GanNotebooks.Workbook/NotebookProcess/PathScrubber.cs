using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>
/// Removes this machine's folders from text that will be saved. Files of the clone become relative; other paths keep the part that is
/// meaningful elsewhere.
/// </summary>
internal sealed partial class PathScrubber
{
    private readonly (string Folder, Regex Pattern, string Instead)[] folders;

    public PathScrubber(string root, params (string Folder, string Instead)[] others)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        folders =
        [
            .. others.Append((root, ".")).Append((Path.GetTempPath(), "[temp]")).Append((home, "~")).Append((RuntimeFolder, "[dotnet]"))
                .Select(pair => (Folder: Path.TrimEndingDirectorySeparator(pair.Item1), pair.Item2))
                .Where(pair => pair.Folder.Length > 1)
                .OrderByDescending(pair => pair.Folder.Length)
                .Select(pair => (pair.Folder, Pattern(pair.Folder, pair.Item2 == "."), pair.Item2)),
        ];
    }

    private static string RuntimeFolder =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    public string Clean(string text)
    {
        foreach (var (folder, pattern, instead) in folders)
        {
            // Outputs may be megabytes of figure data, and few name a folder.
            if (text.Contains(folder, StringComparison.Ordinal))
                text = pattern.Replace(text, match => match.Groups[1].Success ? "" : instead);
        }

        return SourceOfFrame().Replace(text, " in $1:line");
    }

    /// <summary>The folder as a whole word; where it is to vanish, its files' separator goes with it.</summary>
    private static Regex Pattern(string folder, bool vanishes) =>
        new(@"(?<![\w.])" + Regex.Escape(folder) + (vanishes ? @"(?:([/\\])|(?![\w-]))" : @"(?![\w-])"), RegexOptions.CultureInvariant);

    /// <summary>Stack frames of code that was built elsewhere contain a path of that machine; only the file name is kept.</summary>
    [GeneratedRegex(@" in (?:[A-Za-z]:)?[/\\](?:[^:\n]*[/\\])?([^:/\\\n]+):line")]
    private static partial Regex SourceOfFrame();
}
