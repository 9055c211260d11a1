using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Reporting;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Book;

/// <summary>One notebook on its way into the book.</summary>
/// <param name="Notebook">The executed copy where there is one, else the source.</param>
/// <param name="Folder">Where the source lies; its links start there.</param>
/// <param name="Report">What its last run said; null when it was not run.</param>
/// <param name="Stale">The source has changed since that run.</param>
/// <param name="Page">The file name of its page.</param>
internal sealed record Chapter(Notebook Notebook, string Folder, NotebookReport? Report, bool Stale, string Page)
{
    /// <summary>As text.</summary>
    public string PlainTitle => Notebook.Heading is { } heading ? MarkdownText.Plain(heading) : Notebook.Name;

    /// <summary>As HTML. A heading is Markdown, the name of a file is not.</summary>
    public string TitleMarkup => Notebook.Heading is { } heading ? MarkdownText.Line(heading) : Html.Escape(Notebook.Name);

    /// <summary>null when the source cannot be read and was never run.</summary>
    /// <param name="source">The notebook.</param>
    /// <param name="executed">Its executed copy, if there is one.</param>
    /// <param name="shown">How a report names the source; the copy may be of another notebook with the same name.</param>
    /// <param name="page">The file name of its page.</param>
    public static Chapter? Load(string source, string executed, string shown, string page)
    {
        var original = TryRead(source);
        string folder = Path.GetDirectoryName(Path.GetFullPath(source))!;
        var copy = TryRead(executed);
        var report = ReportFile.FromNode((copy?.Root["metadata"] as JsonObject)?[NotebookRunner.ReportKey]) is { } read && IsWhole(read)
            ? read
            : null;
        if (copy is null || report?.File is { } file && file != shown)
            return original is null ? null : new Chapter(original, folder, null, false, page);
        bool stale = original is not null
            && !original.Cells.Select(cell => cell.Source).SequenceEqual(copy.Cells.Select(cell => cell.Source));
        return new Chapter(copy, folder, report, stale, page);
    }

    // The front page sums up all reports: one that lacks a list, or has a status that there is not, is none.
    private static bool IsWhole(NotebookReport report) => Enum.IsDefined(report.Status)
        && report is { Notebook: not null, File: not null, Profile: not null, Device: not null, Cells: not null, Checks: not null }
        && report.Cells.All(cell => cell is not null) && report.Checks.All(check => check is not null);

    /// <summary>A notebook; null when it cannot be read.</summary>
    public static Notebook? TryRead(string path)
    {
        try
        {
            return NotebookFile.Read(path);
        }
        catch (NotebookFormatException)
        {
            return null;
        }
    }
}
