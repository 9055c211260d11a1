namespace GanNotebooks.Plotting;

/// <summary>Colour, dash and marker of one trace. Colours start with @; the page's theme fills them in.</summary>
/// <param name="Color">A colour of the palette of <c>figures.js</c>, which has one for light and one for dark pages.</param>
/// <param name="Dash">Plotly's dash name.</param>
/// <param name="Symbol">Plotly's marker name.</param>
/// <param name="Width">Line width in pixels.</param>
internal sealed record Style(string Color, string Dash, string Symbol, double Width = 2.5)
{
    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];

    // None of them is the style of a name of NamedStyles.
    private static readonly Style[] Free =
    [
        new("@blue", "solid", "circle"),
        new("@vermilion", "dash", "square"),
        new("@green", "dot", "diamond"),
        new("@purple", "dashdot", "triangle-up"),
        new("@olive", "dash", "x"),
        new("@ink", "dashdot", "cross"),
        new("@sky", "longdashdot", "triangle-down"),
        new("@muted", "dash", "star"),
    ];

    /// <summary>The style of a role; <paramref name="index"/> counts the traces without one.</summary>
    public static Style For(Role role, int index) => role switch
    {
        Role.Data => new("@ink", "dot", "circle"),
        Role.Generator => new("@green", "solid", "diamond", 3),
        Role.Discriminator => new("@blue", "dash", "square"),
        Role.Optimum => new("@vermilion", "dashdot", "triangle-up"),
        Role.Reference => new("@muted", "dot", "line-ew", 1.5),
        Role.Auto => Free[index % Free.Length],
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "unknown role"),
    };

    /// <summary>The same colour with a dash that the other traces of a plot do not have.</summary>
    public Style Beside(IReadOnlyCollection<Style> others) => others.Any(o => o.LooksLike(this))
        ? Dashes.Select(dash => this with { Dash = dash }).FirstOrDefault(s => !others.Any(o => o.LooksLike(s)), this)
        : this;

    private bool LooksLike(Style other) => (Color, Dash) == (other.Color, other.Dash);
}

/// <summary>
/// The meaning of a curve. A role has the same colour, dash and marker in every figure; roles differ in lightness and dash too, so that
/// they survive grey print and colour blindness (colours after Okabe and Ito 2008, "Color Universal Design").
/// </summary>
public enum Role
{
    /// <summary>No fixed meaning: the style that the book gives to the name, or else the next free one.</summary>
    Auto,

    /// <summary>The data, p = p_data: dotted, in the text colour (as in Goodfellow et al. 2014, figure 1).</summary>
    Data,

    /// <summary>The generator, q = p_g: solid green.</summary>
    Generator,

    /// <summary>The discriminator D: dashed blue.</summary>
    Discriminator,

    /// <summary>A theoretical optimum, such as D*: dash-dotted vermilion.</summary>
    Optimum,

    /// <summary>A reference value or bound: thin, grey.</summary>
    Reference,
}
