using GanNotebooks.Data;

namespace GanNotebooks.Studies;

/// <summary>
/// The list of the runs that the repository records: <c>SHA256SUMS</c> in the folder <c>data/results</c>, as the program sha256sum writes
/// and checks it. Notebooks read what is listed. Another file there, such as a trial of other length, changes nothing.
/// </summary>
internal static class RecordList
{
    /// <summary>Name of the list.</summary>
    public const string FileName = ChecksumList.FileName;

    /// <summary>Chooses the recorded files of a study.</summary>
    /// <param name="results">Folder of the list.</param>
    /// <param name="study">Name of the study, a folder below it.</param>
    /// <param name="tell">Receives a line that names the files which are passed over, if there are any.</param>
    /// <returns>The listed files in the order of their names; all <c>.json</c> files of a folder without a list.</returns>
    /// <exception cref="DataFileException">A listed file does not exist, is not the one that was recorded, or lies
    /// elsewhere.</exception>
    public static IReadOnlyList<string> Files(string results, string study, Action<string> tell)
    {
        string folder = Path.Combine(results, study), list = Path.Combine(results, FileName);
        string[] present = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)]
            : throw new DataFileException(folder, "a folder of recorded results", "none");
        if (!File.Exists(list))
            return present;
        var listed = ChecksumList.Lines(list).Where(line => line.File.StartsWith(study + "/", StringComparison.Ordinal))
            .ToDictionary(line => Path.Combine(results, study, line.File[(study.Length + 1)..]), line => line.Sum, StringComparer.Ordinal);
        string[] others = [.. present.Where(file => !listed.ContainsKey(file)).Select(file => Path.GetFileName(file))];
        if (others.Length > 0)
            tell($"Passed over in {study}, because data/results/{FileName} does not list it: {Printable(string.Join(", ", others))}");
        foreach (var (file, sum) in listed)
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) != Path.GetFullPath(folder))
                throw new DataFileException(list, $"names of files in {study}", "one that leads elsewhere");
            ChecksumList.Verify(file, sum);
        }

        return [.. listed.Keys.Order(StringComparer.Ordinal)];
    }

    // A terminal would obey control characters in the name of a file.
    private static string Printable(string names) => string.Concat(names.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
