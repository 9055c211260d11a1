using GanNotebooks.Data;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// A data set that a <see cref="TrainingRecipe"/> can name. <see cref="All"/> is the only list of the data sets: <c>workbook train</c>
/// takes its help, its error messages and its output from it. A new data set is a new entry. A reader's own data have names such as
/// <c>folder:photos,side=32,channels=3</c> and <c>csv:points.csv</c> (<see cref="OwnDataName"/>).
/// </summary>
/// <param name="Name">Name of the data set in the option <c>--data</c>.</param>
/// <param name="Title">Name of the data set in output for readers.</param>
/// <param name="Note">Short explanation for the help; empty where the name is sufficient.</param>
/// <param name="Channels">Number of channels of square images; 0 for points.</param>
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
        Mixture("ring", "a ring of points", "", seed => new RingData(seed: seed)),
        Mixture("wide-ring", "a ring of wider modes", "σ = 0.05, as in notebook 09", seed => new RingData(8, 2, 0.05, seed)),
        Mixture("grid", "a grid of points", "", seed => new GridData(seed: seed)),
    ];

    private const int DigitSide = 28, Plane = 2;

    /// <summary>Whether samples are images.</summary>
    public bool IsImages => Channels > 0;

    /// <summary>Side of the square images in pixels; 0 for points.</summary>
    public int Side => IsImages ? SideOfImages : 0;

    /// <summary>Number of coordinates of a point; 0 for images. It is read from the reader's own file.</summary>
    /// <exception cref="DataFileException">The file cannot be read, or its first row is none of numbers.</exception>
    public int Dimension => IsImages ? 0 : Coordinates();

    /// <summary>The modes of a mixture of Gaussians, whose coverage can be counted; null for other data.</summary>
    public IReadOnlyList<GaussianMode>? Modes { get; private init; }

    private int SideOfImages { get; init; } = DigitSide;

    private Func<int> Coordinates { get; init; } = () => Plane;

    /// <summary>Finds the data set with the given name, ignoring case, or names a reader's own data.</summary>
    /// <param name="name">A name of <see cref="All"/>, or a text of <see cref="OwnDataName"/>, whose path becomes a full one.</param>
    /// <exception cref="ArgumentException">No data set has this name, or the text is wrong. The message lists what there is.</exception>
    public static RecipeData Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? (OwnDataName.IsOne(name) ? Own(OwnDataName.Parse(name)) : throw new ArgumentException(
                $"no data set is called '{name}'; there are {string.Join(", ", All.Select(d => d.Name))}, folder:DIR and csv:FILE",
                nameof(name)));
    }

    private static RecipeData Mixture(string name, string title, string note, Func<int, GaussianModesData> law)
    {
        using var any = law(0);
        return new RecipeData(name, title, note, 0, (recipe, device) => DeviceBatches.Of(law(recipe.Seed), device)) { Modes = any.Modes };
    }

    private static RecipeData Own(OwnDataName own) => own.Kind switch
    {
        OwnDataKind.Folder => new RecipeData(own.Text, own.Title, "", own.Channels, (recipe, device) => Fitting(recipe, own.Title, "images",
            DeviceBatches.Of(place => new ImageFolder(own.Path, own.Side, own.Channels, recipe.Seed, own.FolderOptions, place), device)))
        {
            SideOfImages = own.Side,
        },
        OwnDataKind.Csv => new RecipeData(own.Text, own.Title, "", 0, (recipe, device) => Fitting(recipe, own.Title, "points",
            DeviceBatches.Of(place => new PointsCsv(own.Path, own.TableOptions, recipe.Seed, place), device)))
        {
            Coordinates = () => PointsCsv.Dimension(own.Path, own.TableOptions),
        },
        _ => throw new ArgumentException($"unknown kind of data: {own.Kind}", nameof(own)),
    };

    private static IBatchSource Images(Func<ImageDataset> load, TrainingRecipe recipe, Device device)
    {
        var images = load();
        RequireBatch(recipe, images.Count, "images", recipe.Data);
        return DeviceBatches.Of(images, recipe.Seed, device);
    }

    private static IBatchSource Fitting(TrainingRecipe recipe, string title, string what, IBatchSource source)
    {
        try
        {
            RequireBatch(recipe, source.SampleCount!.Value, what, title);
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static void RequireBatch(TrainingRecipe recipe, long count, string what, string title)
    {
        int batch = recipe.Packing * recipe.BatchSize;
        if (batch > count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"a batch of {batch:N0} is larger than the {count:N0} {what} of {title}"));
        }
    }
}
