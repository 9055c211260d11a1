namespace GanNotebooks.Theory;

/// <summary>
/// The Dirac-GAN under the training methods of Mescheder, Geiger, Nowozin 2018, "Which Training Methods for GANs do actually Converge?"
/// (arXiv 1801.04406): data a point mass at 0, generator a point mass at θ, discriminator's logit ψx, f(t) = -log(1 + e⁻ᵗ). Equilibrium (0,
/// 0). The paper's logit is high on fakes; with this workbook's convention, high on real, ψ changes its sign and nothing else.
/// </summary>
public static class DiracGan
{
    /// <summary>The minimax game.</summary>
    /// <returns>Field (-ψ f′(θψ), θ f′(θψ)).</returns>
    public static DiracMinimaxGame Minimax() => new();

    /// <summary>The non-saturating game.</summary>
    /// <returns>Field (-ψ f′(-θψ), θ f′(θψ)).</returns>
    public static DiracNonSaturatingGame NonSaturating() => new();

    /// <summary>The Wasserstein game with weight clipping.</summary>
    /// <param name="clip">ψ is clipped to [-clip, clip] after each discriminator step.</param>
    /// <returns>Field (-ψ, θ).</returns>
    public static BilinearGame Wasserstein(double clip = 1) => new(FormattableString.Invariant($"WGAN clip {clip}"), clip);

    /// <summary>The Wasserstein game with a gradient penalty λ/2 (|ψ| - g₀)².</summary>
    /// <param name="weight">λ.</param>
    /// <param name="targetNorm">g₀.</param>
    /// <returns>Field (-ψ, θ - λ (|ψ| - g₀) sign ψ).</returns>
    public static DiracGradientPenaltyGame WassersteinGradientPenalty(double weight = 0.7, double targetNorm = 1)
        => new(weight, targetNorm);

    /// <summary>The minimax game with instance noise, its expectation exact.</summary>
    /// <param name="sigma">The standard deviation of the noise.</param>
    /// <returns>The field of the noisy game.</returns>
    public static DiracInstanceNoiseGame InstanceNoise(double sigma = 0.7) => new(sigma);

    /// <summary>The minimax game with R1, γ/2 |∇D|² at the data.</summary>
    /// <param name="gamma">γ; 1 is critical for flow and simultaneous steps.</param>
    /// <returns>Field v - (0, γψ).</returns>
    public static ZeroCenteredPenaltyGame R1(double gamma) => new(Minimax(), gamma, FormattableString.Invariant($"R1 γ {gamma}"));

    /// <summary>The minimax game with R2, γ/2 |∇D|² at the fakes; for the Dirac-GAN the same field as <see cref="R1"/>.</summary>
    /// <param name="gamma">γ.</param>
    /// <returns>Field v - (0, γψ).</returns>
    public static ZeroCenteredPenaltyGame R2(double gamma) => new(Minimax(), gamma, FormattableString.Invariant($"R2 γ {gamma}"));

    /// <summary>The non-saturating game with R1.</summary>
    /// <param name="gamma">γ.</param>
    /// <returns>Field v - (0, γψ).</returns>
    public static ZeroCenteredPenaltyGame NonSaturatingR1(double gamma = 0.3)
        => new(NonSaturating(), gamma, FormattableString.Invariant($"NS-GAN + R1 γ {gamma}"));

    /// <summary>The minimax game under consensus optimisation.</summary>
    /// <param name="gamma">γ.</param>
    /// <returns>Field v - γ Jᵀv.</returns>
    public static ConsensusGame Consensus(double gamma = 1) => new(Minimax(), gamma);
}

/// <summary>The signal that the generator's samples follow.</summary>
public enum GeneratorSignal
{
    /// <summary>Down log(1 - D): the minimax game. Fades where D is sure of a fake.</summary>
    Saturating,

    /// <summary>Up log D: the same fixed points, strong where D is sure of a fake.</summary>
    NonSaturating,
}
