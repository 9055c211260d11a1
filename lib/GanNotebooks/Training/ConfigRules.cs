using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Rules that refuse settings that are out of range, contradict each other, or do not fit a network, with the reason.</summary>
public static class ConfigRules
{
    /// <summary>Throws when a value is out of range, or when settings contradict each other.</summary>
    /// <param name="config">The settings to validate.</param>
    /// <exception cref="ArgumentException">A value is out of range, or settings contradict each other. The message names the value or the
    /// reason.</exception>
    public static void Validate(this TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        RequireRanges(config);
        RequireConsistent(config);
    }

    private static void RequireRanges(TrainingConfig c)
    {
        foreach (var (name, value) in new[] { (nameof(c.Steps), c.Steps), (nameof(c.BatchSize), c.BatchSize),
            (nameof(c.DiscriminatorSteps), c.DiscriminatorSteps), (nameof(c.NoiseDimension), c.NoiseDimension),
            (nameof(c.RecordEvery), c.RecordEvery), (nameof(c.Packing), c.Packing) })
        {
            if (value < 1)
                throw new ArgumentException($"{name} must be at least 1, got {value}");
        }
        foreach (var (name, value) in new[] { (nameof(c.WeightClip), c.WeightClip), (nameof(c.ConsensusWeight), c.ConsensusWeight),
            (nameof(c.UnrolledSteps), c.UnrolledSteps), (nameof(c.AverageHalfLife), c.AverageHalfLife),
            (nameof(c.AuxiliaryWeight), c.AuxiliaryWeight) })
        {
            if (!(value >= 0) || !double.IsFinite(value))
                throw new ArgumentException($"{name} must be 0 or positive, got {value}");
        }
        if (!(c.FinalLearningRate > 0 && c.FinalLearningRate <= 1))
            throw new ArgumentException($"{nameof(c.FinalLearningRate)} must lie in (0, 1], got {c.FinalLearningRate}");
        c.Augmentation?.Validate();
        c.Reconstruction?.Validate();
        c.Matching?.Validate();
        c.DiscriminatorOptimizer.Validate();
        c.GeneratorOptimizer.Validate();
    }

    private static void RequireConsistent(TrainingConfig c)
    {
        ThrowIf(c.BatchSize % c.Packing != 0,
            $"Packing {c.Packing} does not divide the batch of {c.BatchSize}: the last pack would be short");
        bool together = c.Order is UpdateOrder.Simultaneous;
        ThrowIf(together && c.DiscriminatorSteps > 1,
            $"Order Simultaneous and {c.DiscriminatorSteps} DiscriminatorSteps: both players take one step at once, so k is 1");
        ThrowIf(together && c.UnrolledSteps > 0,
            "Order Simultaneous and UnrolledSteps: one pass of D serves both players, and G would look at another D than that one");
        ThrowIf(together && c.ShareFakes,
            "Order Simultaneous and ShareFakes: both players use the same fakes anyway; leave ShareFakes out");
        ThrowIf(c.WeightClip > 0 && c.Penalty is GradientPenalty or DraganPenalty,
            "WeightClip and a one-centred gradient penalty both fix the critic's slope, to different values: clipped weights cannot "
                + "reach slope 1");
        ThrowIf(c.UnrolledSteps > 0 && c.ConsensusWeight > 0,
            "UnrolledSteps and ConsensusWeight: the consensus term is a function of D as it is, unrolling of D as it would be");
        ThrowIf(c.UnrolledSteps > 0 && c.DiscriminatorOptimizer is not AdamConfig,
            "UnrolledSteps and a discriminator without Adam: the updates that G looks ahead are those of Adam");
        ThrowIf(c.UnrolledSteps > 0 && c.WeightClip > 0,
            "UnrolledSteps and WeightClip: the gradient through a clipped weight is zero, so that G would look ahead at nothing");
        ThrowIf(c.UnrolledSteps > 0 && c.Penalty is not null,
            "UnrolledSteps and a Penalty: the updates that G looks ahead would be of another loss than D's own, as penalties are not "
                + "unrolled");
        ThrowIf(c.UnrolledSteps > 0 && c.Augmentation is not null,
            "UnrolledSteps and an Augmentation: the updates that G looks ahead would all see one draw of the changes, and D's own see a "
                + "fresh one each");
        ThrowIf(c.Augmentation?.Adaptive is not null && !c.Loss.FixesZero(),
            "an adaptive Augmentation counts the signs of D's logits, and with this loss no logit is the border between data and fakes; "
                + "leave Adaptive null");
        ThrowIf(c.ShareFakes && c.ConsensusWeight > 0,
            "ShareFakes and ConsensusWeight: the consensus term of D's step goes through G, and uses up the pass that G's step would "
                + "share");
        ThrowIf(c is { Penalty: ZeroCenteredGradientPenalty { OnReal: <= 0, OnFake: <= 0 } },
            "a zero-centred penalty needs a positive weight on data or on fakes; leave Penalty null for none");
        ThrowIf(c is { Loss: LeastSquaresLoss { } l } && !(l.RealTarget > l.FakeTarget),
            "the target of real samples must be above that of fakes: logits are high on real everywhere in the workbook");
    }

