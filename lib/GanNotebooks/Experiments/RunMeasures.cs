using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Studies;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Experiments;

/// <summary>
/// The measures of a finished run: a few numbers that depend on the kind of its data. They are a function of the trainer's state, bit for
/// bit on the CPU, and they do not change it. A measure that is biased, or that has no known value for a perfect sampler, comes with its
/// <c>-floor</c>: the same measure between two halves of the data, of the same size.
/// </summary>
public static class RunMeasures
{
    private const string Floor = "-floor";
    private const int ModeSamples = 2500, StackedSamples = 10_000, Block = 1000, ImageSamples = 5000, OwnSamples = 2000;
    private const int LeastSamples = 2 * KernelDistance.Subsets;

    /// <summary>All measures. A run has those of its data only.</summary>
    public static IReadOnlyList<RunMeasure> All { get; } =
    [
        new("modes-captured", "modes captured", true, "modes with at least one sample within 3 standard deviations "
            + "(ring and grid: N = 2,500), or modes that a classifier reads in the samples (stacked digits: of 1,000, N = 10,000)"),
        new("modes-occupied", "modes occupied", true, "modes that are nearest to at least 2 % of the samples"),
        new("high-quality-share", "high-quality share", true, "share of the samples within 3 standard deviations of a mode"),
        new("reverse-kl", "reverse KL", false, "KL(shares of the modes ‖ their weights), in nats"),
        new("reverse-kl" + Floor, "reverse KL of a perfect sampler", null, "(K − 1)/(2N) for K modes and N samples"),
        new("frechet-distance", "Fréchet distance", false, "squared Fréchet distance to the training images in the features of the "
            + "classifier in data/pretrained, N = 5,000 and 5,000; not comparable with FID"),
        new("frechet-distance" + Floor, "Fréchet distance of real images", null, "the same between two halves of the training images"),
        new("kernel-distance", "kernel distance", false, "unbiased squared kernel distance to the data (Binkowski et al. 2018): in the "
            + "features of the classifier for digits and clothes, in the pixels for own images"),
        new("kernel-distance" + Floor, "kernel distance of real images", null, "the same between two halves of the data"),
        new("energy-distance", "energy distance", false, "unbiased energy distance to one half of the data, at most 2,000 points"),
        new("energy-distance" + Floor, "energy distance of real points", null, "the same between two halves of the data"),
        new("sliced-wasserstein", "sliced Wasserstein distance", false, "mean distance W₁ of the projections onto 200 directions, to one "
            + "half of the data"),
        new("sliced-wasserstein" + Floor, "sliced Wasserstein distance of real points", null, "the same between two halves of the data"),
    ];

