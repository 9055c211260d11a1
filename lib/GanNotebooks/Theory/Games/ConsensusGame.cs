namespace GanNotebooks.Theory;

/// <summary>
/// Consensus optimisation: both players also descend γ/2 |v|², that is w = v - γ Jᵀv. Source: Mescheder, Nowozin, Geiger 2017, "The
/// Numerics of GANs" (arXiv 1705.10461).
/// </summary>
/// <param name="Inner">The game without it.</param>
/// <param name="Gamma">γ, not negative.</param>
public sealed record ConsensusGame(ISmoothGame Inner, double Gamma) : IGame
{
    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"{Inner.Name} + consensus {Gamma}");

    /// <inheritdoc/>
    public GamePoint Field(GamePoint at)
    {
        var v = Inner.Field(at);
        return v - Gamma * Inner.Jacobian(at).ApplyTransposed(v);
    }

    /// <inheritdoc/>
    public GamePoint Project(GamePoint point) => Inner.Project(point);
}
