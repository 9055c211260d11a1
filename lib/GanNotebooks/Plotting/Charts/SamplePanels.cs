using System.Globalization;
using System.Net;
using System.Text;
using GanNotebooks.Runtime;

namespace GanNotebooks.Plotting;

/// <summary>
/// Samples in the plane as a row of small pictures on the same axes, with a caption under each; the row wraps on a narrow page. Each
/// picture is an SVG of a few kilobytes, which needs no script and takes the colours of the page.
/// <code>SamplePanels.Of("Cures", "…", [("data", data, "8 of 8"), ("GAN", plain, "2 of 8")], ring.Centres, halfWidth: 3)</code>
/// </summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class SamplePanels : IShowable
{
    private const int Side = 200; // units of a picture; the page scales them
    private const string Green = "#0b9c72"; // a contrast of at least 3:1 on white and on a dark page

    private readonly string title, alt;
    private readonly IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Samples, string Caption)> panels;
    private readonly IReadOnlyList<(double X, double Y)> centres;
    private readonly double halfWidth;

    private SamplePanels(string title, string alt, IReadOnlyList<(string, IReadOnlyList<(double, double)>, string)> panels,
        IReadOnlyList<(double, double)> centres, double halfWidth) =>
        (this.title, this.alt, this.panels, this.centres, this.halfWidth) = (title, alt, panels, centres, halfWidth);

    /// <summary>Puts the pictures side by side.</summary>
    /// <param name="title">One line above.</param>
    /// <param name="alt">A description in words, shown below.</param>
    /// <param name="panels">
    /// A name, samples and a caption for each picture; a line break in the caption starts a new line. Samples named "data" have the data's
    /// colour, all others the generator's.
    /// </param>
    /// <param name="centres">Centres of the modes, drawn as rings; none when empty.</param>
    /// <param name="halfWidth">Every picture shows [-halfWidth, halfWidth]²; samples outside are left out.</param>
    /// <exception cref="ArgumentException">There are no pictures.</exception>
    /// <exception cref="ArgumentOutOfRangeException">halfWidth is not positive.</exception>
    public static SamplePanels Of(string title, string alt,
        IEnumerable<(string Name, IReadOnlyList<(double X, double Y)> Samples, string Caption)> panels,
        IEnumerable<(double X, double Y)> centres, double halfWidth)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(alt);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfWidth);
        (string, IReadOnlyList<(double, double)>, string)[] all = [.. panels];
        if (all.Length == 0)
            throw new ArgumentException("a row needs at least one picture", nameof(panels));
        return new SamplePanels(title, alt, all, [.. centres], halfWidth);
    }

    /// <inheritdoc/>
    public string ToHtml() => FigureHtml.Wrap(title, alt,
        "<div style=\"display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5em,1fr));gap:1em;align-items:end;"
        + $"max-width:{14 * panels.Count}em\">"
        + $"{string.Concat(panels.Select(Item))}</div>");

    /// <inheritdoc/>
    public string ToText() =>
        $"[figure] {title}: {alt} ({string.Join("; ", panels.Select(p => $"{p.Name}: {p.Caption.ReplaceLineEndings(" ")}"))})";

    /// <inheritdoc/>
    public override string ToString() => ToText();

    private string Item((string Name, IReadOnlyList<(double X, double Y)> Samples, string Caption) panel)
    {
        string name = WebUtility.HtmlEncode(panel.Name), colour = panel.Name == "data" ? "currentColor" : Green;
        return string.Create(CultureInfo.InvariantCulture, $"""
            <div style="min-width:0"><div style="font-weight:600">{name}</div>
            <div role="img" aria-label="{name}"><svg viewBox="0 0 {Side} {Side}" style="display:block;width:100%;height:auto"><rect x=".5" y=".5" width="{Side - 1}" height="{Side - 1}" fill="none" stroke="currentColor" stroke-opacity=".35"/>
            <path d="{Dots(panel.Samples)}" fill="none" stroke="{colour}" stroke-width="3.4" stroke-linecap="round" stroke-opacity=".9"/>
            <g fill="none" stroke="currentColor" stroke-width="1.4">{string.Concat(centres.Select(Ring))}</g></svg></div>
            <div style="font-size:.82em;line-height:1.35;margin-top:.2em">{WebUtility.HtmlEncode(panel.Caption).ReplaceLineEndings("<br>")}</div></div>
            """);
    }

    // A stroke of no length with round ends is a dot.
    private string Dots(IEnumerable<(double X, double Y)> samples)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in samples.Where(s => Math.Abs(s.X) < halfWidth && Math.Abs(s.Y) < halfWidth))
            path.Append(CultureInfo.InvariantCulture, $"M{Across(x):0.#} {Across(-y):0.#}h0");
        return path.ToString();
    }

    private string Ring((double X, double Y) centre) =>
        string.Create(CultureInfo.InvariantCulture, $"<circle cx=\"{Across(centre.X):0.#}\" cy=\"{Across(-centre.Y):0.#}\" r=\"6.5\"/>");

    private double Across(double coordinate) => (coordinate / halfWidth + 1) * Side / 2;
}
