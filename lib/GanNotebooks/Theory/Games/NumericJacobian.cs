namespace GanNotebooks.Theory;

/// <summary>Jacobians by finite differences, to check a formula.</summary>
public static class NumericJacobian
{
    /// <summary>
    /// The default half-width of the five points: truncation h⁴ and rounding ε/h are both about 10⁻¹³ for a map of size and curvature 1.
    /// </summary>
    public const double DefaultSpacing = 1e-3;

    /// <summary>The Jacobian of a map of the plane by five-point differences, (f(-2h) - 8 f(-h) + 8 f(h) - f(2h)) / 12h.</summary>
    /// <param name="map">The map: a game's field, or one step of an integrator.</param>
    /// <param name="at">The point; the map must be smooth within two spacings.</param>
    /// <param name="spacing">h, positive.</param>
    /// <returns>The 2 × 2 matrix of derivatives.</returns>
    public static Matrix2 Of(Func<GamePoint, GamePoint> map, GamePoint at, double spacing = DefaultSpacing)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (!(spacing > 0))
            throw new ArgumentOutOfRangeException(nameof(spacing), spacing, "The spacing must be positive.");
        var alongTheta = Derivative(map, at, new GamePoint(spacing, 0), spacing);
        var alongPsi = Derivative(map, at, new GamePoint(0, spacing), spacing);
        return new(alongTheta.Theta, alongPsi.Theta, alongTheta.Psi, alongPsi.Psi);
    }

    /// <summary>The Jacobian of one step of an integrator that carries nothing from step to step.</summary>
    /// <param name="integrator">The integrator; <see cref="IIntegrator.HasMemory"/> must be false.</param>
    /// <param name="game">The game.</param>
    /// <param name="at">The point.</param>
    /// <returns>The Jacobian of the step; its <see cref="Matrix2.SpectralRadius"/> is the local factor per step.</returns>
    /// <exception cref="ArgumentException">The integrator has a memory, so that a step is no map of the plane.</exception>
    public static Matrix2 OfStep(IIntegrator integrator, IGame game, GamePoint at)
    {
        ArgumentNullException.ThrowIfNull(integrator);
        if (integrator.HasMemory)
            throw new ArgumentException($"{integrator.Name} carries a memory; a step of it is no map of the plane.", nameof(integrator));
        return Of(point => integrator.Advance(game, integrator.Start(game, point)).Point, at);
    }

    private static GamePoint Derivative(Func<GamePoint, GamePoint> map, GamePoint at, GamePoint shift, double spacing)
    {
        var inner = map(at + shift) - map(at - shift);
        var outer = map(at + 2 * shift) - map(at - 2 * shift);
        return 1 / (12 * spacing) * (8 * inner - outer);
    }
}
