using System.CommandLine;
using GanNotebooks.Workbook.Doctor;

namespace GanNotebooks.Workbook.Commands;

/// <summary>Options that are folders, files and programs. What is wrong with a path is said before anything is done.</summary>
internal static class PathOptions
{
    private const int LongestPath = 4000, LongestName = 255;

    /// <summary>An option that names a folder to write, which need not be there yet.</summary>
    public static Option<string?> Folder(string name, string description) => Checked(name, description, "folder", WrongFolder);

    /// <summary>An option that names a file to write.</summary>
    public static Option<string?> NewFile(string name, string description) => Checked(name, description, "file", path =>
        Directory.Exists(path) ? $"{OneLine.Value(path)} is a folder; it must be a file, or not be there yet."
        : Above(path) is { } file ? $"{OneLine.Value(file)} is a file, so nothing can be in it."
        : null);

    /// <summary>An argument that names a folder, which need not be there yet.</summary>
    public static Argument<string> FolderArgument(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && ((token.Value.StartsWith('-') ? $"there is no option {OneLine.Value(token.Value)}." : null)
                ?? Wrong(token.Value) ?? WrongFolder(token.Value)) is { } reason)
            {
                result.AddError($"{name}: {reason}");
            }
        });
        return argument;
    }

    /// <summary>An option that names a file to read.</summary>
    public static Option<string?> ExistingFile(string name, string description) => Checked(name, description, "file", path =>
        Directory.Exists(path) ? $"{OneLine.Value(path)} is a folder; it must be a file."
        : File.Exists(path) ? null : $"there is no file '{OneLine.Value(path)}'.");

    /// <summary>An option that names a folder to read.</summary>
    public static Option<string?> ExistingFolder(string name, string description) => Checked(name, description, "folder", path =>
        Directory.Exists(path) ? null : $"there is no folder '{OneLine.Value(path)}'.");

    /// <summary>An option that names a program, by its path or by a name on the PATH.</summary>
    public static Option<string?> Program(string name, string description) => Checked(name, description, "program", path =>
        Directory.Exists(path) ? $"{OneLine.Value(path)} is a folder; it must be a program."
        : File.Exists(path) ? Startable(path) ? null : $"{OneLine.Value(path)} is a file that cannot be started."
        : !path.Contains('/', StringComparison.Ordinal) && ShellCommand.Find(path) is not null ? null
        : $"there is no program '{OneLine.Value(path)}'.");

    /// <summary>What is wrong with a text as a path, whatever it names; null for nothing.</summary>
    public static string? Wrong(string path) =>
        string.IsNullOrWhiteSpace(path) ? "the name is empty."
        : path.Any(char.IsControl) ? $"'{OneLine.Value(path)}' has control characters in it."
        : path.Any(char.IsSurrogate) && path.EnumerateRunes().Any(rune => rune.Value == 0xfffd) ? $"'{OneLine.Value(path)}' is no text."
        : path.Length > LongestPath || path.Split('/', '\\').Any(part => part.Length > LongestName)
            ? $"'{OneLine.Value(path)}' is too long for a name."
        : null;

    private static string? WrongFolder(string path) =>
        File.Exists(path) ? $"{OneLine.Value(path)} is a file; it must be a folder, or not be there yet."
        : Above(path) is { } file ? $"{OneLine.Value(file)} is a file, so nothing can be in it."
        : null;

    // A file among the folders that a path goes through.
    private static string? Above(string path)
    {
        for (string? at = Path.GetDirectoryName(Path.GetFullPath(path)); at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(at))
                return at;
        }

        return null;
    }

    private static bool Startable(string path) =>
        OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    private static Option<string?> Checked(string name, string description, string kind, Func<string, string?> wrong)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = kind };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (Wrong(token.Value) ?? wrong(token.Value)) is { } reason)
                result.AddError($"{name}: {reason}");
        });
        return option;
    }
}
