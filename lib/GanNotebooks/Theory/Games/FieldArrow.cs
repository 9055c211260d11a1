namespace GanNotebooks.Theory;

/// <summary>One arrow of a drawn vector field.</summary>
/// <param name="At">Where it starts.</param>
/// <param name="Velocity">The field there, not scaled.</param>
public readonly record struct FieldArrow(GamePoint At, GamePoint Velocity);
