namespace GanNotebooks.Theory;

/// <summary>What a discriminator of sequences pays the generator for a sequence x.</summary>
public enum PolicyReward
{
    /// <summary>D(x), as in SeqGAN (Yu et al. 2017).</summary>
    Probability,

    /// <summary>log D(x), the non-saturating loss as a reward.</summary>
    LogProbability,

    /// <summary>−log(1 − D(x)), the loss of the minimax game as a reward.</summary>
    Minimax,

    /// <summary>log D(x) − log(1 − D(x)), the logit.</summary>
    LogRatio,

    /// <summary>D(x)/(1 − D(x)), as in MaliGAN (Che et al. 2017): p/q at the optimal discriminator.</summary>
    Ratio,
}
