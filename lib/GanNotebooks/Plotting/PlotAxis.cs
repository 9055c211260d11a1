namespace GanNotebooks.Plotting;

/// <summary>One axis of a <see cref="Plot"/> under construction.</summary>
internal sealed class PlotAxis(string title)
{
    public string Title { get; } = title;

    public (double From, double To)? Range { get; set; }

    public bool Logarithmic { get; set; }

    /// <summary>Distance of labelled marks on an axis that is not logarithmic; null lets plotly choose.</summary>
    public double? Step { get; set; }

    public string? TiedTo { get; set; }
}
