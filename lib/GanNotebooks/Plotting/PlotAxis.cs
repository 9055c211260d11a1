namespace GanNotebooks.Plotting;

/// <summary>One axis of a <see cref="Plot"/> under construction.</summary>
internal sealed class PlotAxis(string title)
{
    public string Title { get; } = title;

    public (double From, double To)? Range { get; set; }

    public bool Logarithmic { get; set; }

    public string? TiedTo { get; set; }
}