    internal static void RequireFor(TrainingConfig c, nn.Module generator, nn.Module discriminator)
    {
        bool reduced = new[] { generator, discriminator }.Any(n => ReducedPrecision.PrecisionOf(n) != float32);
        ThrowIf(reduced && (c.UnrolledSteps > 0 || c.ConsensusWeight > 0 || c.WeightClip > 0),
            "UnrolledSteps, ConsensusWeight and WeightClip need networks in float32: they work on the parameters themselves, and those "
                + "of bfloat16 are roundings");
        ThrowIf(new[] { generator, discriminator }.Any(
            n => n.modules().Append(n).Any(m => ReducedPrecision.IsBatchNorm(m) && ReducedPrecision.PrecisionOf(m) != float32)),
            "batch normalisation in bfloat16 stops some per cent short of its running statistics; cast the network with "
                + $"{nameof(ReducedPrecision.InBFloat16)}(), which leaves it in float32");
        ThrowIf(new[] { generator, discriminator }.Any(
            n => ReducedPrecision.PrecisionOf(n) != float32 && n.modules().Append(n).Any(m => m is SpectralNorm)),
            "spectral norm in bfloat16: with 8 significant bits its power iteration does not find the largest singular value");
        bool spectral = discriminator.modules().Any(m => m is SpectralNorm);
        ThrowIf(c.WeightClip > 0 && spectral,
            "WeightClip and spectral norm: clipping acts on weights that are divided by their norm anyway, so it bounds nothing");
        ThrowIf(c.Loss is WassersteinLoss && c.WeightClip == 0 && c.Penalty is null && !spectral,
            "WassersteinLoss without anything that bounds the critic's slope (WeightClip, a Penalty, spectral norm): its loss has no "
                + "minimum");
        ThrowIf(c.UnrolledSteps > 0 && discriminator is not IFunctionalModule { IsPlain: true },
            "UnrolledSteps needs a discriminator that can be applied with other parameters, a plain MultilayerPerceptron or "
                + $"MaxoutPerceptron; got {discriminator.GetName()}");
        ThrowIf(c.Penalty is not null && BatchDependence.UsesBatchNorm(discriminator),
            "a gradient penalty and batch normalisation in D (or in its matcher): the penalty is about one sample's gradient, which batch "
                + "statistics mix with the others' (Gulrajani et al. 2017, section 4)");
    }

    /// <summary>Refuses networks, data and settings that do not play the same game: with conditions or without.</summary>
    internal static void RequireConditionsFor(TrainingConfig c, nn.Module generator, nn.Module discriminator, IBatchSource data)
    {
        bool conditional = generator is ConditionalNetwork || discriminator is ConditionalNetwork;
        if (!conditional)
        {
            ThrowIf(c.Reconstruction is not null || c.Matching is not null || c.AuxiliaryWeight > 0,
                "Reconstruction, Matching and AuxiliaryWeight compare a sample with its condition: they need two conditional networks and "
                    + $"{nameof(IConditionedBatches)}");
            return;
        }
        string other = $"; wrap it in {nameof(IgnoredCondition)} if it shall not see the condition";
        ThrowIf(generator is not ConditionalNetwork, $"the discriminator takes a condition and the generator none{other}");
        ThrowIf(discriminator is not ConditionalNetwork, $"the generator takes a condition and the discriminator none{other}");
        ThrowIf(data is not IConditionedBatches, $"both networks take conditions, and {data.Name} has none");
        ThrowIf(c.Packing > 1, "Packing and conditions: a pack would have one condition for each of its samples, and D takes one");
        ThrowIf(c.ShareFakes, "ShareFakes and conditions: G's step draws conditions of its own");
        ThrowIf(c.Augmentation is not null && ((IConditionedBatches)data).ConditionShape.Count == 3,
            "an Augmentation moves the image and not the image that is its condition: the pair would no longer fit together");
        bool classifies = discriminator is IAuxiliaryClassifier;
        ThrowIf(c.AuxiliaryWeight > 0 && !classifies,
            $"AuxiliaryWeight needs a discriminator that names classes ({nameof(IAuxiliaryClassifier)}); got {discriminator.GetName()}");
        ThrowIf(classifies && c.AuxiliaryWeight == 0,
            $"{discriminator.GetName()} learns the classes from AuxiliaryWeight alone, and it is 0: the condition would have no effect");
        bool matches = discriminator is IConditionMatcher;
        ThrowIf(c.Matching is not null && !matches,
            $"Matching needs a discriminator that scores pairs ({nameof(IConditionMatcher)}); got {discriminator.GetName()}");
        ThrowIf(matches && c.Matching is null,
            $"{discriminator.GetName()} learns its matcher from Matching alone, and it is null: the matcher would stay as it is");
        ThrowIf(c.Matching is not null && c.ConsensusWeight > 0,
            "Matching and ConsensusWeight: the consensus term is about the adversarial losses alone, and would not contain the matching");
        ThrowIf(c.Matching is not null && c.BatchSize < 2,
            "Matching and a batch of one pair: there would be nothing to choose from");
        ThrowIf(c.Penalty is not null && discriminator.modules().Any(m => m is IJudgesPatches),
            "a gradient penalty is about one logit for a sample, and this discriminator gives one for each patch");
    }

    // Wasserstein and relativistic losses leave D free up to a constant; least squares has its border halfway between its targets, KL at 1.
    private static bool FixesZero(this IAdversarialLoss loss) => loss switch
    {
        WassersteinLoss or RelativisticPairedLoss or RelativisticAverageLoss => false,
        FDivergenceLoss f => f != FDivergenceLoss.KullbackLeibler, // its best logit is 1 + log p/q
        LeastSquaresLoss l => l.RealTarget + l.FakeTarget == 0,
        _ => true,
    };

    private static void ThrowIf(bool contradiction, string reason)
    {
        if (contradiction)
            throw new ArgumentException(reason);
    }
}
