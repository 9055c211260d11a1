namespace GanNotebooks.Metrics;

/// <summary>Everything that is measured about one sample of images; each part says its N, its space and its error.</summary>
/// <param name="Frechet">Against the training images.</param>
/// <param name="Kernel">Against the training images.</param>
/// <param name="PrecisionRecall">Against as many training images.</param>
/// <param name="DensityCoverage">Against as many training images.</param>
/// <param name="Score">By the classifier alone.</param>
/// <param name="LabelDistance">Total variation between the classes read here and the labels of the training images.</param>
/// <param name="Parzen">Log density of held-out real images, pixels in [0, 1].</param>
/// <param name="FeatureMemory">Distances to the training images in the features.</param>
/// <param name="PixelMemory">Distances to the training images in the pixels.</param>
public sealed record ImageReport(
    FrechetDistance Frechet, KernelDistance Kernel, PrecisionRecall PrecisionRecall, DensityCoverage DensityCoverage, ClassifierScore Score,
    Uncertain LabelDistance, ParzenWindow Parzen, Memorisation FeatureMemory, Memorisation PixelMemory)
{
    /// <summary>The numbers, with the direction that is good.</summary>
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
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Measure this[string name] => Measures.FirstOrDefault(m => m.Name == name)
        ?? throw new ArgumentException($"no measure is called '{name}'; there are {string.Join(", ", Measures.Select(m => m.Name))}", nameof(name));
}
