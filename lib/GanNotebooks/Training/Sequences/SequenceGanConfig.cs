namespace GanNotebooks.Training;

/// <summary>Settings of a run on sequences.</summary>
/// <param name="Method">How the generator learns.</param>
public sealed record SequenceGanConfig(SequenceMethod Method)
{
    /// <summary>Updates of the generator, after <see cref="Pretraining"/>.</summary>
    public int Steps { get; init; } = 2000;

    /// <summary>Updates by maximum likelihood before the game begins; D then learns for a tenth of them, against this generator.</summary>
    public int Pretraining { get; init; }

    /// <summary>Sequences in a batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Numbers in the memory of the generator.</summary>
    public int GeneratorHidden { get; init; } = 32;

    /// <summary>Numbers in the memory of the discriminator.</summary>
    public int DiscriminatorHidden { get; init; } = 32;

    /// <summary>Adam's step for maximum likelihood.</summary>
    public double LikelihoodRate { get; init; } = 5e-3;

    /// <summary>Adam's step for the generator in the game.</summary>
    public double GeneratorRate { get; init; } = 1e-3;

    /// <summary>Adam's step for the discriminator.</summary>
    public double DiscriminatorRate { get; init; } = 2e-3;

    /// <summary>Updates of D for one of G.</summary>
    public int DiscriminatorSteps { get; init; } = 2;

    /// <summary>τ of the Gumbel methods.</summary>
    public double Temperature { get; init; } = 0.5;

    /// <summary>Factor of the baseline in REINFORCE: 1 subtracts the mean reward of the other sequences of the batch, 0 nothing.</summary>
    public double Baseline { get; init; } = 1;

    /// <summary>Seed of weights, batches and samples.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Refuses settings with which no run makes sense.</summary>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Method))
            throw new ArgumentException($"unknown method {Method}");
        if (Steps < 0 || Pretraining < 0 || BatchSize < 2 || GeneratorHidden < 1 || DiscriminatorHidden < 1 || DiscriminatorSteps < 1)
        {
            throw new ArgumentException($"steps must not be negative, sizes must be positive and a batch at least 2; got {Steps}, "
                + $"{Pretraining}, {BatchSize}, {GeneratorHidden}, {DiscriminatorHidden}, {DiscriminatorSteps}");
        }
        if (!(LikelihoodRate > 0 && GeneratorRate > 0 && DiscriminatorRate > 0 && Temperature > 0 && double.IsFinite(Baseline)))
        {
            throw new ArgumentException($"rates and temperature must be positive, got {LikelihoodRate}, {GeneratorRate}, "
                + $"{DiscriminatorRate}, {Temperature}; the baseline's factor must be finite, got {Baseline}");
        }
    }
}

/// <summary>How a generator of sequences learns.</summary>
public enum SequenceMethod
{
    /// <summary>Ascends log q of real sequences. No discriminator.</summary>
    MaximumLikelihood,

    /// <summary>Gradients through relaxed tokens (Kusner and Hernández-Lobato 2016).</summary>
    Gumbel,

    /// <summary>Gradients of relaxed tokens through hard ones.</summary>
    GumbelStraightThrough,

    /// <summary>REINFORCE, rewarded by D(x) as in SeqGAN (Yu et al. 2017), once for the whole sequence.</summary>
    Reinforce,

    /// <summary>REINFORCE, rewarded by the logit log D(x)/(1 − D(x)).</summary>
    ReinforceLogRatio,

    /// <summary>MaliGAN (Che et al. 2017): log-likelihood of own samples, weighted by D/(1 − D).</summary>
    MaliGan,
}