    /// <summary>Finds a measure by its name, ignoring case.</summary>
    /// <exception cref="ArgumentException">No measure has this name. The message lists the names.</exception>
    public static RunMeasure Named(string name) => All.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"no measure is called '{name}'; there are {string.Join(", ", All.Select(m => m.Name))}",
            nameof(name));

    /// <summary>The names of the measures that a recipe's runs have, without floors.</summary>
    /// <exception cref="ArgumentException">The data are unknown.</exception>
    public static IReadOnlyList<string> NamesFor(TrainingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe.Data.ToLowerInvariant() switch
        {
            _ when RecipeData.Named(recipe.Data).Modes is not null =>
                ["modes-captured", "modes-occupied", "high-quality-share", "reverse-kl"],
            "stacked" => ["modes-captured", "reverse-kl"],
            "mnist" or "fashion" => ["frechet-distance", "kernel-distance"],
            _ => recipe.IsImages ? ["kernel-distance"] : ["energy-distance", "sliced-wasserstein"],
        };
    }

    /// <summary>Measures a run in its present state. With a moving average of G, the average is measured.</summary>
    /// <param name="recipe">The recipe that the trainer was created from.</param>
    /// <param name="trainer">The trainer. Its networks and the position in its data are afterwards as before.</param>
    /// <returns>Values by the names of <see cref="All"/>; empty if the data are too few to measure anything.</returns>
    /// <exception cref="ArgumentException">The generator yields NaN or infinity.</exception>
    /// <exception cref="DataFileException">The data files are missing.</exception>
    public static SortedDictionary<string, double> Of(TrainingRecipe recipe, Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return recipe.Data.ToLowerInvariant() switch
        {
            _ when RecipeData.Named(recipe.Data).Modes is { } modes => OfModes(trainer, modes),
            "stacked" => OfStacked(trainer),
            "mnist" => OfImages(trainer, RecordedClassifier.Digits()),
            "fashion" => OfImages(trainer, RecordedClassifier.Fashion()),
            _ when trainer.Data.SampleShape.Count == 1 => OfOwnPoints(trainer),
            _ => OfOwnImages(trainer),
        };
    }

    private static SortedDictionary<string, double> OfModes(Trainer trainer, IReadOnlyList<GaussianMode> modes)
    {
        var coverage = ModeCoverage.Of(Samples(trainer, ModeSamples), modes);
        return new(StringComparer.Ordinal)
        {
            ["modes-captured"] = coverage.Captured,
            ["modes-occupied"] = coverage.Occupied,
            ["high-quality-share"] = coverage.HighQuality,
            ["reverse-kl"] = coverage.ReverseKL,
            ["reverse-kl" + Floor] = coverage.ReverseKLFloor,
        };
    }

    // Block by block, because all the images at once would need gigabytes.
    private static SortedDictionary<string, double> OfStacked(Trainer trainer)
    {
        using var classifier = RecordedClassifier.Digits();
        var read = new List<int>();
        for (int block = 0; read.Count < StackedSamples; block++)
        {
            using var scope = NewDisposeScope();
            read.AddRange(StackedModes.Named(Samples(trainer, Block, block), classifier).Modes);
        }
        var modes = StackedModes.OfModes(read, classifier.Name);
        return new(StringComparer.Ordinal)
        {
            ["modes-captured"] = modes.Captured,
            ["reverse-kl"] = modes.KL,
            ["reverse-kl" + Floor] = modes.KLFloor,
        };
    }

    private static SortedDictionary<string, double> OfImages(Trainer trainer, FeatureNetwork classifier)
    {
        using (classifier)
        {
            var (first, second) = Halves(trainer, ImageSamples);
            if (first is null || second is null)
                return Nothing();
            using var real = classifier.Features(first);
            using var other = classifier.Features(second);
            using var made = classifier.Features(Samples(trainer, real.Count));
            var result = Kernel(real, other, made);
            result["frechet-distance"] = FrechetDistance.Between(real, made).Value;
            result["frechet-distance" + Floor] = FrechetDistance.Between(real, other).Value;
            return result;
        }
    }

    private static SortedDictionary<string, double> OfOwnImages(Trainer trainer)
    {
        var (first, second) = Halves(trainer, OwnSamples);
        if (first is null || second is null)
            return Nothing();
        using var real = FeatureSet.Pixels(first);
        using var other = FeatureSet.Pixels(second);
        using var made = FeatureSet.Pixels(Samples(trainer, real.Count));
        return Kernel(real, other, made);
    }

    private static SortedDictionary<string, double> OfOwnPoints(Trainer trainer)
    {
        var (first, second) = Halves(trainer, OwnSamples);
        if (first is null || second is null)
            return Nothing();
        string space = FormattableString.Invariant($"{first.size(1)} coordinates");
        using var real = new FeatureSet(first, space);
        using var other = new FeatureSet(second, space);
        using var made = new FeatureSet(Samples(trainer, real.Count), space);
        return new(StringComparer.Ordinal)
        {
            ["energy-distance"] = EnergyDistance.Between(real, made).Value,
            ["energy-distance" + Floor] = EnergyDistance.Between(real, other).Value,
            ["sliced-wasserstein"] = SlicedWasserstein.Between(real, made).Value,
            ["sliced-wasserstein" + Floor] = SlicedWasserstein.Between(real, other).Value,
        };
    }

    private static SortedDictionary<string, double> Kernel(FeatureSet real, FeatureSet other, FeatureSet made) =>
        new(StringComparer.Ordinal)
        {
            ["kernel-distance"] = KernelDistance.Between(real, made).Value,
            ["kernel-distance" + Floor] = KernelDistance.Between(real, other).Value,
        };

    private static SortedDictionary<string, double> Nothing() => new(StringComparer.Ordinal);

    private static Tensor Samples(Trainer trainer, int count, int index = 0) =>
        trainer.Sample(count, index, averaged: trainer.Config.AverageHalfLife > 0).cpu();

    // Two disjoint parts of the data, in the order of their first epoch. A source without end gives two batches.
    private static (Tensor? First, Tensor? Second) Halves(Trainer trainer, int most)
    {
        var data = trainer.Data;
        int each = (int)Math.Min(most, (data.SampleCount ?? long.MaxValue) / 2);
        if (each < LeastSamples)
            return (null, null);
        var before = data.Position;
        data.Seek(before with { Epoch = 0, Next = 0 });
        try
        {
            using var all = data.Next(2 * each);
            return (all.narrow(0, 0, each).cpu().clone(), all.narrow(0, each, each).cpu().clone());
        }
        finally
        {
            data.Seek(before);
        }
    }
}
