using GanNotebooks.Losses;

namespace GanNotebooks.Training;

/// <summary>Everything that a training run depends on, apart from the networks and the data. Change it with <c>with</c>.</summary>
public sealed record TrainingConfig
{
    /// <summary>Generator updates to make.</summary>
    public required int Steps { get; init; }

    /// <summary>Samples of each kind in a batch, m.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Discriminator updates before each generator update: k of Algorithm 1 (Goodfellow et al. 2014).</summary>
    public int DiscriminatorSteps { get; init; } = 1;

    /// <summary>What the players minimise.</summary>
    public IAdversarialLoss Loss { get; init; } = new NonSaturatingLoss();

    /// <summary>The discriminator's optimiser.</summary>
    public AdamConfig DiscriminatorOptimizer { get; init; } = new(2e-4);

    /// <summary>The generator's optimiser.</summary>
    public AdamConfig GeneratorOptimizer { get; init; } = new(2e-4);

    /// <summary>Learning rates fall along half a cosine to this fraction of their start; 1 keeps them.</summary>
    public double FinalLearningRate { get; init; } = 1;

    /// <summary>Numbers in one z.</summary>
    public int NoiseDimension { get; init; } = 2;

    /// <summary>Distribution of z.</summary>
    public NoiseKind Noise { get; init; } = NoiseKind.Normal;

    /// <summary>Steps between two lines of the history.</summary>
    public int RecordEvery { get; init; } = 10;

    /// <summary>Seed of the noise. Networks and data have seeds of their own.</summary>
    public int Seed { get; init; }

    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentException">The message names the value.</exception>
    public void Validate()
    {
        foreach (var (name, value) in new[] { (nameof(Steps), Steps), (nameof(BatchSize), BatchSize), (nameof(DiscriminatorSteps), DiscriminatorSteps), (nameof(NoiseDimension), NoiseDimension), (nameof(RecordEvery), RecordEvery) })
        {
            if (value < 1)
                throw new ArgumentException($"{name} must be at least 1, got {value}");
        }
        if (!(FinalLearningRate > 0 && FinalLearningRate <= 1))
            throw new ArgumentException($"{nameof(FinalLearningRate)} must lie in (0, 1], got {FinalLearningRate}");
        DiscriminatorOptimizer.Validate();
        GeneratorOptimizer.Validate();
    }
}
