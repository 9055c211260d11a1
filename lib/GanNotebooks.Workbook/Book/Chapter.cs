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
internal sealed record Chapter(Notebook Notebook, string Folder, NotebookReport? Report, bool Stale)
{
    public string Page => Notebook.Name + ".html";

    public string Title => Notebook.Title;

    /// <summary>null when the source cannot be read and was never run.</summary>
    public static Chapter? Load(string source, string executed)
    {
        var original = TryRead(source);
        string folder = Path.GetDirectoryName(Path.GetFullPath(source))!;
        if (TryRead(executed) is not { } copy)
            return original is null ? null : new Chapter(original, folder, null, false);
        var report = ReportFile.FromNode((copy.Root["metadata"] as JsonObject)?[NotebookRunner.ReportKey]);
        bool stale = original is not null
            && !original.Cells.Select(cell => cell.Source).SequenceEqual(copy.Cells.Select(cell => cell.Source));
        return new Chapter(copy, folder, report, stale);
    }

    private static Notebook? TryRead(string path)
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
