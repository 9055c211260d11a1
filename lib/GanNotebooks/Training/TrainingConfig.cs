using GanNotebooks.Losses;
using GanNotebooks.Regularizers;

namespace GanNotebooks.Training;

/// <summary>
/// Everything that a training run depends on, apart from the networks and the data. Change it with <c>with</c>. Loss, penalty, noise,
/// packing and the rest are independent of each other; <see cref="ConfigRules.Validate"/> refuses the few combinations that make no
/// sense. Two learning rates (TTUR, Heusel et al. 2017) are two <see cref="AdamConfig"/>s.
/// </summary>
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

    /// <summary>Steps between two lines of the history, which the first and the last step have in any case.</summary>
    public int RecordEvery { get; init; } = 10;

    /// <summary>Seed of the noise. Networks and data have seeds of their own.</summary>
    public int Seed { get; init; }

    /// <summary>Added to D's loss: a gradient penalty; null for none.</summary>
    public IDiscriminatorPenalty? Penalty { get; init; }

    /// <summary>Weights of D are clipped to [−c, c] after each of its updates (<see cref="WeightClipping"/>); 0 for no clipping.</summary>
    public double WeightClip { get; init; }

    /// <summary>Noise on all that D sees while training; null for none.</summary>
    public InstanceNoise? InstanceNoise { get; init; }

    /// <summary>γ of consensus optimisation (<see cref="ConsensusTerm"/>), for both players; 0 for none.</summary>
    public double ConsensusWeight { get; init; }

    /// <summary>Samples that D judges at once, m (<see cref="Regularizers.Packing"/>): its input is m times as wide.</summary>
    public int Packing { get; init; } = 1;

    /// <summary>Updates of D that G looks ahead (Metz et al. 2017); 0 for none. D must be a plain perceptron.</summary>
    public int UnrolledSteps { get; init; }

    /// <summary>
    /// Whether G's step takes the fakes that D was just shown, and with them G's forward pass, instead of drawing fresh ones. Algorithm 1
    /// draws fresh noise for G; sharing saves a pass through G for each step, and G then learns from samples that D has already answered.
    /// </summary>
    public bool ShareFakes { get; init; }

    /// <summary>Half-life of the moving average of G's parameters, in generated images; 0 keeps no average.</summary>
    public double AverageHalfLife { get; init; }

    /// <summary>
    /// Which code computes the gradients. The engines differ in rounding only, yet after thousands of steps in the weights: a checkpoint
    /// continues only with the engine that it was saved with.
    /// </summary>
    public GradientEngine Engine { get; init; } = GradientEngine.Fastest;

    /// <summary>A player's learning rate after a fraction of the run.</summary>
    /// <param name="optimizer">The player's optimiser.</param>
    /// <param name="done">In [0, 1].</param>
    // Half a cosine from 1 down to the final fraction (Loshchilov and Hutter 2017, without restarts).
    public double LearningRateAt(AdamConfig optimizer, double done)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return optimizer.LearningRate * (FinalLearningRate + (1 - FinalLearningRate) * (1 + Math.Cos(Math.PI * done)) / 2);
    }

    /// <summary>Whether a generator's step needs a batch of data.</summary>
    internal bool GeneratorSeesData => Loss.GeneratorNeedsReal || UnrolledSteps > 0 || ConsensusWeight > 0;
}

/// <summary>
/// Which code computes the gradients of a run (<see cref="TrainingConfig.Engine"/>). Both compute the same up to rounding.
/// </summary>
public enum GradientEngine
{
    /// <summary>The hand-written passes of <c>Training/Cpu</c> where they fit networks, settings and device; else autograd.</summary>
    Fastest,

    /// <summary>Torch's autograd, for any network, loss and regulariser: the definition that the other engine is tested against.</summary>
    Autograd,
}
