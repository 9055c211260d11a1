using System.Text;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Book;

/// <summary>A notebook as a page.</summary>
internal static class ChapterPage
{
    private const string ExercisesHeading = "## Exercises";

    public static BookPage Create(Chapter chapter, PageLinks links)
    {
        var notebook = chapter.Notebook;
        var markdown = new MarkdownText(links);
        var body = new StringBuilder();
        var gate = new PredictGate(body);
        bool first = true, exercises = false;
        // What is for the presenter stands in the deck and in the hand-out.
        foreach (var cell in notebook.Cells.Where(cell => !SlideMetadata.IsNote(cell)))
        {
            switch (cell.Kind)
            {
                case CellKind.Markdown:
                    exercises |= cell.Source.Split('\n').Any(line => line.TrimEnd() == ExercisesHeading);
                    gate.Close(cell.Source);
                    var (question, rest) = exercises ? (cell.Source, null) : PredictGate.Split(cell.Source);
                    body.Append(CellHtml.Markdown(question, markdown, first));
                    gate.Open(rest);
                    if (rest is { Length: > 0 })
                        body.Append(CellHtml.Markdown(rest, markdown, first: false));
                    first = false;
                    break;
                case CellKind.Code:
                    var report = chapter.Report?.Cells.FirstOrDefault(report => report.Cell == cell.Number);
                    var checks = chapter.Report?.Checks.Where(check => check.Cell == cell.Number).ToList() ?? [];
                    bool exercise = exercises && (report?.Solution is true || cell.Id.StartsWith("exercise", StringComparison.Ordinal));
                    body.Append(CellHtml.Code(cell, report, checks, exercise));
                    break;
                case CellKind.Unknown:
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(chapter), cell.Kind, "Unknown kind of cell.");
            }
        }

        gate.Close();
        string text = body.ToString();
        return new BookPage(chapter.Page, chapter.PlainTitle, chapter.TitleMarkup, VerdictHtml.For(chapter), text, markdown.Headings)
        {
            IsChapter = true,
            NeedsFigures = text.Contains("class=\"figure-calls", StringComparison.Ordinal),
        };
    }
}
