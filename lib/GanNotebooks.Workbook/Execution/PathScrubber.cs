using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Execution;

/// <summary>
/// Takes this machine's folders out of text that will be written down: files of the clone become relative, others keep the part that
/// means something elsewhere.
/// </summary>
internal sealed partial class PathScrubber
{
    private readonly (string Folder, string Instead)[] folders;

    public PathScrubber(string root, params (string Folder, string Instead)[] others)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        folders =
        [
            .. others.Append((root, ".")).Append((Path.GetTempPath(), "[temp]")).Append((home, "~"))
                .Append((RuntimeFolder, "[dotnet]"))
                .Select(pair => (Path.TrimEndingDirectorySeparator(pair.Item1), pair.Item2))
                .Where(pair => pair.Item1.Length > 1)
                .OrderByDescending(pair => pair.Item1.Length),
        ];
    }

    private static string RuntimeFolder => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    public string Clean(string text)
    {
        foreach (var (folder, instead) in folders)
        {
            if (!text.Contains(folder, StringComparison.Ordinal))
                continue;
            if (instead == ".")
                text = text.Replace(folder + "/", "", StringComparison.Ordinal).Replace(folder + "\\", "", StringComparison.Ordinal);
            text = text.Replace(folder, instead, StringComparison.Ordinal);
        }

        return SourceOfFrame().Replace(text, " in $1:line");
    }

    /// <summary>Frames of code that was built elsewhere name a path of that machine; the file's name is enough.</summary>
    [GeneratedRegex(@" in (?:[A-Za-z]:)?[/\\](?:[^:\n]*[/\\])?([^:/\\\n]+):line")]
    private static partial Regex SourceOfFrame();
}
