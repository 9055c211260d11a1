namespace GanNotebooks.Theory;

/// <summary>Where a simulated game stands.</summary>
/// <param name="Point">The parameters.</param>
/// <param name="Memory">What the integrator carries on: the point before (momentum) or the field before (optimism); the point itself if
/// nothing.</param>
public readonly record struct GameState(GamePoint Point, GamePoint Memory);
