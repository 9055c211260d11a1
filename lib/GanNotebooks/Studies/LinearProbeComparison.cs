using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// A comparison of several kinds of features. Each kind is a map from images to vectors, and only a linear function of the vectors is
/// learned (<see cref="LinearProbe"/>). All kinds receive the same few labels and the same test images.
/// </summary>
public sealed class LinearProbeComparison : IDisposable
{
    /// <summary>Names of the feature kinds of <see cref="Standard"/>, and of the network of <see cref="Supervised"/>.</summary>
    public const string Trained = "trained discriminator", Untrained = "untrained discriminator", Components = "principal components",
        Pixels = "pixels", FromLabels = "LeNet from the labels alone";

    private const int BlockImages = 500, PooledSide = 4, ComponentCount = 64, SupervisedBatch = 32, SupervisedImages = 40_000,
        MostEpochs = 200, StatisticsBatches = 50, StatisticsBatch = 64;

    private readonly ImageDataset train;
    private readonly IReadOnlyList<(string Name, Func<Tensor, Tensor> Map)> featureKinds;
    private readonly Dictionary<string, Tensor> testFeatures;
    private readonly Tensor testLabels;

    /// <summary>Computes the features of the test images, for every feature kind.</summary>
    /// <param name="train">Images from which the labelled ones are drawn.</param>
    /// <param name="test">Images on which the accuracies are measured.</param>
    /// <param name="featureKinds">Names, and maps from images [N, 1, H, W] in [-1, 1] to features [N, ...].</param>
    public LinearProbeComparison(ImageDataset train, ImageDataset test, IReadOnlyList<(string Name, Func<Tensor, Tensor> Map)> featureKinds)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(featureKinds);
        (this.train, this.featureKinds) = (train, featureKinds);
        using var scope = NewDisposeScope();
        var images = test.ToTensor();
        testFeatures = featureKinds.ToDictionary(k => k.Name, k => Blockwise(images, k.Map).DetachFromDisposeScope());
        testLabels = test.ToLabelTensor().DetachFromDisposeScope();
    }

    /// <summary>
    /// The standard feature kinds: a trained discriminator, the same network with initial weights (<see cref="Untrained"/>), principal
    /// components, and the pixels themselves.
    /// </summary>
    /// <param name="trained">The trained discriminator.</param>
    /// <param name="unlabelled">Training images of the discriminator. They give the principal components and the untrained network's
    /// batch statistics.</param>
    /// <param name="seed">Seed of the untrained weights.</param>
    public static IReadOnlyList<(string Name, Func<Tensor, Tensor> Map)> Standard(DcganDiscriminator trained,
        ImageDataset unlabelled, int seed)
    {
        ArgumentNullException.ThrowIfNull(trained);
        var untrained = NewUntrained(trained, unlabelled, seed);
        return [(Trained, Pooled(trained)), (Untrained, Pooled(untrained)), (Components, PrincipalComponents(unlabelled, ComponentCount)),
            (Pixels, images => images)];
    }

    /// <summary>
    /// Creates a discriminator of the same architecture with random weights. Its batch normalisation holds the statistics of unlabelled
    /// images. Without these statistics the running values would not normalise anything, and the control would lack more than the training
    /// of its weights. The caller disposes the network.
    /// </summary>
    /// <param name="like">Discriminator whose sizes the new one has.</param>
    /// <param name="unlabelled">Images for the batch statistics.</param>
    /// <param name="seed">Seed of the weights and of the order of the images.</param>
    public static DcganDiscriminator NewUntrained(DcganDiscriminator like, ImageDataset unlabelled, int seed)
    {
        ArgumentNullException.ThrowIfNull(like);
        ArgumentNullException.ThrowIfNull(unlabelled);
        using var weights = new Generator((ulong)seed);
        var untrained = new DcganDiscriminator(like.Size, like.Channels, like.Width, extraLayer: like.ExtraLayer).Dcgan(weights);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var batches = new ShuffledBatches(unlabelled, seed);
        for (int i = 0; i < StatisticsBatches; i++) // 0.9⁵⁰: less than a hundredth of the initial statistics remains
            untrained.call(batches.Next(StatisticsBatch));
        untrained.eval();
        return untrained;
    }

    /// <summary>
    /// Returns the features of one dense layer with random weights, which sees all pixels: a control without local filters and without
    /// pooling. As in <see cref="NewUntrained"/>, each number is normalised by its mean and deviation over unlabelled images and passes
    /// through the discriminator's activation.
    /// </summary>
    /// <param name="unlabelled">Images for means and deviations.</param>
    /// <param name="count">Numbers in one row of features.</param>
    /// <param name="seed">Seed of the weights.</param>
    public static Func<Tensor, Tensor> DenseRandom(ImageDataset unlabelled, int count, int seed)
    {
        ArgumentNullException.ThrowIfNull(unlabelled);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)seed);
        var pixels = unlabelled.ToFlatTensor(); // [M, P]
        var centre = pixels.mean([0]);
        var weights = randn([pixels.size(1), count], generator: random); // [P, count]
        // The deviation of w·x follows from the covariance of the pixels; the M × count numbers are never held.
        var covariance = (pixels - centre).t().mm(pixels - centre) / pixels.size(0);
        var deviation = (weights * covariance.mm(weights)).sum([0L]).sqrt();
        var (scaled, middle) = ((weights / deviation).DetachFromDisposeScope(), centre.DetachFromDisposeScope());
        return images => nn.functional.leaky_relu((images.flatten(1) - middle).mm(scaled), ActivationModules.LeakySlope);
    }

    /// <summary>
    /// Trains all layers of a <see cref="LeNet"/> from the labelled images alone. About 40,000 images are shown, each image at most 200
    /// times.
    /// </summary>
    /// <param name="test">Images on which the accuracy is measured.</param>
    /// <param name="budget">Number of labelled images to train on.</param>
    /// <param name="seed">Seed that selects the labelled images.</param>
    public ProbeResult Supervised(ImageDataset test, int budget, int seed)
    {
        var training = new ClassifierTraining(Epochs: Math.Clamp(SupervisedImages / budget, 1, MostEpochs),
            BatchSize: Math.Min(SupervisedBatch, budget), Seed: seed);
        using var network = new FeatureNetwork(training.Train(Labelled(budget, seed)), FromLabels);
        return new ProbeResult(FromLabels, budget, seed, network.Accuracy(test));
    }

    /// <summary>
    /// Returns a discriminator's features by the protocol of Radford et al. 2015, section 5.1. The activations of every block are reduced
    /// to 4 × 4 maxima per channel and concatenated into one row per image.
    /// </summary>
    /// <param name="discriminator">A discriminator, trained or not.</param>
    public static Func<Tensor, Tensor> Pooled(DcganDiscriminator discriminator) => images =>
        // [N, 16 · channels]
        cat([.. discriminator.Features(images).Select(f => nn.functional.adaptive_max_pool2d(f, [PooledSide, PooledSide]).flatten(1))], 1);

    /// <summary>
    /// Returns the projections on the leading principal components of the pixels. They need no labels and no network.
    /// </summary>
    /// <param name="unlabelled">Images whose principal components are computed.</param>
    /// <param name="count">Number of components.</param>
    public static Func<Tensor, Tensor> PrincipalComponents(ImageDataset unlabelled, int count)
    {
        using var scope = NewDisposeScope();
        var x = unlabelled.ToFlatTensor().to(float64);
        var mean = x.mean([0]);
        var (_, vectors) = linalg.eigh((x - mean).t().mm(x - mean));
        var basis = vectors.narrow(1, vectors.size(1) - count, count).clone().DetachFromDisposeScope(); // eigenvalues ascend
        var centre = mean.clone().DetachFromDisposeScope();
        return images => (images.flatten(1).to(float64) - centre).mm(basis);
    }

    /// <summary>Draws labelled images for every budget and seed, and fits a linear probe to every feature kind.</summary>
    /// <param name="budgets">Numbers of labelled images.</param>
    /// <param name="seeds">Seeds that select the labelled images.</param>
    public IReadOnlyList<ProbeResult> Run(IReadOnlyList<int> budgets, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        ArgumentNullException.ThrowIfNull(seeds);
        var results = new List<ProbeResult>();
        foreach (var (budget, seed) in budgets.SelectMany(b => seeds.Select(s => (b, s))))
        {
            using var scope = NewDisposeScope();
            using var labelled = new ShuffledBatches(train, seed);
            var (images, labels) = labelled.NextLabelled(budget);
            foreach (var (name, map) in featureKinds)
            {
                results.Add(new ProbeResult(name, budget, seed,
                    LinearProbe.Fit(Blockwise(images, map), labels, testFeatures[name], testLabels).Accuracy));
            }
        }
        return results;
    }

    /// <summary>Returns the labelled images of a budget and seed, for a network that learns from them directly.</summary>
    public ImageDataset Labelled(int budget, int seed)
    {
        using var order = new ShuffledBatches(train, seed);
        return train.Select([.. order.NextIndices(budget)]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var features in testFeatures.Values)
            features.Dispose();
        testLabels.Dispose();
    }

    private static Tensor Blockwise(Tensor images, Func<Tensor, Tensor> map)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return cat([.. images.split(BlockImages).Select(block => map(block).flatten(1))]).MoveToOuterDisposeScope();
    }
}
