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

    /// <summary>Generates samples with G. They are float32 for every precision of the layers.</summary>
    public Tensor Generate(Tensor noise) => Call(Generator, GeneratorParameters.Precision, noise);

    /// <summary>Computes the logits of D. They are float32 for every precision of the layers.</summary>
    public Tensor Discriminate(Tensor samples) => Call(Discriminator, DiscriminatorParameters.Precision, samples);

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

    private static Tensor Call(Module<Tensor, Tensor> network, ScalarType precision, Tensor input) =>
        precision == float32 ? network.call(input) : network.call(input.to(precision)).to(float32);
}
