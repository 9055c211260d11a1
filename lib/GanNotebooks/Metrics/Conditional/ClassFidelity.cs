using GanNotebooks.Data;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// How well generated images fit the classes that they were asked for. Neither number suffices alone: one stored image for each class has
/// full agreement and no variance, and an unconditional generator has the right variance and the agreement of chance.
/// </summary>
/// <param name="Agreement">Share of images in which a classifier sees the class that was asked for.</param>
/// <param name="Permuted">The same after a random permutation of the requests: the agreement of chance.</param>
/// <param name="VarianceRatios">For each class, the variance of the images around their mean, added up over the pixels, divided by that
/// of the data.</param>
public sealed record ClassFidelity(MeanWithError Agreement, MeanWithError Permuted, IReadOnlyList<double> VarianceRatios)
{
    /// <summary>Mean of <see cref="VarianceRatios"/> over the classes.</summary>
    public double VarianceRatio => VarianceRatios.Average();

    /// <summary>Compares images with their requests.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="images">Generated images, [N, C, H, W].</param>
    /// <param name="classes">The class of each request, [N]; at least two of each class.</param>
    /// <param name="dataVariances">For each class, the result of <see cref="Variances"/> on data.</param>
    /// <param name="seed">Seed of the permutation.</param>
    /// <exception cref="ArgumentException">The numbers of images and classes differ, or a class has fewer than two images.</exception>
    public static ClassFidelity Of(
        FeatureNetwork classifier, Tensor images, IReadOnlyList<int> classes, IReadOnlyList<double> dataVariances, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(dataVariances);
        double[] variances = Variances(images, classes, dataVariances.Count);
        using var scope = NewDisposeScope();
        long[] seen = classifier.Logits(images).argmax(1).cpu().data<long>().ToArray();
        int[] order = new SeededRandom(seed).NextPermutation(seen.Length);
        int right = seen.Where((s, n) => s == classes[n]).Count(), byChance = seen.Where((s, n) => s == classes[order[n]]).Count();
        return new ClassFidelity(MeanWithError.Share(right, seen.Length), MeanWithError.Share(byChance, seen.Length),
            [.. variances.Zip(dataVariances, (ours, datas) => ours / datas)]);
    }

    /// <summary>For each class, the variance of its images around their mean, added up over the pixels.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="classes">The class of each image, [N]; at least two of each class.</param>
    /// <param name="count">Number of classes.</param>
    /// <exception cref="ArgumentException">The numbers of images and classes differ, or a class has fewer than two images.</exception>
    public static double[] Variances(Tensor images, IReadOnlyList<int> classes, int count)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(classes);
        if (images.dim() != 4 || images.size(0) != classes.Count)
        {
            throw new ArgumentException(
                $"expected {classes.Count} images, one for each class, got {Shape.Text(images.shape)}", nameof(images));
        }

        NonFiniteSamples.ThrowIfAny(images, nameof(images));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var rows = images.detach().cpu().flatten(1);
        double[] result = new double[count];
        for (int c = 0; c < count; c++)
        {
            long[] own = [.. Enumerable.Range(0, classes.Count).Where(n => classes[n] == c).Select(n => (long)n)];
            if (own.Length < 2)
                throw new ArgumentException($"class {c} has {own.Length} images; a variance needs two", nameof(classes));
            var centred = rows.index_select(0, tensor(own)).to(float64);
            centred -= centred.mean([0]);
            result[c] = centred.square().sum().item<double>() / (own.Length - 1);
        }
        return result;
    }
}
