using GanNotebooks.Runtime;

namespace GanNotebooks.Plotting;

/// <summary>The two players and what goes from one to the other, as a drawing in the colours of the page.</summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class GanDiagram : IShowable
{
    private const string Words =
        "Noise z becomes a sample G(z). The discriminator D sees samples and data, and says how probable it is that each is real. "
        + "Dashed: what flows back. D learns from the labels, which cost nothing; G learns from the slope of D.";

    // Okabe and Ito's green and blue, in a lightness that has a contrast of 3:1 on white and on dark paper.
    private const string Green = "#0b9c72", Blue = "#2f86ba";

    private const string Drawing = $"""
        <div role="img" aria-label="Diagram of a generative adversarial network"><svg viewBox="0 0 480 236" style="display:block;width:100%;max-width:52em;height:auto" font-family="inherit" font-size="15" fill="currentColor">
        <defs><marker id="gan-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="currentColor"/></marker></defs>
        <g fill="none" stroke-width="2.5"><rect x="104" y="44" width="104" height="56" rx="6" stroke="{Green}"/><rect x="276" y="92" width="116" height="56" rx="6" stroke="{Blue}" stroke-dasharray="9 5"/></g>
        <g fill="none" stroke="currentColor" stroke-width="1.6"><path d="M62 72H100" marker-end="url(#gan-head)"/><path d="M208 72L272 106" marker-end="url(#gan-head)"/><path d="M62 182L272 134" marker-end="url(#gan-head)"/><path d="M392 120H424" marker-end="url(#gan-head)"/></g>
        <g fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="3 4"><path d="M334 92V24H156V40" marker-end="url(#gan-head)"/><path d="M446 134V206H334V152" marker-end="url(#gan-head)"/></g>
        <g text-anchor="middle"><text x="156" y="68" font-weight="700">G</text><text x="156" y="88" font-size="13">generator</text><text x="334" y="116" font-weight="700">D</text><text x="334" y="136" font-size="13">discriminator</text>
        <text x="30" y="69">noise</text><text x="30" y="87" font-style="italic">z</text><text x="30" y="179">data</text><text x="30" y="197" font-style="italic">x</text><text x="250" y="80" font-style="italic">G(z)</text><text x="180" y="146" font-style="italic">x</text>
        <text x="452" y="118">real?</text><text x="246" y="18" font-size="13">the slope of D</text><text x="390" y="226" font-size="13">the labels</text></g></svg></div>
        """;

    private GanDiagram()
    {
    }

    /// <summary>The drawing.</summary>
    public static GanDiagram Instance { get; } = new();

    /// <inheritdoc/>
    public string ToHtml() => FigureHtml.Wrap("A generative adversarial network", Words, Drawing);

    /// <inheritdoc/>
    public string ToText() => $"[figure] A generative adversarial network: {Words}";

    /// <inheritdoc/>
    public override string ToString() => ToText();
}
