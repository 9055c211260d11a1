using GanNotebooks.Regularizers;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Computes gradients by torch's autograd, for any network, loss and regulariser. This engine is the definition of both steps; every other
/// engine is tested against it.
/// </summary>
internal sealed class AutogradEngine : IGradientEngine
{
    private const int PenaltyStream = 11;

    private static readonly SeenAs OfReal = new(12, 16), OfFakes = new(13, 17), OfGeneratorsReal = new(14, 18),
        OfGeneratorsFakes = new(15, 19);

    private readonly TrainingConfig config;
    private readonly Players players;
    private readonly UnrolledDiscriminator? unrolled;
    private readonly Augmenter? augmenter;
    private readonly RandomStreams random;
    private readonly bool onePass;
    private Tensor? shared; // the fakes of D's step with their graph, kept for G's step

    /// <param name="config">The settings of the run.</param>
    /// <param name="players">Networks and optimisers; the caller's.</param>
    /// <param name="augmenter">Augments what D sees; the caller's; null for none.</param>
    public AutogradEngine(TrainingConfig config, Players players, Augmenter? augmenter = null)
    {
        (this.config, this.players, this.augmenter) = (config, players, augmenter);
        onePass = !players.MixesSamples;
        unrolled = config.UnrolledSteps > 0 ? new UnrolledDiscriminator(config, players, DiscriminatorLoss) : null;
        random = new RandomStreams(config.Seed);
    }

    public PlayerLosses Discriminator(StepInfo moment, Tensor real, Tensor noise, Tensor? condition = null)
    {
        bool consensus = config.ConsensusWeight > 0;
        var fakes = consensus ? players.Generate(noise, condition)
            : config.ShareFakes ? Keep(players.Generate(noise))
            : Without.Gradient(() => players.Generate(noise, condition));
        var (x, fake) = (Shown(real, moment, OfReal), Shown(fakes, moment, OfFakes));
        var losses = DiscriminatorLoss(Critic(condition), x, fake);
        var penalty = Penalty(moment, x, fake, condition);
        if (consensus)
            penalty = Sum(penalty, Consensus(losses.Loss, config.Loss.Generator(losses.Real!, losses.Fake)));
        players.DiscriminatorParameters.ZeroGradients();
        var total = Sum(losses.Loss, penalty)!;
        if (total.requires_grad) // false for a D that is constant
            total.backward();
        return losses with { Penalty = penalty };
    }

    public PlayerLosses Generator(StepInfo moment, Tensor? real, Tensor noise, Tensor? condition = null)
    {
        bool consensus = config.ConsensusWeight > 0;
        using var frozen = consensus || unrolled is not null ? null : new FrozenParameters(players.Discriminator);
        var fakes = TakeShared() ?? players.Generate(noise, condition);
        var x = config.GeneratorSeesData ? Shown(real!, moment, OfGeneratorsReal) : null;
        var fake = Shown(fakes, moment, OfGeneratorsFakes);
        var critic = unrolled?.After(moment, x!, fake) ?? Critic(condition);
        var fakeLogits = critic(Packed(fake));
        var realLogits = x is null ? null
            : config.Loss.GeneratorNeedsReal && !consensus && unrolled is null ? Without.Gradient(() => critic(Packed(x)))
            : critic(Packed(x));
        var loss = config.Loss.Generator(realLogits ?? fakeLogits, fakeLogits);
        var penalty = consensus ? Consensus(config.Loss.Discriminator(realLogits!, fakeLogits), loss) : null;
        penalty = Sum(penalty, Pairing(real, fakes, fake, condition));
        players.GeneratorParameters.ZeroGradients();
        var total = Sum(Weighed(loss), penalty)!;
        if (total.requires_grad) // false for a FixedGenerator, which has no parameters, or against a D that ignores its input
            total.backward();
        return new PlayerLosses(loss, realLogits, fakeLogits, penalty);
    }

    public (PlayerLosses Discriminator, PlayerLosses Generator) Both(StepInfo moment, Tensor real, Tensor noise, Tensor? condition = null)
    {
        var fakes = players.Generate(noise, condition);
        var (x, fake) = (Shown(real, moment, OfReal), Shown(fakes, moment, OfFakes));
        var losses = DiscriminatorLoss(Critic(condition), x, fake);
        var loss = config.Loss.Generator(losses.Real!, losses.Fake);
        var penalty = Penalty(moment, x, fake, condition);
        var consensus = config.ConsensusWeight > 0 ? Consensus(losses.Loss, loss) : null;
        var paired = Sum(consensus, Pairing(real, fakes, fake, condition));
        penalty = Sum(penalty, consensus);
        players.DiscriminatorParameters.Differentiate(Sum(losses.Loss, penalty)!);
        players.GeneratorParameters.Differentiate(Sum(Weighed(loss), paired)!);
        return (losses with { Penalty = penalty }, new PlayerLosses(loss, losses.Real, losses.Fake, paired));
    }

