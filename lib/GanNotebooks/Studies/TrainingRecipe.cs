using GanNotebooks.Data;
using GanNotebooks.Losses;
using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanNotebooks.Studies;

/// <summary>
/// Settings that work, for each data set and model: what <c>workbook train</c> runs and how the recorded results were made. One seed gives
/// data order, noise and starting weights.
/// </summary>
/// <param name="Data">The data.</param>
/// <param name="Model">The networks.</param>
public sealed record TrainingRecipe(RecipeData Data, RecipeModel Model)
{
    private const int ImageSide = 28, PointWidth = 128;

    /// <summary>Generator updates.</summary>
    public int Steps { get; init; } = 12_000;

    /// <summary>Samples of each kind in a batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Seed of everything.</summary>
    public int Seed { get; init; } = 2014;

    /// <summary>Channels of the convolutional networks, as their constructors count them.</summary>
    public int Width { get; init; } = 48;

    /// <summary>The same of DCGAN's discriminator, where it is not that of the generator.</summary>
    public int? DiscriminatorWidth { get; init; }

    /// <summary>First learning rate of DCGAN's discriminator.</summary>
    public double DiscriminatorRate { get; init; } = 2e-4;

    /// <summary>First learning rate of DCGAN's generator. Both fall to 2 %.</summary>
    public double GeneratorRate { get; init; } = 1e-3;

    /// <summary>
    /// Images that DCGAN's discriminator judges at once (<see cref="Regularizers.Packing"/>). A batch has so many times
    /// <see cref="BatchSize"/> images: as many packs as there were images.
    /// </summary>
    public int Packing { get; init; } = 1;

    /// <summary>Whether the layers compute in bfloat16 (<see cref="ReducedPrecision"/>).</summary>
    public bool BFloat16 { get; init; }

    /// <summary>Whether samples are images.</summary>
    public bool IsImages => Data is RecipeData.Mnist or RecipeData.Fashion or RecipeData.Stacked;

    /// <summary>Channels of the images: 3 for stacked digits, otherwise 1.</summary>
    public int Channels => Data is RecipeData.Stacked ? 3 : 1;

    /// <summary>The settings of the run.</summary>
    /// <exception cref="ArgumentException">The model does not fit the data.</exception>
    public TrainingConfig Config => Model switch
    {
        RecipeModel.Mlp when Data is RecipeData.Stacked =>
            throw new ArgumentException("the networks of 2014 are for grey images; stacked digits take the models dcgan and residual"),
        _ when Model != RecipeModel.Dcgan && (Packing > 1 || DiscriminatorWidth is not null) =>
            throw new ArgumentException($"{nameof(Packing)} and {nameof(DiscriminatorWidth)} are for the model dcgan"),
        _ when !IsImages && Model != RecipeModel.Mlp =>
            throw new ArgumentException(
                $"the model {Spelled(Model)} is for images; points ({Spelled(Data)}) take the model {Spelled(RecipeModel.Mlp)}"),
        // G learns five times as fast as D: with 2e-4 for both D wins, and the digits are still poor after 5,000 steps.
        RecipeModel.Dcgan =>
            Common(noise: 64, d: new AdamConfig(DiscriminatorRate), g: new AdamConfig(GeneratorRate)) with
            {
                FinalLearningRate = 0.02,
                AverageHalfLife = 20_000,
                Packing = Packing,
                BatchSize = Packing * BatchSize
            },
        RecipeModel.Residual => Common(noise: 64, d: new AdamConfig(5e-4, 0, 0.99), g: new AdamConfig(5e-4, 0, 0.99)) with
        {
            FinalLearningRate = 0.02,
            AverageHalfLife = 20_000,
            Loss = new RelativisticPairedLoss(),
            Penalty = ZeroCenteredGradientPenalty.Both(1),
        },
        RecipeModel.Mlp when IsImages => Common(noise: 100, d: new AdamConfig(2e-4),
            g: new AdamConfig(2e-4)) with
        { Noise = NoiseKind.Uniform, AverageHalfLife = 20_000 },
        RecipeModel.Mlp => Common(noise: 2, d: new AdamConfig(3e-3, 0, 0.99), g: new AdamConfig(3e-3, 0, 0.99)) with
        {
            FinalLearningRate = 0.02,
            Loss = new RelativisticPairedLoss(),
            Penalty = ZeroCenteredGradientPenalty.Both(0.1),
        },
        _ => throw new InvalidOperationException($"unknown model {Model}"),
    };

