using System.Security.Cryptography;

namespace GanNotebooks.Data;

/// <summary>
/// The file <c>SHA256SUMS</c> of a folder below <c>data</c>, as the program sha256sum writes and checks it. It tells the files that the
/// repository recorded from others.
/// </summary>
internal static class ChecksumList
{
    /// <summary>Name of the list.</summary>
    public const string FileName = "SHA256SUMS";

    /// <summary>The lines of a list: checksum and path, with slashes, from the folder of the list.</summary>
    public static IEnumerable<(string Sum, string File)> Lines(string list) =>
        File.ReadLines(list).Select(line => line.Split("  ", 2)).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]));

    /// <summary>Compares a file with its checksum.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="sum">The recorded checksum, in lower case.</param>
    /// <exception cref="DataFileException">The file is missing or it is not the recorded one. The message names both checksums and the
    /// command that restores the file.</exception>
    public static void Verify(string file, string sum)
    {
        string remedy = $"; git checkout -- {Shown(file)} restores it";
        if (!File.Exists(file))
            throw new DataFileException(file, $"the file that {FileName} lists", "no such file" + remedy);
        using var stream = DataFiles.OpenRead(file);
        string found = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (found != sum)
            throw new DataFileException(file, $"the content with SHA-256 {sum}, which {FileName} lists", $"SHA-256 {found}{remedy}");
    }

    // From the root of the repository, where the command is typed.
    private static string Shown(string file)
    {
        string full = Path.GetFullPath(file);
        string[] parts = full.Split(Path.DirectorySeparatorChar);
        int data = Array.LastIndexOf(parts, "data");
        return data < 0 ? full : string.Join('/', parts[data..]);
    }
}
