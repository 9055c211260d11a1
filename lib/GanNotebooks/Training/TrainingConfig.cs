using GanNotebooks.Losses;
using GanNotebooks.Regularizers;

namespace GanNotebooks.Training;

/// <summary>
/// Everything that a training run depends on, except the networks and the data. A <c>with</c> expression changes a setting. Loss, penalty,
/// noise, packing and the other settings are independent of each other; <see cref="ConfigRules.Validate"/> refuses the few combinations
/// that make no sense. Two learning rates (TTUR, Heusel et al. 2017) are two <see cref="OptimizerConfig"/>s.
/// </summary>
public sealed record TrainingConfig
{
    /// <summary>Number of generator updates.</summary>
    public required int Steps { get; init; }

    /// <summary>Number of real samples, and of generated samples, in a batch, m.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Number of discriminator updates before each generator update: k of Algorithm 1 (Goodfellow et al. 2014).</summary>
    public int DiscriminatorSteps { get; init; } = 1;

    /// <summary>The order of the players' updates: in turn, or both at once.</summary>
    public UpdateOrder Order { get; init; }

    /// <summary>Loss functions of both players.</summary>
    public IAdversarialLoss Loss { get; init; } = new NonSaturatingLoss();

    /// <summary>The discriminator's optimiser.</summary>
    public OptimizerConfig DiscriminatorOptimizer { get; init; } = new AdamConfig(2e-4);

    /// <summary>The generator's optimiser.</summary>
    public OptimizerConfig GeneratorOptimizer { get; init; } = new AdamConfig(2e-4);

    /// <summary>
    /// Fraction of the initial learning rates at the end of the run. They fall along half a cosine; 1 keeps them constant.
    /// </summary>
    public double FinalLearningRate { get; init; } = 1;

    /// <summary>Number of values in one z.</summary>
    public int NoiseDimension { get; init; } = 2;

    /// <summary>Distribution of z.</summary>
    public NoiseKind Noise { get; init; } = NoiseKind.Normal;

    /// <summary>Number of steps between two records of the history. The first and the last step are always recorded.</summary>
    public int RecordEvery { get; init; } = 10;

    /// <summary>Seed of the noise. Networks and data have separate seeds.</summary>
    public int Seed { get; init; }

    /// <summary>Gradient penalty that is added to D's loss; null for none.</summary>
    public IDiscriminatorPenalty? Penalty { get; init; }

    /// <summary>
    /// Bound c of the weights of D, clipped to [−c, c] after each of its updates (<see cref="WeightClipping"/>); 0 for no clipping.
    /// </summary>
    public double WeightClip { get; init; }

    /// <summary>Noise that is added to all inputs of D during training; null for none.</summary>
    public InstanceNoise? InstanceNoise { get; init; }

    /// <summary>
    /// Random changes of all images that D sees during training, data and fakes, in both players' steps; null for none. Instance noise is
    /// added after them, and penalties see their result.
    /// </summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>
    /// Distance between a generated sample and the real sample of the same condition that is added to G's loss; null for none. It needs
    /// pairs (<see cref="Data.IConditionedBatches"/>).
    /// </summary>
    public ReconstructionTerm? Reconstruction { get; init; }

    /// <summary>
    /// Matching of samples and conditions, added to both losses: D learns it on real pairs, and it judges G's samples; null for none. D
    /// must be an <see cref="Networks.IConditionMatcher"/>.
    /// </summary>
    public MatchingTerm? Matching { get; init; }

    /// <summary>
    /// Weight of the classifier's cross entropy in both players' losses (AC-GAN, Odena et al. 2017, equations 2 and 3); 0 for none. D must
    /// be an <see cref="Networks.IAuxiliaryClassifier"/>, and the conditions one-hot classes.
    /// </summary>
    public double AuxiliaryWeight { get; init; }

    /// <summary>Weight γ of consensus optimisation (<see cref="ConsensusTerm"/>), for both players; 0 for none.</summary>
    public double ConsensusWeight { get; init; }

    /// <summary>Number of samples that D judges at once, m (<see cref="Regularizers.Packing"/>). Its input is m times as wide.</summary>
    public int Packing { get; init; } = 1;

    /// <summary>Number of updates of D that G looks ahead (Metz et al. 2017); 0 for none. D must be a plain perceptron.</summary>
    public int UnrolledSteps { get; init; }

    /// <summary>
    /// Whether G's step reuses the fakes of D's last step, and with them G's forward pass, instead of drawing fresh ones. Algorithm 1 draws
    /// fresh noise for G. Sharing saves one pass through G in each step; G then learns from samples that D has already been trained on.
    /// </summary>
    public bool ShareFakes { get; init; }

    /// <summary>Half-life of the moving average of G's parameters, in generated images; 0 keeps no average.</summary>
    public double AverageHalfLife { get; init; }

    /// <summary>
    /// The code that computes the gradients. The engines differ in rounding only, but after thousands of steps the weights differ. A
    /// checkpoint therefore continues only with the engine that it was saved with.
    /// </summary>
    public GradientEngine Engine { get; init; } = GradientEngine.Fastest;

    /// <summary>Returns a player's learning rate after a fraction of the run.</summary>
    /// <param name="optimizer">The player's optimiser.</param>
    /// <param name="done">Fraction of the run that is done, in [0, 1].</param>
    public double LearningRateAt(OptimizerConfig optimizer, double done)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return optimizer.AnnealedRate(FinalLearningRate, done);
    }

    /// <summary>Whether a generator's step needs a batch of data.</summary>
    internal bool GeneratorSeesData => Loss.GeneratorNeedsReal || UnrolledSteps > 0 || ConsensusWeight > 0;
}

/// <summary>The order of the players' updates in one step (<see cref="TrainingConfig.Order"/>).</summary>
public enum UpdateOrder
{
    /// <summary>k updates of D, then one of G against the new D, each on fresh noise: Algorithm 1 of Goodfellow et al. (2014).</summary>
    Alternating,

    /// <summary>
    /// One update of both at once. Both gradients are computed at the parameters before the step, on the same batch of data, the same
    /// fakes and one forward pass of D, so that its dropout masks are the same too. The public programs of Goodfellow et al. (2014) and of
    /// PacGAN (Lin et al. 2018) do this; the theory of Mescheder et al. (2018, section 2) calls it simultaneous gradient descent.
    /// </summary>
    Simultaneous,
}

/// <summary>
/// The code that computes the gradients of a run (<see cref="TrainingConfig.Engine"/>). All engines agree up to rounding.
/// </summary>
public enum GradientEngine
{
    /// <summary>
    /// The hand-written passes of <c>Training/Cpu</c> where they support networks, settings and device; otherwise autograd.
    /// </summary>
    Fastest,

    /// <summary>Torch's autograd, for any network, loss and regulariser: the definition that the other engine is tested against.</summary>
    Autograd,
}