    /// <summary>A trainer at the start of the run.</summary>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="ArgumentException">The model does not fit the data, or a batch is larger than the data.</exception>
    /// <exception cref="DataFileException">The data are not there.</exception>
    public Trainer Create(Device device)
    {
        var config = Config;
        using var weights = new Generator((ulong)Seed);
        var (generator, discriminator) = Networks(weights, config.NoiseDimension);
        if (BFloat16)
            (generator, discriminator) = (generator.InBFloat16(), discriminator.InBFloat16());
        return new Trainer(config, generator.to(device), discriminator.to(device), Batches(device), device);
    }

    /// <summary>The networks of the run before training, on the CPU: on every device they start alike.</summary>
    /// <param name="weights">Source of the weights.</param>
    /// <param name="noise">Numbers in one z.</param>
    internal (Module<Tensor, Tensor> Generator, Module<Tensor, Tensor> Discriminator) Networks(Generator weights, int noise) => Model switch
    {
        RecipeModel.Dcgan =>
            (new DcganGenerator(ImageSide, Channels, noise, Width, extraLayer: true)
                .Dcgan(weights), new DcganDiscriminator(ImageSide, Channels, DiscriminatorWidth ?? Width, extraLayer: true,
                    packing: Packing).Dcgan(weights)),
        RecipeModel.Residual => (new ResidualGenerator(ImageSide, Channels, noise, Width)
            .Fixup(weights), new ResidualDiscriminator(ImageSide, Channels, Width).Fixup(weights)),
        RecipeModel.Mlp when IsImages =>
            (Goodfellow2014Mlp.Generator(weights, noise, ImageSide), Goodfellow2014Mlp.Discriminator(weights, ImageSide, Seed)),
        RecipeModel.Mlp => (new MultilayerPerceptron(noise, [PointWidth, PointWidth], [2])
            .UniformFanIn(weights), new MultilayerPerceptron(2, [PointWidth, PointWidth], [1]).UniformFanIn(weights)),
        _ => throw new InvalidOperationException($"unknown model {Model}"),
    };

    private IBatchSource Batches(Device device) => Data switch
    {
        RecipeData.Mnist => DeviceBatches.Of(Enough(Mnist.Train()), Seed, device),
        RecipeData.Fashion => DeviceBatches.Of(Enough(FashionMnist.Train()), Seed, device),
        RecipeData.Stacked => DeviceBatches.Of(new StackedMnist(Mnist.Train(), Seed), device),
        RecipeData.Ring => DeviceBatches.Of(new RingData(seed: Seed), device),
        RecipeData.Grid => DeviceBatches.Of(new GridData(seed: Seed), device),
        _ => throw new InvalidOperationException($"unknown data {Data}"),
    };

    private ImageDataset Enough(ImageDataset images) =>
        Packing * BatchSize <= images.Count
            ? images
            : throw new ArgumentException(FormattableString.Invariant(
                $"a batch of {Packing * BatchSize:N0} is larger than the {images.Count:N0} images of {Spelled(Data)}"));

    private static string Spelled(Enum value) => $"{value}".ToLowerInvariant();

    private TrainingConfig Common(int noise, AdamConfig d, AdamConfig g) => new()
    {
        Steps = Steps, BatchSize = BatchSize, NoiseDimension = noise, RecordEvery = 50, Seed = Seed, DiscriminatorOptimizer = d,
        GeneratorOptimizer = g,
    };
}

/// <summary>What a <see cref="TrainingRecipe"/> trains on.</summary>
public enum RecipeData
{
    /// <summary>Handwritten digits, 28 × 28.</summary>
    Mnist,

    /// <summary>Clothes, 28 × 28.</summary>
    Fashion,

    /// <summary>Three digits as the red, green and blue channel of one image, 28 × 28: a thousand modes.</summary>
    Stacked,

    /// <summary>A ring of 8 Gaussians.</summary>
    Ring,

    /// <summary>A grid of 25 Gaussians.</summary>
    Grid,
}

/// <summary>Which networks a <see cref="TrainingRecipe"/> trains.</summary>
public enum RecipeModel
{
    /// <summary>Fully connected: the networks of 2014 on images, two hidden layers on points.</summary>
    Mlp,

    /// <summary>DCGAN.</summary>
    Dcgan,

    /// <summary>Residual networks without normalisation, relativistic loss, R1 and R2.</summary>
    Residual,
}
