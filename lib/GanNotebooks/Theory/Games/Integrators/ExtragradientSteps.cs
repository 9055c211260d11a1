namespace GanNotebooks.Theory;

/// <summary>
/// Extragradient: w′ = w + h v(w + h v(w)), a step with the field of where a plain step would lead. Source: Korpelevich 1976; for GANs
/// Gidel et al. 2018 (arXiv 1802.10551).
/// </summary>
/// <param name="Step">h.</param>
public sealed record ExtragradientSteps(double Step) : IIntegrator
{
    /// <inheritdoc/>
    public string Name => "extragradient";

    /// <inheritdoc/>
    public bool HasMemory => false;

    /// <inheritdoc/>
    public GameState Start(IGame game, GamePoint at) => new(at, at);

    /// <inheritdoc/>
    public GameState Advance(IGame game, GameState state)
    {
        ArgumentNullException.ThrowIfNull(game);
        var ahead = game.Project(state.Point + Step * game.Field(state.Point));
        var point = game.Project(state.Point + Step * game.Field(ahead));
        return new(point, point);
    }
}
