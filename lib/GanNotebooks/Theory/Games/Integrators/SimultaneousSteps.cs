namespace GanNotebooks.Theory;

/// <summary>Simultaneous gradient steps, optionally with heavy-ball momentum: w′ = w + h v(w) + β (w - w₋₁).</summary>
/// <param name="Step">h, the generator's step.</param>
/// <param name="Momentum">β; may be negative.</param>
/// <param name="StepRatio">The discriminator's step is this times h (two time scales).</param>
public sealed record SimultaneousSteps(double Step, double Momentum = 0, double StepRatio = 1) : IIntegrator
{
    /// <inheritdoc/>
    public string Name => Momentum == 0 ? "simultaneous" : FormattableString.Invariant($"simultaneous, momentum {Momentum}");

    /// <inheritdoc/>
    public bool HasMemory => Momentum != 0;

    /// <inheritdoc/>
    public GameState Start(IGame game, GamePoint at) => new(at, at);

    /// <inheritdoc/>
    public GameState Advance(IGame game, GameState state)
    {
        ArgumentNullException.ThrowIfNull(game);
        var velocity = game.Field(state.Point);
        var move = new GamePoint(Step * velocity.Theta, Step * StepRatio * velocity.Psi);
        return new(game.Project(state.Point + move + Momentum * (state.Point - state.Memory)), state.Point);
    }
}
