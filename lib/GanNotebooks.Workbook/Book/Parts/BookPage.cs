namespace GanNotebooks.Workbook.Book;

/// <summary>A page whose body is ready.</summary>
/// <param name="File">Its file name; all pages lie in one folder.</param>
/// <param name="Title">Plain text.</param>
/// <param name="TitleMarkup">The same as HTML.</param>
/// <param name="Lead">What stands between the title and the body, such as the verdict.</param>
internal sealed record BookPage(string File, string Title, string TitleMarkup, string Lead, string Body, IReadOnlyList<Heading> Headings)
{
    /// <summary>The title of the book.</summary>
    public const string BookTitle = "GAN Notebooks";

    /// <summary>How contents lists call it.</summary>
    public string Short { get; init; } = TitleMarkup;

    /// <summary>In the contents as a chapter; the rest are front and back matter.</summary>
    public bool IsChapter { get; init; }

    public bool NeedsPlotly => Body.Contains(FigureCalls.PlotlyMark, StringComparison.Ordinal);

    /// <summary>It has a chart that plotly.js's bundle "cartesian" cannot draw.</summary>
    public bool NeedsWholePlotly => Body.Contains(FigureCalls.WholePlotlyMark, StringComparison.Ordinal);

    /// <summary>It shows the recorded session of the lab.</summary>
    public bool HasSession { get; init; }

    /// <summary>It has figures or films, which <c>assets/figures.js</c> draws.</summary>
    public bool NeedsFigures { get; init; }

    public bool NeedsMath => Body.Contains("class=\"math\"", StringComparison.Ordinal)
        || Lead.Contains("class=\"math\"", StringComparison.Ordinal)
        || TitleMarkup.Contains("class=\"math\"", StringComparison.Ordinal)
        || Body.Contains("class=\"output math\"", StringComparison.Ordinal);
}
