using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>Small cells, and enough prose around them.</summary>
internal sealed class SizeRules : ILintRules
{
    public const int LinesAtMost = 20;
    public const double MedianAtMost = 5;
    public const double WordsAtLeast = 8;
    public const double WordsAtMost = 20;

    /// <summary>The opening and what comes after the lesson; there is no code to balance there.</summary>
    private static readonly string[] Around = ["", "Exercises", "Summary", "Questions", "Further reading"];

    public IEnumerable<Finding> Check(LintSubject subject)
    {
        var cells = subject.Notebook.CodeCells.Where(cell => cell.ImportedFile is null).ToList();
        foreach (var cell in cells)
        {
            if (cell.Lines.Length > LinesAtMost)
                yield return new Finding(LintRule.CellLength, cell.Label, $"{cell.Lines.Length} lines; at most {LinesAtMost}");
        }

        var lengths = cells.Select(CodeLines).Order().ToList();
        if (lengths.Count == 0)
            yield break;
        double median = (lengths[(lengths.Count - 1) / 2] + lengths[lengths.Count / 2]) / 2.0;
        if (median > MedianAtMost)
            yield return new Finding(LintRule.MedianLength, "", $"code cells have {median} lines in the median; at most {MedianAtMost}");

        var lesson = subject.Sections.Where(section => !Around.Contains(section.Title)).SelectMany(section => section.Cells).ToList();
        int words = lesson.Where(cell => cell.Kind is CellKind.Markdown).Sum(cell => Prose.Words(cell.Source));
        int lines = lesson.Where(cell => cell.Kind is CellKind.Code).Sum(CodeLines);
        double ratio = (double)words / Math.Max(1, lines);
        if (ratio is < WordsAtLeast or > WordsAtMost)
        {
            yield return new Finding(LintRule.ProseRatio, "",
                $"{ratio:0.0} words of prose per line of code ({words} words, {lines} lines); "
                    + $"{WordsAtLeast} to {WordsAtMost} are asked for");
        }
    }

    private static int CodeLines(NotebookCell cell) => cell.Lines.Count(line => !string.IsNullOrWhiteSpace(line));
}
