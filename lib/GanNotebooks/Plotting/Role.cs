namespace GanNotebooks.Plotting;

/// <summary>
/// What a curve stands for. A role has the same colour, dash and marker in every figure; roles differ in lightness and dash too, so that they
/// survive grey print and colour blindness (colours: Okabe and Ito 2008, "Color Universal Design").
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
