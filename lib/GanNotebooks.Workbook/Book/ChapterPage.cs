using System.Text;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Book;

/// <summary>A notebook as a page.</summary>
internal static class ChapterPage
{
    public static BookPage Create(Chapter chapter, PageLinks links)
    {
        var notebook = chapter.Notebook;
        var markdown = new MarkdownText(links);
        var body = new StringBuilder();
        bool first = true;
        foreach (var cell in notebook.Cells)
        {
            switch (cell.Kind)
            {
                case CellKind.Markdown:
                    body.Append(CellHtml.Markdown(cell, markdown, first));
                    first = false;
                    break;
                case CellKind.Code:
                    body.Append(CellHtml.Code(cell, chapter.Report?.Cells.FirstOrDefault(report => report.Cell == cell.Number)));
                    break;
                case CellKind.Unknown:
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(chapter), cell.Kind, "Unknown kind of cell.");
            }
        }

        string text = body.ToString();
        return new BookPage(chapter.Page, chapter.PlainTitle, chapter.TitleMarkup, VerdictHtml.For(chapter), text, markdown.Headings)
        {
            IsChapter = true,
            NeedsPlotly = text.Contains(FigureCalls.PlotlyMark, StringComparison.Ordinal),
            NeedsFigures = text.Contains("class=\"figure-calls", StringComparison.Ordinal),
        };
    }
}
