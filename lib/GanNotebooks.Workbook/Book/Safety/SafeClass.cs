namespace GanNotebooks.Workbook.Book;

/// <summary>
/// The class names that HTML of strangers may have: those of the library's outputs, of the kernel's tables, of Markdown and of code. The
/// page's own names, such as that of a verdict or of the open menu, are none of them.
/// </summary>
internal static class SafeClass
{
    private const string OfLibrary = "gan-", OfKernel = "dni-", OfFootnotes = "footnote";

    // One letter: the parts of coloured code.
    private static readonly HashSet<string> Names = ["math", "prose-table", "block", "file", "drawing", "d", "c", "k", "s", "n", "t", "m"];

    /// <summary>The names that stay; null when none does.</summary>
    public static string? Of(string names)
    {
        string kept = string.Join(' ', names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(IsKept));
        return kept == "" ? null : kept;
    }

    private static bool IsKept(string name) => Names.Contains(name) || name.StartsWith(OfLibrary, StringComparison.Ordinal)
        || name.StartsWith(OfKernel, StringComparison.Ordinal) || name.StartsWith(OfFootnotes, StringComparison.Ordinal);
}
