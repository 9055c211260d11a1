using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Slides;

/// <summary>One slide: its pieces in the order in which they appear.</summary>
internal sealed class Slide
{
    /// <summary>The line of the last heading of level 2 above the slide in its notebook, whether it is shown or not; "" when there is
    /// none.</summary>
    public string Section { get; init; } = "";

    /// <summary>What is seen.</summary>
    public List<Piece> Pieces { get; } = [];

    /// <summary>What the presenter sees, in order.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The minutes that the notes ask for; 0 when they ask for none.</summary>
    public double Minutes => Notes.Sum(note => SpeakerNote.MinutesOf(note) ?? 0);

    /// <summary>The cells of all pieces.</summary>
    public IEnumerable<NotebookCell> Cells => Pieces.SelectMany(piece => piece.Cells);
}

/// <summary>Cells that appear together.</summary>
/// <param name="IsFragment">Whether they wait for a key.</param>
internal sealed record Piece(bool IsFragment)
{
    public List<NotebookCell> Cells { get; } = [];
}

/// <summary>Slides that stand below each other: a slide and its subslides.</summary>
internal sealed record SlideColumn(List<Slide> Slides);
