namespace GanNotebooks.Theory;

/// <summary>Samples a game's field on a square grid, for a phase portrait.</summary>
internal static class VectorFieldGrid
{
    /// <summary>Samples the field on [-halfWidth, halfWidth]².</summary>
    /// <param name="game">The game.</param>
    /// <param name="halfWidth">Half the side of the square, positive.</param>
    /// <param name="perSide">Points along each side, at least 2.</param>
    /// <returns>perSide² arrows, ψ the slower index, both ascending.</returns>
    public static FieldArrow[] Sample(IGame game, double halfWidth = 2, int perSide = 15)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentOutOfRangeException.ThrowIfLessThan(perSide, 2);
        if (!(halfWidth > 0))
            throw new ArgumentOutOfRangeException(nameof(halfWidth), halfWidth, "The half width must be positive.");
        var arrows = new FieldArrow[perSide * perSide];
        for (int k = 0; k < arrows.Length; k++)
        {
            var at = new GamePoint(Along(k % perSide), Along(k / perSide));
            arrows[k] = new(at, game.Field(at));
        }

        return arrows;

        double Along(int k) => halfWidth * (2.0 * k / (perSide - 1) - 1);
    }
}

/// <summary>One arrow of a drawn vector field.</summary>
/// <param name="At">The point at which it starts.</param>
/// <param name="Velocity">The field there, not scaled.</param>
internal readonly record struct FieldArrow(GamePoint At, GamePoint Velocity);
