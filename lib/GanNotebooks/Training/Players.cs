using GanNotebooks.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanNotebooks.Training;

/// <summary>The two networks with their flat parameters and optimisers.</summary>
internal sealed class Players : IDisposable
{
    public Players(TrainingConfig config, Module<Tensor, Tensor> generator, Module<Tensor, Tensor> discriminator)
    {
        (Generator, Discriminator) = (generator, discriminator);
        MixesSamples = BatchDependence.UsesWholeBatch(discriminator);
        JudgesPatches = discriminator.modules().Append(discriminator).Any(m => m is IJudgesPatches);
        (GeneratorParameters, DiscriminatorParameters) = (new FlatParameters(generator), new FlatParameters(discriminator));
        GeneratorOptimizer = config.GeneratorOptimizer.Create(GeneratorParameters);
        DiscriminatorOptimizer = config.DiscriminatorOptimizer.Create(DiscriminatorParameters);
        Generator.train();
        Discriminator.train();
    }

    public Module<Tensor, Tensor> Generator { get; }

    public Module<Tensor, Tensor> Discriminator { get; }

    /// <summary>Whether a sample's logit depends on the other samples of its batch.</summary>
    public bool MixesSamples { get; set; }

    public FlatParameters GeneratorParameters { get; }

    public FlatParameters DiscriminatorParameters { get; }

    public FlatOptimizer GeneratorOptimizer { get; }

    public FlatOptimizer DiscriminatorOptimizer { get; }

    /// <summary>Whether the players take conditions: the game of Mirza and Osindero (2014).</summary>
    public bool AreConditional => Generator is ConditionalNetwork;

    /// <summary>Generates samples with G. They are float32 for every precision of the layers.</summary>
    public Tensor Generate(Tensor noise, Tensor? condition = null) =>
        Call(Generator, GeneratorParameters.Precision, noise, condition);

    /// <summary>
    /// Computes the logits of D, [N, 1], or [N · P, 1] for the P patches of a sample. They are float32 for every precision of the layers.
    /// </summary>
    public Tensor Discriminate(Tensor samples, Tensor? condition = null) =>
        Call(Discriminator, DiscriminatorParameters.Precision, samples, condition) is var logits && JudgesPatches
            ? logits.reshape(-1, 1)
            : logits;

    /// <summary>The logits of D's classifier, [N, K], float32 for every precision of the layers.</summary>
    public Tensor Classify(Tensor samples) => DiscriminatorParameters.Precision is var precision && precision == float32
        ? ((IAuxiliaryClassifier)Discriminator).Classify(samples)
        : ((IAuxiliaryClassifier)Discriminator).Classify(samples.to(precision)).to(float32);

    /// <summary>Scores samples with conditions by D's matcher, [N, N], float32 for every precision of the layers.</summary>
    public Tensor Match(Tensor samples, Tensor conditions)
    {
        var (matcher, precision) = ((IConditionMatcher)Discriminator, DiscriminatorParameters.Precision);
        return precision == float32 ? matcher.Scores(samples, conditions)
            : matcher.Scores(samples.to(precision), conditions.to(precision)).to(float32);
    }

    /// <summary>Whether D gives several logits for a sample.</summary>
    public bool JudgesPatches { get; }

    /// <summary>
    /// Adopts the current parameters of both networks and sets training mode. Another trainer or the reader's own code may have changed
    /// them since the last step.
    /// </summary>
    public void Adopt()
    {
        Generator.train();
        Discriminator.train();
        GeneratorParameters.Adopt();
        DiscriminatorParameters.Adopt();
    }

    public void Dispose()
    {
        GeneratorOptimizer.Dispose();
        DiscriminatorOptimizer.Dispose();
        GeneratorParameters.Dispose();
        DiscriminatorParameters.Dispose();
    }

    private static Tensor Call(Module<Tensor, Tensor> network, ScalarType precision, Tensor input, Tensor? condition) =>
        precision == float32 ? Call(network, input, condition)
        : Call(network, input.to(precision), condition?.to(precision)).to(float32);

    private static Tensor Call(Module<Tensor, Tensor> network, Tensor input, Tensor? condition) =>
        network is ConditionalNetwork conditional
            ? conditional.call(input, condition ?? throw new InvalidOperationException($"{network.GetName()} needs a condition"))
            : network.call(input);
}