    public void Dispose()
    {
        shared?.Dispose();
        random.Dispose();
    }

    // One pass over real and fake together costs less than two passes. It needs a D whose outputs do not depend on the batch.
    private PlayerLosses DiscriminatorLoss(Func<Tensor, Tensor> critic, Tensor real, Tensor fake)
    {
        var (x, g) = (Packed(real), Packed(fake));
        Tensor realLogits, fakeLogits;
        if (onePass)
        {
            var both = critic(cat([x, g])); // [2N, 1]
            long each = both.size(0) / 2;
            (realLogits, fakeLogits) = (both.narrow(0, 0, each), both.narrow(0, each, each));
        }
        else
        {
            (realLogits, fakeLogits) = (critic(x), critic(g));
        }
        return new PlayerLosses(config.Loss.Discriminator(realLogits, fakeLogits), realLogits, fakeLogits);
    }

    private Tensor Keep(Tensor fakes)
    {
        shared?.Dispose();
        shared = fakes.DetachFromDisposeScope();
        return fakes.detach();
    }

    private Tensor? TakeShared()
    {
        if (shared is null)
            return null;
        var fakes = shared.alias(); // a handle that the step's scope disposes
        shared.Dispose();
        shared = null;
        return fakes;
    }

    // D at the conditions of a batch. Data and fakes have the same conditions, so both together, in one pass, have them twice.
    private Func<Tensor, Tensor> Critic(Tensor? condition) => samples => players.Discriminate(samples,
        condition is not null && samples.size(0) == 2 * condition.size(0) ? cat([condition, condition]) : condition);

    // What is added to D's loss: the penalty on its slope, at the conditions of the batch, and the losses of its classifier and matcher.
    private Tensor? Penalty(StepInfo moment, Tensor real, Tensor fake, Tensor? condition) => Sum(
        config.Penalty?.Value(Critic(condition), Packed(real), Packed(fake.detach()), random.At(PenaltyStream, moment.Update)),
        Sum(config.AuxiliaryWeight > 0 ? Sum(Misnamed(real, condition!), Misnamed(fake.detach(), condition!)) : null,
            Mismatched(real, condition)));

    // What is added to G's loss besides D's opinion: distance to the paired sample, losses of classifier and matcher on the fakes.
    private Tensor? Pairing(Tensor? real, Tensor fakes, Tensor shown, Tensor? condition) => Sum(config.Reconstruction?.Value(fakes, real!),
        Sum(config.AuxiliaryWeight > 0 ? Misnamed(shown, condition!) : null, Mismatched(shown, condition)));

    private Tensor? Weighed(Tensor adversarial) => config.Reconstruction switch
    {
        null or { AdversarialWeight: 1 } => adversarial,
        { AdversarialWeight: 0 } => null,
        { AdversarialWeight: var weight } => weight * adversarial,
    };

    // The cross entropy of the classes, weighed.
    private Tensor Misnamed(Tensor samples, Tensor condition) =>
        -config.AuxiliaryWeight * (condition * players.Classify(samples).log_softmax(1)).sum(1).mean();

    private Tensor? Mismatched(Tensor samples, Tensor? condition) =>
        config.Matching?.Value(players.Match(samples, condition!), condition!);

    private Tensor Packed(Tensor samples) => Packing.Pack(samples, config.Packing);

    // What D sees of samples. Data and fakes are changed by the same law; otherwise D would learn the change itself.
    private Tensor Shown(Tensor samples, StepInfo moment, SeenAs seen)
    {
        var changed = augmenter?.Apply(samples, seen.AugmentationStream, moment.Update) ?? samples;
        return config.InstanceNoise is { } noise
            ? InstanceNoise.Add(changed, noise.SigmaAt(moment.Done), random.At(seen.NoiseStream, moment.Update))
            : changed;
    }

    private Tensor Consensus(Tensor discriminatorLoss, Tensor generatorLoss) => ConsensusTerm.Of(
        discriminatorLoss, players.DiscriminatorParameters.Parameters, generatorLoss, players.GeneratorParameters.Parameters,
        config.ConsensusWeight);

    private static Tensor? Sum(Tensor? first, Tensor? second) => first is null ? second : second is null ? first : first + second;

    // The streams of random numbers for one kind of samples.
    private readonly record struct SeenAs(int NoiseStream, int AugmentationStream);
}
