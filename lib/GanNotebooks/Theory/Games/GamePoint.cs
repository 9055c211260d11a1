namespace GanNotebooks.Theory;

/// <summary>
/// A point, or a velocity, in the parameter plane of a game between two players with one parameter each. Double precision.
/// </summary>
/// <param name="Theta">The generator's parameter θ.</param>
/// <param name="Psi">The discriminator's parameter ψ.</param>
public readonly record struct GamePoint(double Theta, double Psi)
{
    /// <summary>The origin, the equilibrium of all games of this folder.</summary>
    public static GamePoint Origin => default;

    /// <summary>The Euclidean norm √(θ² + ψ²).</summary>
    public double Norm => double.Hypot(Theta, Psi);

    /// <summary>Adds coordinate by coordinate.</summary>
    /// <param name="a">The first point.</param>
    /// <param name="b">The second point.</param>
    /// <returns>a + b.</returns>
    public static GamePoint operator +(GamePoint a, GamePoint b) => new(a.Theta + b.Theta, a.Psi + b.Psi);

    /// <summary>Subtracts coordinate by coordinate.</summary>
    /// <param name="a">The first point.</param>
    /// <param name="b">The second point.</param>
    /// <returns>a - b.</returns>
    public static GamePoint operator -(GamePoint a, GamePoint b) => new(a.Theta - b.Theta, a.Psi - b.Psi);

    /// <summary>Scales both coordinates.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="a">The point.</param>
    /// <returns>factor · a.</returns>
    public static GamePoint operator *(double factor, GamePoint a) => new(factor * a.Theta, factor * a.Psi);

    /// <summary>Adds coordinate by coordinate.</summary>
    /// <param name="a">The first point.</param>
    /// <param name="b">The second point.</param>
    /// <returns>a + b.</returns>
    public static GamePoint Add(GamePoint a, GamePoint b) => a + b;

    /// <summary>Subtracts coordinate by coordinate.</summary>
    /// <param name="a">The first point.</param>
    /// <param name="b">The second point.</param>
    /// <returns>a - b.</returns>
    public static GamePoint Subtract(GamePoint a, GamePoint b) => a - b;

    /// <summary>Scales both coordinates.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="a">The point.</param>
    /// <returns>factor · a.</returns>
    public static GamePoint Multiply(double factor, GamePoint a) => factor * a;
}
