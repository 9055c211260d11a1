namespace GanNotebooks.Plotting;

/// <summary>Colour, dash and marker of one trace. Colours starting with @ are filled in by the page's theme.</summary>
/// <param name="Color">CSS colour, or <c>@ink</c> / <c>@muted</c>.</param>
/// <param name="Dash">Plotly's dash name.</param>
/// <param name="Symbol">Plotly's marker name.</param>
/// <param name="Width">Line width in pixels.</param>
internal sealed record Style(string Color, string Dash, string Symbol, double Width = 2.5)
{
    // Each colour has a contrast of at least 3:1 on white and on a dark page.
    private static readonly Style[] Free =
    [
        new("#0072B2", "solid", "circle"),
        new("#D55E00", "dash", "square"),
        new("#009E73", "dot", "diamond"),
        new("#B8528F", "dashdot", "triangle-up"),
        new("#8A7500", "longdash", "x"),
        new("@ink", "solid", "cross"),
        new("#3A8FC0", "longdashdot", "triangle-down"),
        new("@muted", "dash", "star"),
    ];

    /// <summary>The style of a role; <paramref name="index"/> counts the traces without one.</summary>
    public static Style For(Role role, int index) => role switch
    {
        Role.Data => new("@ink", "dot", "circle"),
        Role.Generator => new("#009E73", "solid", "diamond", 3),
        Role.Discriminator => new("#0072B2", "dash", "square"),
        Role.Optimum => new("#D55E00", "dashdot", "triangle-up"),
        Role.Reference => new("@muted", "dot", "line-ew", 1.5),
        Role.Auto => Free[index % Free.Length],
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "unknown role"),
    };
}

/// <summary>
/// The meaning of a curve. A role has the same colour, dash and marker in every figure; roles differ in lightness and dash too, so that
/// they survive grey print and colour blindness (colours: Okabe and Ito 2008, "Color Universal Design").
/// </summary>
public enum Role
{
    /// <summary>No fixed meaning: the next free style.</summary>
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
