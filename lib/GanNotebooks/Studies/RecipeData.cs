using GanNotebooks.Data;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// A data set that a <see cref="TrainingRecipe"/> can name. This list is the only place that knows them: <c>workbook train</c> takes its
/// help, its refusals and its output from here. A new data set is a new entry.
/// </summary>
/// <param name="Name">What <c>--data</c> calls it.</param>
/// <param name="Title">Name for readers.</param>
/// <param name="Note">A few words for the help; empty where the name says it all.</param>
/// <param name="Channels">Channels of images of 28 × 28 pixels; 0 for points in the plane.</param>
/// <param name="Batches">Creates the batches of a recipe on a device.</param>
public sealed record RecipeData(string Name, string Title, string Note, int Channels, Func<TrainingRecipe, Device, IBatchSource> Batches)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<RecipeData> All { get; } =
    [
        new("mnist", "MNIST", "", 1, (recipe, device) => Images(() => Mnist.Train(), recipe, device)),
        new("fashion", "Fashion-MNIST", "", 1, (recipe, device) => Images(() => FashionMnist.Train(), recipe, device)),
        new("stacked", "stacked MNIST", "three digits as the colours of one image", 3,
            (recipe, device) => DeviceBatches.Of(new StackedMnist(Mnist.Train(), recipe.Seed), device)),
        new("ring", "a ring of points", "", 0, (recipe, device) => DeviceBatches.Of(new RingData(seed: recipe.Seed), device)),
        new("grid", "a grid of points", "", 0, (recipe, device) => DeviceBatches.Of(new GridData(seed: recipe.Seed), device)),
    ];

    /// <summary>Whether samples are images.</summary>
    public bool IsImages => Channels > 0;

    /// <summary>The data set of a name; capitals do not matter.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static RecipeData Named(string name) => All.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"no data set is called '{name}'; there are {string.Join(", ", All.Select(d => d.Name))}",
            nameof(name));

    private static IBatchSource Images(Func<ImageDataset> load, TrainingRecipe recipe, Device device)
    {
        var (images, batch) = (load(), recipe.Packing * recipe.BatchSize);
        return batch <= images.Count
            ? DeviceBatches.Of(images, recipe.Seed, device)
            : throw new ArgumentException(FormattableString.Invariant(
                $"a batch of {batch:N0} is larger than the {images.Count:N0} images of {recipe.Data}"));
    }
}
