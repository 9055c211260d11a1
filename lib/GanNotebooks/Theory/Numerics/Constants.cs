namespace GanNotebooks.Theory;

/// <summary>Numbers that occur throughout the theory of the game, in nats.</summary>
public static class Constants
{
    /// <summary>log 2 = 0.693147…, the largest Jensen-Shannon divergence, and the loss of a discriminator that answers ½.</summary>
    public const double Log2 = 0.69314718055994530942;

    /// <summary>log 4 = 1.386294…, minus the value of the game at the optimum (Goodfellow et al. 2014, theorem 1).</summary>
    public const double Log4 = 2 * Log2;

    /// <summary>C(G) at its global minimum, −log 4.</summary>
    public const double GlobalMinimum = -Log4;

    /// <summary>The discriminator's cross-entropy summed over both halves when D = ½: log 4.</summary>
    public const double DiscriminatorLossAtHalf = Log4;

    /// <summary>The saturating generator loss E log(1 − D) when D = ½: −log 2.</summary>
    public const double SaturatingLossAtHalf = -Log2;

    /// <summary>The non-saturating generator loss −E log D when D = ½: log 2.</summary>
    public const double NonSaturatingLossAtHalf = Log2;

    /// <summary>The hinge discriminator loss at zero logits: 1 + 1.</summary>
    public const double HingeLossAtZero = 2;

    /// <summary>The least-squares discriminator loss with targets (0, 1) at output ½: ½·¼ + ½·¼.</summary>
    public const double LeastSquaresLossAtHalf = 0.25;

    /// <summary>The relativistic paired loss when both samples look alike: log 2.</summary>
    public const double RelativisticLossAtEquality = Log2;
}
