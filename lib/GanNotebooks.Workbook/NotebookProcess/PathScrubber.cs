using System.Text;
using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.NotebookProcess;

/// <summary>
/// Removes this machine's folders from text that will be saved. Files of the clone become relative; other paths keep the part that is
/// meaningful elsewhere.
/// </summary>
internal sealed class PathScrubber
{
    private const string Word = " in ", Ending = ":line";
    private static readonly char[] PathEnds = [':', '\n'], Separators = ['/', '\\'];

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

        return WithoutFolders(text);
    }

    /// <summary>The folder as a whole word; where it is to vanish, its files' separator goes with it.</summary>
    private static Regex Pattern(string folder, bool vanishes) =>
        new(@"(?<![\w.])" + Regex.Escape(folder) + (vanishes ? @"(?:([/\\])|(?![\w-]))" : @"(?![\w-])"), RegexOptions.CultureInvariant);

    /// <summary>
    /// Stack frames of code that was built elsewhere contain a path of that machine: <c> in /some/folder/File.cs:line 3</c>. Only the file
    /// name is kept. Each letter is looked at a few times, whatever the text: an output may be a megabyte.
    /// </summary>
    private static string WithoutFolders(string text)
    {
        var cleaned = new StringBuilder();
        int copied = 0;
        for (int line = 0; (line = text.IndexOf(Ending, line, StringComparison.Ordinal)) >= 0; line += Ending.Length)
        {
            // The path holds no colon but that of a drive, and ends here.
            int before = line == 0 ? -1 : Math.Max(copied - 1, text.LastIndexOfAny(PathEnds, line - 1, line - copied));
            int start = FrameStart(text, before, line, copied);
            int name = start < 0 ? -1 : text.LastIndexOfAny(Separators, line - 1, line - start) + 1;
            if (name <= 0 || name == line)
                continue;
            cleaned.Append(text, copied, start - copied).Append(Word).Append(text, name, line - name);
            copied = line;
        }

        return cleaned.Length == 0 ? text : cleaned.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Where " in /" or " in C:\\" begins, of a path that ends at <paramref name="end"/>; -1 when there is none.</summary>
    private static int FrameStart(string text, int before, int end, int least)
    {
        int drive = before - Word.Length - 1;
        if (before >= 0 && text[before] == ':' && drive >= least && char.IsAsciiLetter(text[before - 1])
            && text.AsSpan(drive, Word.Length).SequenceEqual(Word) && before + 1 < end && text[before + 1] is '/' or '\\')
        {
            return drive;
        }

        for (int at = before + 1; (at = text.IndexOf(Word, at, end - at, StringComparison.Ordinal)) >= 0; at++)
        {
            if (at + Word.Length < end && text[at + Word.Length] is '/' or '\\')
                return at;
        }

        return -1;
    }
}
