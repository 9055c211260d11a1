using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Linting;

/// <summary>Small cells, and enough prose around them. Lines of code are counted as a reader sees them.</summary>
internal sealed class SizeRules : ILintRules
{
    /// <summary>An editor and the book show about this many characters; a longer line wraps.</summary>
    public const int CharactersAtMost = 100;

    public const int LinesAtMost = 20;

    // The house style asks for a median of 5 lines and for 8 to 20 words a line. Those numbers count statements that may be as long as
    // one likes. Broken at 100 characters, the cells of this course have 1.5 times as many lines, so the bounds move by that factor:
    // 5 lines become 8, and 8 words a line become 5. The upper bound stays: text without code is no shorter than before.
    public const double MedianAtMost = 8;
    public const double WordsAtLeast = 5;
    public const double WordsAtMost = 20;

    /// <summary>The opening and what comes after the lesson; there is no code to balance there.</summary>
    private static readonly string[] Around = ["", "Exercises", "Summary", "Questions", "Further reading"];

    public IEnumerable<Finding> Check(LintSubject subject)
    {
        var cells = subject.Notebook.CodeCells.Where(cell => cell.ImportedFile is null).ToList();
        foreach (var cell in cells)
        {
            if (!CodeShape.IsParsable(cell.Source))
            {
                yield return new Finding(LintRule.CellLength, cell.Label,
                    $"longer than {CodeShape.LettersAtMost:N0} characters, or nested more than {CodeShape.DepthAtMost} deep: "
                        + "its code is not checked");
            }

            int longest = cell.Lines.Max(line => line.Length);
            if (longest > CharactersAtMost)
                yield return new Finding(LintRule.LineLength, cell.Label, $"a line of {longest} characters; at most {CharactersAtMost}");
            int seen = cell.Lines.Sum(Seen);
            if (seen > LinesAtMost)
                yield return new Finding(LintRule.CellLength, cell.Label, $"{seen} lines as seen; at most {LinesAtMost}");
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

    private static int CodeLines(NotebookCell cell) => cell.Lines.Where(line => !string.IsNullOrWhiteSpace(line)).Sum(Seen);

    /// <summary>The lines that a line becomes on the page; an empty one is a line, too.</summary>
    private static int Seen(string line) => Math.Max(1, (line.Length + CharactersAtMost - 1) / CharactersAtMost);
}
