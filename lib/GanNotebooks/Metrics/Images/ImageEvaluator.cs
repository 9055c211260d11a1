using GanNotebooks.Data;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// Measures samples of images against one set of training images and one of held-out images, both real, with one feature network.
/// </summary>
public sealed class ImageEvaluator : IDisposable
{
    /// <summary>Held-out images that choose the width of the Parzen window, as in Goodfellow et al. 2014.</summary>
    public const int ValidationCount = 1000;

    private readonly FeatureNetwork network;
    private readonly LabelHistogram labels;
    private readonly FeatureSet trainingFeatures, trainingPixels, validation, test;
    private readonly NearestNeighbours heldOutFeatures, heldOutPixels;
    private readonly double[,] trainingKernel;

    /// <summary>Computes what all evaluations share.</summary>
    /// <param name="network">The network for features and classes.</param>
    /// <param name="training">Labelled images that a generator was trained on.</param>
    /// <param name="heldOut">Real images [N, 1, 28, 28] that it was not trained on, in random order, more than
    /// <see cref="ValidationCount"/>.</param>
    /// <exception cref="ArgumentException">There are too few held-out images.</exception>
    public ImageEvaluator(FeatureNetwork network, ImageDataset training, Tensor heldOut)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(heldOut);
        if (heldOut.size(0) < ValidationCount + 2)
        {
            throw new ArgumentException(
                $"expected more than {ValidationCount + 1} held-out images, got {Shape.Text(heldOut.shape)}", nameof(heldOut));
        }

        using var scope = NewDisposeScope();
        (this.network, labels) = (network, LabelHistogram.Of(training));
        var images = training.ToTensor();
        (trainingFeatures, trainingPixels) = (network.Features(images), FeatureSet.Pixels(images));
        trainingKernel = KernelDistance.Within(trainingFeatures);
        using var features = network.Features(heldOut);
        using var pixels = FeatureSet.Pixels(heldOut);
        (heldOutFeatures, heldOutPixels) =
            (NearestNeighbours.Find(features, trainingFeatures), NearestNeighbours.Find(pixels, trainingPixels));
        validation = ParzenWindow.UnitPixels(heldOut.narrow(0, 0, ValidationCount));
        test = ParzenWindow.UnitPixels(heldOut.narrow(0, ValidationCount, heldOut.size(0) - ValidationCount));
    }

    /// <summary>The training images as points of the feature space; owned by the evaluator.</summary>
    public FeatureSet Reference => trainingFeatures;

    /// <summary>Computes every measure of one sample of images.</summary>
    /// <param name="images">[N, 1, 28, 28] or [N, 784] in [−1, 1], in random order, N at most the number of training images.</param>
    public ImageReport Evaluate(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        using var features = network.Features(images);
        using var pixels = FeatureSet.Pixels(images);
        using var centres = ParzenWindow.UnitPixels(images);
        using var peers = trainingFeatures.Sample(features.Count, seed: features.Count); // balls need equal numbers on both sides
        var score = network.Score(images);
        return new ImageReport(
            FrechetDistance.Between(trainingFeatures, features), KernelDistance.Between(trainingFeatures, trainingKernel, features),
            PrecisionRecall.Of(peers, features), DensityCoverage.Of(peers, features), score, score.Labels.TotalVariation(labels),
            ParzenWindow.Evaluate(centres, validation, test),
            Memorisation.Of(features, trainingFeatures, heldOutFeatures), Memorisation.Of(pixels, trainingPixels, heldOutPixels));
    }

    /// <summary>Disposes the features. The caller disposes the network.</summary>
    public void Dispose()
    {
        foreach (var set in new[] { trainingFeatures, trainingPixels, validation, test })
            set.Dispose();
    }
}

/// <summary>Everything that is measured about one sample of images; each part names its N, its space and its error.</summary>
/// <param name="Frechet">The Fréchet distance to the training images.</param>
/// <param name="Kernel">The kernel distance to the training images.</param>
/// <param name="PrecisionRecall">Precision and recall against as many training images.</param>
/// <param name="DensityCoverage">Density and coverage against as many training images.</param>
/// <param name="Score">The score by the classifier alone.</param>
/// <param name="LabelDistance">Total variation between the classes read here and the labels of the training images.</param>
/// <param name="Parzen">Log density of held-out real images, pixels in [0, 1].</param>
/// <param name="FeatureMemory">Distances to the training images in the features.</param>
/// <param name="PixelMemory">Distances to the training images in the pixels.</param>
public sealed record ImageReport(
    FrechetDistance Frechet, KernelDistance Kernel, PrecisionRecall PrecisionRecall, DensityCoverage DensityCoverage, ClassifierScore Score,
    MeanWithError LabelDistance, ParzenWindow Parzen, Memorisation FeatureMemory, Memorisation PixelMemory)
{
    /// <summary>The measures, each with the direction that is better.</summary>
    public IReadOnlyList<Measure> Measures =>
    [
        new("classifier score", Score.Value, true),
        new("top probability", Score.TopProbability, true),
        new("label distance", LabelDistance, false),
        new("Fréchet distance", Frechet.Value, false),
        new("kernel distance", Kernel.Value, false),
        new("precision", PrecisionRecall.Precision, true),
        new("recall", PrecisionRecall.Recall, true),
        new("density", DensityCoverage.Density, true),
        new("coverage", DensityCoverage.Coverage, true),
        new("Parzen window", Parzen.MeanLogDensity, true),
        new("memory in features", FeatureMemory.Closer, false),
        new("memory in pixels", PixelMemory.Closer, false),
    ];

    /// <summary>A measure by its name in <see cref="Measures"/>.</summary>
    /// <exception cref="ArgumentException">No measure has that name.</exception>
    public Measure this[string name] => Measures.FirstOrDefault(m => m.Name == name)
        ?? throw new ArgumentException($"no measure is called '{name}'; there are {string.Join(", ", Measures.Select(m => m.Name))}",
            nameof(name));
}
