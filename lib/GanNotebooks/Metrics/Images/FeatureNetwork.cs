using GanNotebooks.Data;
using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// A trained classifier that compares images: its penultimate layer is the space in which images are compared, and its logits name the
/// classes. It computes in evaluation mode, without gradients, a thousand images at a time.
/// </summary>
public sealed class FeatureNetwork : IDisposable
{
    private const int BlockImages = 1000;

    private readonly LeNet classifier;

    /// <summary>Takes over a classifier.</summary>
    /// <param name="classifier">A trained classifier on the CPU.</param>
    /// <param name="name">The network and what it was trained on; part of every result.</param>
    public FeatureNetwork(LeNet classifier, string name)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (this.classifier, Name) = (classifier, name);
        classifier.eval();
    }

    /// <summary>The network and what it was trained on.</summary>
    public string Name { get; }

    /// <summary>Computes the features of images.</summary>
    /// <param name="images">[N, 1, 28, 28] or [N, 784] in [−1, 1], N at least 2.</param>
    /// <returns>[N, 84]; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">A pixel or a feature is not finite.</exception>
    public FeatureSet Features(Tensor images)
    {
        using var features = Blockwise(images, classifier.Features);
        return new FeatureSet(features, $"{LeNet.FeatureCount} features of {Name}");
    }

    /// <summary>Computes the logits of images.</summary>
    /// <param name="images">As for <see cref="Features"/>.</param>
    /// <returns>Logits [N, 10]; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">A pixel is not finite.</exception>
    public Tensor Logits(Tensor images) => Blockwise(images, classifier.call);

    /// <summary>Computes the classifier's score of images.</summary>
    /// <param name="images">As for <see cref="Features"/>, in random order.</param>
    /// <param name="splits">The number of parts whose scores are averaged.</param>
    public ClassifierScore Score(Tensor images, int splits = ClassifierScore.UsualSplits)
    {
        using var logits = Logits(images);
        return ClassifierScore.Of(logits, Name, splits);
    }

    /// <summary>Returns the share of labelled images whose class agrees with their label.</summary>
    public MeanWithError Accuracy(ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var scope = NewDisposeScope();
        var right = Logits(data.ToTensor()).argmax(1).eq(data.ToLabelTensor());
        return MeanWithError.Share((int)right.sum().item<long>(), data.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => classifier.Dispose();

    private static Tensor Blockwise(Tensor images, Func<Tensor, Tensor> apply)
    {
        ArgumentNullException.ThrowIfNull(images);
        NonFiniteSamples.ThrowIfAny(images, nameof(images));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var all = images.detach().cpu().to(float32);
        return cat([.. all.split(BlockImages).Select(apply)]).MoveToOuterDisposeScope();
    }
}
