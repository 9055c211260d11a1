namespace GanNotebooks.Theory;

/// <summary>
/// A way to follow a game's field in steps. Immutable: everything that changes is in the state that goes in and comes out.
/// </summary>
public interface IIntegrator
{
    /// <summary>The name of the integrator in tables and legends.</summary>
    string Name { get; }

    /// <summary>Whether a step depends on more than the current point.</summary>
    bool HasMemory { get; }

    /// <summary>The state before the first step.</summary>
    /// <param name="game">The game.</param>
    /// <param name="at">The starting point.</param>
    /// <returns>The state.</returns>
    GameState Start(IGame game, GamePoint at);

    /// <summary>Computes one step; for alternating schemes, one round of both players.</summary>
    /// <param name="game">The game.</param>
    /// <param name="state">The state before.</param>
    /// <returns>The state after.</returns>
    GameState Advance(IGame game, GameState state);
}

/// <summary>The state of a simulated game.</summary>
/// <param name="Point">The parameters.</param>
/// <param name="Memory">What the integrator remembers: the point before (momentum) or the field before (optimism); the point itself if
/// nothing.</param>
public readonly record struct GameState(GamePoint Point, GamePoint Memory);

/// <summary>The two players of a game.</summary>
public enum Player
{
    /// <summary>The generator, with parameter θ.</summary>
    Generator,

    /// <summary>The discriminator, with parameter ψ.</summary>
    Discriminator,
}
