namespace GanNotebooks.Theory;

/// <summary>
/// Alternating gradient steps: one round is one step of the generator and k of the discriminator, each seeing the other's newest parameter;
/// optionally with heavy-ball momentum, per player w′ = w + h v(w) + β (w - w₋₁). Who moves first changes the last digits of a result, so
/// it is part of it.
/// </summary>
/// <param name="Step">h, the generator's step.</param>
/// <param name="DiscriminatorSteps">k, at least 1 (Algorithm 1 of Goodfellow et al. 2014).</param>
/// <param name="First">The player that moves first in a round; Algorithm 1 lets the discriminator begin, the published Dirac-GAN code the
/// generator.</param>
/// <param name="Momentum">β; may be negative.</param>
/// <param name="StepRatio">The discriminator's step is this times h (two time scales).</param>
public sealed record AlternatingSteps(
    double Step,
    int DiscriminatorSteps = 1,
    Player First = Player.Generator,
    double Momentum = 0,
    double StepRatio = 1) : IIntegrator
{
    /// <inheritdoc/>
    public string Name
        => FormattableString.Invariant($"alternating {DiscriminatorSteps}:1, {(First == Player.Generator ? 'G' : 'D')} first")
            + (HasMemory ? FormattableString.Invariant($", momentum {Momentum}") : string.Empty);

    /// <inheritdoc/>
    public bool HasMemory => Momentum != 0;

    /// <inheritdoc/>
    public GameState Start(IGame game, GamePoint at) => new(at, at);

    /// <inheritdoc/>
    public GameState Advance(IGame game, GameState state)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (First == Player.Generator)
            state = MoveGenerator(game, state);
        for (int k = 0; k < DiscriminatorSteps; k++)
            state = MoveDiscriminator(game, state);
        return First == Player.Generator ? state : MoveGenerator(game, state);
    }

    private GameState MoveGenerator(IGame game, GameState state)
    {
        double theta = state.Point.Theta;
        double moved = theta + Step * game.Field(state.Point).Theta + Momentum * (theta - state.Memory.Theta);
        return new(game.Project(state.Point with { Theta = moved }), state.Memory with { Theta = theta });
    }

    private GameState MoveDiscriminator(IGame game, GameState state)
    {
        double psi = state.Point.Psi;
        double moved = psi + Step * StepRatio * game.Field(state.Point).Psi + Momentum * (psi - state.Memory.Psi);
        return new(game.Project(state.Point with { Psi = moved }), state.Memory with { Psi = psi });
    }
}
