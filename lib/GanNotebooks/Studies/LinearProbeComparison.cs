using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Kinds of features against each other: each is a map from images to vectors, on top of which only a linear function is learned
/// (<see cref="LinearProbe"/>), with the same few labels and the same test images for all.
/// </summary>
public sealed class LinearProbeComparison : IDisposable
{
    /// <summary>What the contenders of <see cref="Standard"/>, and <see cref="Supervised"/>, are called.</summary>
    public const string Trained = "trained discriminator", Untrained = "untrained discriminator", Components = "principal components",
        Pixels = "pixels", FromLabels = "LeNet from the labels alone";

    private const int BlockImages = 500, PooledSide = 4, ComponentCount = 64, SupervisedBatch = 32, SupervisedImages = 40_000,
        MostEpochs = 200, StatisticsBatches = 50, StatisticsBatch = 64;

    private readonly ImageDataset train;
    private readonly IReadOnlyList<(string Name, Func<Tensor, Tensor> Map)> contenders;
    private readonly Dictionary<string, Tensor> testFeatures;
    private readonly Tensor testLabels;

    /// <summary>Computes every contender's features of the test images.</summary>
    /// <param name="train">Where labelled images are drawn from.</param>
    /// <param name="test">Where accuracies are counted.</param>
    /// <param name="contenders">Names, and maps from images [N, 1, H, W] in [-1, 1] to features [N, ...].</param>
    public LinearProbeComparison(ImageDataset train, ImageDataset test, IReadOnlyList<(string Name, Func<Tensor, Tensor> Map)> contenders)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(contenders);
        (this.train, this.contenders) = (train, contenders);
        using var scope = NewDisposeScope();
        var images = test.ToTensor();
        testFeatures = contenders.ToDictionary(c => c.Name, c => Blockwise(images, c.Map).DetachFromDisposeScope());
        testLabels = test.ToLabelTensor().DetachFromDisposeScope();
    }

    /// <summary>
    /// A trained discriminator among its rivals: the same network with its starting weights (<see cref="Untrained"/>), principal
    /// components, the pixels themselves.
    /// </summary>
    /// <param name="trained">The discriminator.</param>
    /// <param name="unlabelled">Images that it saw, for the principal components and the untrained network's statistics.</param>
    /// <param name="seed">Of the untrained weights.</param>
    public static IReadOnlyList<(string Name, Func<Tensor, Tensor> Map)> Standard(DcganDiscriminator trained,
        ImageDataset unlabelled, int seed)
    {
        ArgumentNullException.ThrowIfNull(trained);
        var untrained = NewUntrained(trained, unlabelled, seed);
        return [(Trained, Pooled(trained)), (Untrained, Pooled(untrained)), (Components, PrincipalComponents(unlabelled, ComponentCount)),
            (Pixels, images => images)];
    }

    /// <summary>
    /// A discriminator of the same make with random weights. Its batch normalisation has gathered the statistics of unlabelled images:
    /// without them it would do nothing, and the control would lack more than the training of its weights.
    /// </summary>
    /// <param name="like">Whose sizes it has.</param>
    /// <param name="unlabelled">The images.</param>
    /// <param name="seed">Of the weights.</param>
    public static DcganDiscriminator NewUntrained(DcganDiscriminator like, ImageDataset unlabelled, int seed)
    {
        ArgumentNullException.ThrowIfNull(like);
        ArgumentNullException.ThrowIfNull(unlabelled);
        using var weights = new Generator((ulong)seed);
        var untrained = new DcganDiscriminator(like.Size, like.Channels, like.Width, extraLayer: like.ExtraLayer).Dcgan(weights);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var batches = new ShuffledBatches(unlabelled, seed);
        for (int i = 0; i < StatisticsBatches; i++) // 0.9⁵⁰: less than a hundredth of the start is left
            untrained.call(batches.Next(StatisticsBatch));
        untrained.eval();
        return untrained;
    }

    /// <summary>
    /// A network that learns from the labelled images alone, all of its layers: <see cref="LeNet"/>, for about 40,000 images shown, at most
    /// 200 times each.
    /// </summary>
    /// <param name="test">Where its accuracy is counted.</param>
    /// <param name="budget">Number of labelled images.</param>
    /// <param name="seed">Which images.</param>
    public ProbeResult Supervised(ImageDataset test, int budget, int seed)
    {
        var training = new ClassifierTraining(Epochs: Math.Clamp(SupervisedImages / budget, 1, MostEpochs),
            BatchSize: Math.Min(SupervisedBatch, budget), Seed: seed);
        using var network = new FeatureNetwork(training.Train(Labelled(budget, seed)), FromLabels);
        return new ProbeResult(FromLabels, budget, seed, network.Accuracy(test));
    }

    /// <summary>
    /// A discriminator's features by the protocol of Radford et al. 2015, section 5.1: the activations of every block, each map reduced to
    /// its 4 × 4 maxima, all in one row.
    /// </summary>
    /// <param name="discriminator">Trained or not.</param>
    public static Func<Tensor, Tensor> Pooled(DcganDiscriminator discriminator) => images =>
        // [N, 16 · channels]
        cat([.. discriminator.Features(images).Select(f => nn.functional.adaptive_max_pool2d(f, [PooledSide, PooledSide]).flatten(1))], 1);

    /// <summary>
    /// The leading principal components of the pixels, found without labels: features without any network.
    /// </summary>
    /// <param name="unlabelled">Images to find them on.</param>
    /// <param name="count">Number of components.</param>
    public static Func<Tensor, Tensor> PrincipalComponents(ImageDataset unlabelled, int count)
    {
        using var scope = NewDisposeScope();
        var x = unlabelled.ToFlatTensor().to(float64);
        var mean = x.mean([0]);
        var (_, vectors) = linalg.eigh((x - mean).t().mm(x - mean));
        var basis = vectors.narrow(1, vectors.shape[1] - count, count).clone().DetachFromDisposeScope(); // eigenvalues ascend
        var centre = mean.clone().DetachFromDisposeScope();
        return images => (images.flatten(1).to(float64) - centre).mm(basis);
    }

    /// <summary>Draws labelled images for every budget and seed, probes every contender.</summary>
    /// <param name="budgets">Numbers of labelled images.</param>
    /// <param name="seeds">Which images.</param>
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
            foreach (var (name, map) in contenders)
            {
                results.Add(new ProbeResult(name, budget, seed,
                    LinearProbe.Fit(Blockwise(images, map), labels, testFeatures[name], testLabels).Accuracy));
            }
        }
        return results;
    }

    /// <summary>The labelled images of a budget and seed, for a network that learns from them directly.</summary>
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
