namespace GanNotebooks.Theory;

/// <summary>Who moves.</summary>
public enum Player
{
    /// <summary>The generator, with parameter θ.</summary>
    Generator,

    /// <summary>The discriminator, with parameter ψ.</summary>
    Discriminator,
}
