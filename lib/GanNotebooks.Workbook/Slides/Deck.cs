using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Slides;

/// <summary>The slides of one notebook.</summary>
/// <param name="File">The file name of the deck.</param>
/// <param name="Chapter">The notebook.</param>
/// <param name="Columns">The slides; the first is the title slide.</param>
internal sealed record Deck(string File, Chapter Chapter, IReadOnlyList<SlideColumn> Columns)
{
    /// <summary>The slides in the order of a talk.</summary>
    public IEnumerable<Slide> Slides => Columns.SelectMany(column => column.Slides);

    /// <summary>The minutes of all notes together; 0 when none states any.</summary>
    public double Minutes => Slides.Sum(slide => slide.Minutes);

    /// <summary>Whether slide metadata say what the slides are; else they are cut at headings.</summary>
    public bool IsDesigned { get; init; }

    /// <summary>Cuts a notebook. The cell with its title becomes the title slide; a notebook that skips it gets one all the same.</summary>
    public static Deck Of(DeckSource source, string file)
    {
        var columns = SlideCutter.Cut(source.Notebook).ToList();
        if (columns is not [{ Slides: [{ Pieces: [var first, ..] }, ..] }, ..] || !IsOpening(first))
        {
            var title = new Slide();
            title.Pieces.Add(new Piece(IsFragment: false));
            columns.Insert(0, new SlideColumn([title]));
        }

        return new Deck(file, source.Chapter, columns) { IsDesigned = SlideCutter.HasMetadata(source.Notebook) };
    }

    private static bool IsOpening(Piece piece) => piece.Cells is [{ Kind: Notebooks.CellKind.Markdown } cell, ..]
        && cell.Source.TrimStart().StartsWith("# ", StringComparison.Ordinal);
}
