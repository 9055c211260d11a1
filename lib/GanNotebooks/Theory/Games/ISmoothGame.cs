namespace GanNotebooks.Theory;

/// <summary>A game whose field has a derivative, by formula.</summary>
public interface ISmoothGame : IGame
{
    /// <summary>The Jacobian of the field.</summary>
    /// <param name="at">Where.</param>
    /// <returns>[[∂vθ/∂θ, ∂vθ/∂ψ], [∂vψ/∂θ, ∂vψ/∂ψ]].</returns>
    Matrix2 Jacobian(GamePoint at);
}
