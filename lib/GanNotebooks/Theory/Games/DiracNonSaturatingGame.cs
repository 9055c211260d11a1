namespace GanNotebooks.Theory;

/// <summary>
/// Dirac-GAN with the non-saturating generator: v = (-ψ f′(-θψ), θ f′(θψ)). Not a zero-sum game; the same Jacobian at 0 as the minimax
/// game, so local theory cannot tell them apart: it crawls inward, slower than any exponential. Source: Mescheder et al. 2018 (arXiv
/// 1801.04406).
/// </summary>
public sealed record DiracNonSaturatingGame : ISmoothGame
{
    /// <inheritdoc/>
    public string Name => "NS-GAN";

    /// <inheritdoc/>
    public GamePoint Field(GamePoint at)
    {
        double t = at.Theta * at.Psi;
        return new(-at.Psi * LogisticLink.Slope(-t), at.Theta * LogisticLink.Slope(t));
    }

    /// <inheritdoc/>
    public Matrix2 Jacobian(GamePoint at)
    {
        var ((theta, psi), t) = (at, at.Theta * at.Psi);
        double curvature = LogisticLink.Curvature(t); // f″ is even
        return new(
            psi * psi * curvature,
            -LogisticLink.Slope(-t) + t * curvature,
            LogisticLink.Slope(t) + t * curvature,
            theta * theta * curvature);
    }
}
