using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>
/// Takes this machine's folders out of text that will be written down: files of the clone become relative, others keep the part that
/// means something elsewhere.
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

    /// <summary>Frames of code that was built elsewhere name a path of that machine; the file's name is enough.</summary>
    [GeneratedRegex(@" in (?:[A-Za-z]:)?[/\\](?:[^:\n]*[/\\])?([^:/\\\n]+):line")]
    private static partial Regex SourceOfFrame();
}
