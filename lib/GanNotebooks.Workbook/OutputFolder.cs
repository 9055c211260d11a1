using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook;

/// <summary>
/// Where output goes: the folder that the reader named, or else <c>out/</c> of the repository, or, in a checkout that the reader may not
/// write, a folder of the reader's own.
/// </summary>
internal static class OutputFolder
{
    private const string OfReader = "own";

    /// <summary>
    /// Chooses the folder of some notebooks. Where nobody names one, notebooks of the reader's own have a folder below that of the course,
    /// so that they leave the course's book and report alone.
    /// </summary>
    /// <param name="notebooks">The notebooks to run or to print.</param>
    /// <exception cref="UsageException">The folder cannot be written.</exception>
    public static string Of(Repository repository, IReadOnlyList<string> notebooks, string? asked, string option, Action<string> say)
    {
        string folder = Of(repository, asked, option, say);
        if (asked is not null || notebooks.Count == 0 || notebooks.Any(repository.IsOfCourse))
            return folder;
        string own = Path.Combine(folder, OfReader);
        return Obstacle(own) is { } obstacle
            ? throw new UsageException($"{own} cannot be written: {obstacle} {option} names another folder.")
            : own;
    }

    /// <summary>Chooses the folder and creates it.</summary>
    /// <param name="asked">What the option says; null for the default.</param>
    /// <param name="option">The option's name, for messages.</param>
    /// <param name="say">Takes the one line that tells of a folder which nobody asked for.</param>
    /// <exception cref="UsageException">The folder cannot be written.</exception>
    public static string Of(Repository repository, string? asked, string option, Action<string> say)
    {
        if (asked is not null)
        {
            string folder = Path.GetFullPath(asked);
            return Obstacle(folder) is { } reason
                ? throw new UsageException($"{option}: {folder} cannot be written: {reason} Name another folder.")
                : folder;
        }

        if (Obstacle(repository.Output) is not { } obstacle)
            return repository.Output;
        foreach (string own in Own())
        {
            if (!IsOurs(Path.GetDirectoryName(own)!) || Obstacle(own) is not null)
                continue;
            say($"{repository.Output} cannot be written, so the output goes to {own}; {option} names another folder.");
            return own;
        }

        throw new UsageException($"{repository.Output} cannot be written: {obstacle} {option} names another folder.");
    }

    /// <summary>Folders that belong to the reader: below the data folder of the home, and in the temporary folder.</summary>
    internal static IEnumerable<string> Own()
    {
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify);
        if (data != "")
            yield return Path.Combine(data, "gan-notebooks", "out");
        yield return Path.Combine(Path.GetTempPath(), $"gan-notebooks-{Environment.UserName}", "out");
    }

    // In the temporary folder anybody may have made a folder or a link of this name. Only its owner may change its rights.
    private static bool IsOurs(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                return true;
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(folder, owner);
            File.SetUnixFileMode(folder, owner);
            return new DirectoryInfo(folder).LinkTarget is null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Refuses a folder in which `run` and `book` would follow a link or replace what they have not written.</summary>
    /// <exception cref="UsageException">There is such a link or file; the message names it.</exception>
    public static void RequireOwn(string folder, string option)
    {
        foreach (string name in new[] { "book", "notebooks", "slides", Path.Combine("book", "assets"), Path.Combine("book", "files") })
        {
            if (new DirectoryInfo(Path.Combine(folder, name)).LinkTarget is { } target)
            {
                throw new UsageException(
                    $"{option}: {Path.Combine(folder, name)} is a link to {target}; nothing is written through it. Remove it.");
            }
        }

        string tries = Path.Combine(folder, "exercise-tries.json");
        if (new FileInfo(tries).LinkTarget is { } elsewhere)
            throw new UsageException($"{option}: {tries} is a link to {elsewhere}; nothing is written through it. Remove it.");
        string page = Path.Combine(folder, "book", "index.html"), report = Path.Combine(folder, "report.json");
        if (File.Exists(page) && !File.Exists(Path.Combine(folder, "book", "assets", "book.css")))
            throw new UsageException($"{option}: {page} is no page of this book, and would be replaced. Name another folder.");
        if (File.Exists(report) && RegularFile.Fault(report) is null
            && !RegularFile.ReadText(report).Contains("\"notebooks\"", StringComparison.Ordinal))
        {
            throw new UsageException($"{option}: {report} is no report of a run, and would be replaced. Name another folder.");
        }
    }

    /// <summary>Why a folder cannot be written; null when it can. The folder is created.</summary>
    internal static string? Obstacle(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
                return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message.TrimEnd('.') + ".";
        }
    }
}
