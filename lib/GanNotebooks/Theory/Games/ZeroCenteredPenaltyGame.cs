namespace GanNotebooks.Theory;

/// <summary>
/// A game whose discriminator also pays γ/2 ψ²: v - (0, γψ). For the Dirac-GAN this is both R1 (gradient at the data) and R2 (gradient at
/// the fakes), since the gradient of the logit ψx is ψ everywhere. Source: Mescheder et al. 2018 (arXiv 1801.04406).
/// </summary>
/// <param name="Inner">The game without the penalty.</param>
/// <param name="Gamma">γ, not negative.</param>
/// <param name="Name">The name in tables and legends.</param>
public sealed record ZeroCenteredPenaltyGame(ISmoothGame Inner, double Gamma, string Name) : ISmoothGame
{
    /// <inheritdoc/>
    public GamePoint Field(GamePoint at) => Inner.Field(at) - new GamePoint(0, Gamma * at.Psi);

    /// <inheritdoc/>
    public Matrix2 Jacobian(GamePoint at)
    {
        var inner = Inner.Jacobian(at);
        return inner with { D = inner.D - Gamma };
    }

    /// <inheritdoc/>
    public GamePoint Project(GamePoint point) => Inner.Project(point);
}
