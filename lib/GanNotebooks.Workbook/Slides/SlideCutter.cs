using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Slides;

/// <summary>
/// Cuts a notebook into slides. Slide metadata are read as nbconvert reads them: a cell without a type continues what is there, and the
/// first cell that is seen begins a slide. A notebook without any is cut at its headings.
/// </summary>
internal sealed class SlideCutter
{
    // What an audience does not need, where nobody has said what it needs.
    private static readonly string[] LeftOut = ["Exercises", "Questions", "Further reading"];

    private readonly List<SlideColumn> columns = [];
    private string section = "";

    private SlideCutter()
    {
    }

    private Slide Current => columns[^1].Slides[^1];

    /// <summary>The slides of a notebook; none when every cell is skipped.</summary>
    public static IReadOnlyList<SlideColumn> Cut(Notebook notebook)
    {
        var cutter = new SlideCutter();
        if (HasMetadata(notebook))
            cutter.CutByMetadata(notebook.Cells);
        else
            cutter.CutByHeadings(notebook.Cells);
        return cutter.columns;
    }

    /// <summary>Whether any cell of a notebook says what it is in a deck.</summary>
    public static bool HasMetadata(Notebook notebook) => notebook.Cells.Any(cell => SlideMetadata.NameOf(cell) is not null);

    /// <summary>Markdown cut before each heading of the levels 2 and 3; headings in code blocks are none.</summary>
    public static IEnumerable<string> Parts(string markdown)
    {
        var part = new List<string>();
        bool fenced = false;
        foreach (string line in markdown.Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                fenced = !fenced;
            if (!fenced && IsHeading(line) && part.Any(l => l.Trim() != ""))
            {
                yield return string.Join('\n', part);
                part.Clear();
            }

            part.Add(line);
        }

        yield return string.Join('\n', part);
    }

    private void CutByMetadata(IEnumerable<NotebookCell> cells)
    {
        foreach (var cell in cells.Where(cell => cell.Kind is not CellKind.Unknown))
        {
            var type = SlideMetadata.Of(cell);
            if (type is SlideType.Skip)
            {
                Follow(cell);
                continue;
            }

            if (type is SlideType.Notes)
            {
                if (columns.Count > 0)
                    Current.Notes.Add(SpeakerNote.Unfolded(cell.Source));
                continue;
            }

            Begin(columns.Count == 0 ? SlideType.Slide : type);
            Current.Pieces[^1].Cells.Add(cell);
            Follow(cell);
        }
    }

    private void CutByHeadings(IEnumerable<NotebookCell> cells)
    {
        bool shown = true, opening = true;
        foreach (var cell in cells.Where(cell => cell.Kind is not CellKind.Unknown))
        {
            if (cell.Kind is CellKind.Code)
            {
                // Above the first heading code opens the lab, which is nothing to look at.
                if (shown && columns.Count > 1)
                    Current.Pieces[^1].Cells.Add(cell);
                continue;
            }

            foreach (string part in Parts(cell.Source))
            {
                bool section = part.TrimStart().StartsWith("## ", StringComparison.Ordinal);
                if (section)
                    shown = !LeftOut.Contains(part.TrimStart().Split('\n')[0][3..].Trim());
                if (!shown || !opening && !section && columns.Count < 2)
                    continue;
                Begin(opening || section ? SlideType.Slide : SlideType.Subslide);
                opening = false;
                Current.Pieces[^1].Cells.Add(cell with { Source = part });
                Follow(Current.Pieces[^1].Cells[^1]);
            }
        }
    }

    private void Begin(SlideType type)
    {
        if (type is SlideType.Slide)
            columns.Add(new SlideColumn([]));
        if (type is SlideType.Slide or SlideType.Subslide)
            columns[^1].Slides.Add(new Slide { Section = section });
        if (type is SlideType.Fragment || Current.Pieces.Count == 0)
            Current.Pieces.Add(new Piece(type is SlideType.Fragment));
    }

    // A slide without a heading says where it belongs, also when the cell with the heading is skipped.
    private void Follow(NotebookCell cell)
    {
        if (cell.Kind is CellKind.Markdown)
            section = Parts(cell.Source).Select(part => part.TrimStart().Split('\n')[0]).LastOrDefault(IsSection) ?? section;
    }

    private static bool IsSection(string line) => line.StartsWith("## ", StringComparison.Ordinal);

    private static bool IsHeading(string line) =>
        line.StartsWith("## ", StringComparison.Ordinal) || line.StartsWith("### ", StringComparison.Ordinal);
}
