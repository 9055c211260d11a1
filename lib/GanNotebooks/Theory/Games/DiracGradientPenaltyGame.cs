namespace GanNotebooks.Theory;

/// <summary>
/// Dirac-GAN with the Wasserstein loss and a gradient penalty that is not centred at zero, λ/2 (|ψ| - g₀)²: v = (-ψ, θ - λ (|ψ| - g₀) sign
/// ψ). The penalty pulls |ψ| towards g₀ &gt; 0, away from the equilibrium, where it has a kink: no convergence. Source: Mescheder et al.
/// 2018 (arXiv 1801.04406).
/// </summary>
/// <param name="Weight">λ, positive.</param>
/// <param name="TargetNorm">g₀, the norm of the critic's gradient that costs nothing.</param>
public sealed record DiracGradientPenaltyGame(double Weight = 0.7, double TargetNorm = 1) : IGame
{
    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"WGAN-GP λ {Weight}");

    /// <inheritdoc/>
    public GamePoint Field(GamePoint at) => new(-at.Psi, at.Theta - Weight * (Math.Abs(at.Psi) - TargetNorm) * Math.Sign(at.Psi));
}
