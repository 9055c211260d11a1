using GanNotebooks.Workbook.Running;

namespace GanNotebooks.Workbook.Book;

/// <summary>Which notebooks a book has.</summary>
internal static class BookContents
{
    /// <summary>
    /// A run of course notebooks makes a book of the whole course, in which the others keep what their own last run said. A run of
    /// notebooks from elsewhere makes a book of just those.
    /// </summary>
    public static IReadOnlyList<string> Of(Repository repository, IReadOnlyList<string> ran)
    {
        var course = NotebookFinder.Find(repository, []);
        return ran.Count == 0 || ran.Any(course.Contains) ? [.. course.Union(ran)] : ran;
    }
}
