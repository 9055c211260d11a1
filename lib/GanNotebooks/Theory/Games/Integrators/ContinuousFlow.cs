namespace GanNotebooks.Theory;

/// <summary>
/// The flow dw/dt = v(w), followed by the classical Runge-Kutta rule of order 4: what training would be with infinitely small steps.
/// </summary>
/// <param name="Step">The time of one step, h; the error after a fixed time falls with h⁴.</param>
public sealed record ContinuousFlow(double Step) : IIntegrator
{
    /// <inheritdoc/>
    public string Name => "flow";

    /// <inheritdoc/>
    public bool HasMemory => false;

    /// <inheritdoc/>
    public GameState Start(IGame game, GamePoint at) => new(at, at);

    /// <inheritdoc/>
    public GameState Advance(IGame game, GameState state)
    {
        ArgumentNullException.ThrowIfNull(game);
        var w = state.Point;
        var k1 = game.Field(w);
        var k2 = game.Field(w + Step / 2 * k1);
        var k3 = game.Field(w + Step / 2 * k2);
        var k4 = game.Field(w + Step * k3);
        var point = game.Project(w + Step / 6 * (k1 + 2 * k2 + 2 * k3 + k4));
        return new(point, point);
    }
}
