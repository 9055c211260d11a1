namespace GanNotebooks.Theory;

/// <summary>
/// Dirac-GAN with the minimax loss: v = (-ψ f′(θψ), θ f′(θψ)). The generator is a point mass at θ, the data one at 0, the discriminator's
/// logit ψx, and V(θ, ψ) = f(θψ) + f(0). Source: Mescheder, Geiger, Nowozin 2018 (arXiv 1801.04406); the logit is high on fakes
/// there and here.
/// </summary>
public sealed record DiracMinimaxGame : ISmoothGame
{
    /// <inheritdoc/>
    public string Name => "GAN (minimax)";

    /// <inheritdoc/>
    public GamePoint Field(GamePoint at)
    {
        double slope = LogisticLink.Slope(at.Theta * at.Psi);
        return new(-at.Psi * slope, at.Theta * slope);
    }

    /// <inheritdoc/>
    public Matrix2 Jacobian(GamePoint at)
    {
        var ((theta, psi), t) = (at, at.Theta * at.Psi);
        var (slope, curvature) = (LogisticLink.Slope(t), LogisticLink.Curvature(t));
        double mixed = slope + t * curvature;
        return new(-psi * psi * curvature, -mixed, mixed, theta * theta * curvature);
    }
}
