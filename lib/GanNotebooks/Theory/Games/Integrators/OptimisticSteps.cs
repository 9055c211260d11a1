namespace GanNotebooks.Theory;

/// <summary>
/// Optimism, or extrapolation from the past: w′ = w + 2h v(w) - h v(w₋₁); the first step is a plain one. Source: Daskalakis et al. 2017
/// (arXiv 1711.00141); Gidel et al. 2018 (arXiv 1802.10551).
/// </summary>
/// <param name="Step">h.</param>
public sealed record OptimisticSteps(double Step) : IIntegrator
{
    /// <inheritdoc/>
    public string Name => "optimistic";

    /// <inheritdoc/>
    public bool HasMemory => true;

    /// <inheritdoc/>
    public GameState Start(IGame game, GamePoint at)
    {
        ArgumentNullException.ThrowIfNull(game);
        return new(at, game.Field(at));
    }

    /// <inheritdoc/>
    public GameState Advance(IGame game, GameState state)
    {
        ArgumentNullException.ThrowIfNull(game);
        var velocity = game.Field(state.Point);
        return new(game.Project(state.Point + 2 * Step * velocity - Step * state.Memory), velocity);
    }
}
