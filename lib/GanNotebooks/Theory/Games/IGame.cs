namespace GanNotebooks.Theory;

/// <summary>
/// A game of two players, seen as a vector field on the plane (θ, ψ): each player's own ascent direction. What it does with steps is an
/// <see cref="IIntegrator"/>'s affair.
/// </summary>
public interface IGame
{
    /// <summary>The name of the game in tables and legends.</summary>
    string Name { get; }

    /// <summary>The field v(θ, ψ): the velocity of both players under simultaneous gradient flow.</summary>
    /// <param name="at">The point (θ, ψ).</param>
    /// <returns>(dθ/dt, dψ/dt).</returns>
    GamePoint Field(GamePoint at);

    /// <summary>Projects a point onto the allowed parameters after every step; does nothing by default.</summary>
    /// <param name="point">The point after a step.</param>
    /// <returns>The nearest permitted point.</returns>
    GamePoint Project(GamePoint point) => point;
}

/// <summary>A game whose field has a derivative, by formula.</summary>
public interface ISmoothGame : IGame
{
    /// <summary>The Jacobian of the field.</summary>
    /// <param name="at">The point (θ, ψ).</param>
    /// <returns>[[∂vθ/∂θ, ∂vθ/∂ψ], [∂vψ/∂θ, ∂vψ/∂ψ]].</returns>
    Matrix2 Jacobian(GamePoint at);
}
