using GanNotebooks.Data;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// A data set that a <see cref="TrainingRecipe"/> can name. <see cref="All"/> is the only list of the data sets: <c>workbook train</c>
/// takes its help, its error messages and its output from it. A new data set is a new entry.
/// </summary>
/// <param name="Name">Name of the data set in the option <c>--data</c>.</param>
/// <param name="Title">Name of the data set in output for readers.</param>
/// <param name="Note">Short explanation for the help; empty where the name is sufficient.</param>
/// <param name="Channels">Number of channels of images of 28 × 28 pixels; 0 for points in the plane.</param>
/// <param name="Batches">Function that creates the batches of a recipe on a device.</param>
public sealed record RecipeData(string Name, string Title, string Note, int Channels, Func<TrainingRecipe, Device, IBatchSource> Batches)
{
    /// <summary>All data sets.</summary>
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

    /// <summary>Finds the data set with the given name, ignoring case.</summary>
    /// <exception cref="ArgumentException">No data set has this name. The message lists the known names.</exception>
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
