using GanNotebooks.Runtime;

namespace GanNotebooks.Plotting;

/// <summary>Several things side by side, below one another on a narrow page.</summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class Panels : IShowable
{
    private readonly IShowable[] parts;

    private Panels(IShowable[] parts) => this.parts = parts;

    /// <summary>Puts figures, image grids and tables side by side.</summary>
    public static Panels Of(params IShowable[] parts) => new(parts);

    /// <summary>Puts figures side by side on one vertical scale: what is higher in one is higher in all.</summary>
    public static Panels SameY(params Figure[] figures)
    {
        SharedRanges.ShareVertical([.. figures.SelectMany(f => f.Specifications)]);
        return new Panels(figures);
    }

    // Three grids of pictures stand in one row of a page: in rows of two, the third one would leave a hole. A plot needs more room.
    private int Narrowest => parts.Length == 3 && parts.All(p => p is not (Figure or Table)) ? 16 : 20;

    /// <inheritdoc/>
    public string ToHtml() =>
        // A grid and no flexible row: a panel that is alone in the last row is no larger than the others.
        // A table has the width of its columns; two that do not fit stand below one another instead of being cut.
        parts.Any(p => p is Table)
        ? "<div class=\"gan-panels\" style=\"display:flex;flex-wrap:wrap;gap:1em\">"
            + string.Concat(parts.Select(p => $"<div style=\"flex:0 1 auto;min-width:0;max-width:100%\">{p.ToHtml()}</div>")) + "</div>"
        : "<div class=\"gan-panels\" style=\"display:grid;gap:1em;"
        + $"grid-template-columns:repeat(auto-fit,minmax(min({Narrowest}em,100%),1fr))\">"
        + string.Concat(parts.Select(p => $"<div style=\"min-width:0\">{p.ToHtml()}</div>")) + "</div>";

    /// <inheritdoc/>
    public string ToText() => string.Join(Environment.NewLine, parts.Select(p => p.ToText()));

    /// <inheritdoc/>
    public override string ToString() => ToText();
}
