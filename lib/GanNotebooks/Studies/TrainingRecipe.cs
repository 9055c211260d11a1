using System.Globalization;
using System.Reflection;
using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// Tested settings for each data set and model. <c>workbook train</c> runs them, and the recorded results were computed with them. One seed
/// determines data order, noise and initial weights. A recipe is plain data.
/// </summary>
/// <param name="Data">Name of a <see cref="RecipeData"/>.</param>
/// <param name="Model">Name of a <see cref="RecipeModel"/>.</param>
public sealed record TrainingRecipe(string Data, string Model)
{
    private static readonly PropertyInfo[] OwnSettings =
    [
        .. typeof(TrainingRecipe).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && p.PropertyType != typeof(SettingList)).OrderBy(p => p.MetadataToken),
    ];

    /// <summary>Number of generator updates.</summary>
    public int Steps { get; init; } = 12_000;

    /// <summary>Number of real samples, and of generated samples, in a batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Seed of data order, noise and initial weights.</summary>
    public int Seed { get; init; } = 2014;

    /// <summary>Width of the convolutional networks in channels, as their constructors define it.</summary>
    public int Width { get; init; } = 48;

    /// <summary>Width of DCGAN's discriminator in channels; null if it equals the width of the generator.</summary>
    public int? DiscriminatorWidth { get; init; }

    /// <summary>Initial learning rate of DCGAN's discriminator. It falls to 2 %.</summary>
    public double DiscriminatorRate { get; init; } = 2e-4;

    /// <summary>Initial learning rate of DCGAN's generator. It falls to 2 %.</summary>
    public double GeneratorRate { get; init; } = 1e-3;

    /// <summary>
    /// Number of samples that the discriminator of DCGAN, or that of the plain GAN, judges at once (<see cref="Regularizers.Packing"/>). A
    /// batch has this number times <see cref="BatchSize"/> samples, so that it has <see cref="BatchSize"/> packs.
    /// </summary>
    public int Packing { get; init; } = 1;

    /// <summary>
    /// Whether the plain GAN's discriminator divides its weights by their spectral norm (<see cref="Networks.SpectralNorm"/>).
    /// </summary>
    public bool SpectralNorm { get; init; }

    /// <summary>
    /// Whether the plain GAN's discriminator sees how much the batch varies (<see cref="MinibatchStandardDeviation"/>).
    /// </summary>
    public bool MinibatchDeviation { get; init; }

    /// <summary>Whether the layers compute in bfloat16 (<see cref="ReducedPrecision"/>).</summary>
    public bool BFloat16 { get; init; }

    /// <summary>
    /// Settings that differ from those of the model, by the paths of <see cref="ConfigSettings"/>. <see cref="With"/> adds one.
    /// </summary>
    public SettingList Settings { get; init; } = SettingList.Empty;

    /// <summary>Whether samples are images.</summary>
    public bool IsImages => RecipeData.Named(Data).IsImages;

    /// <summary>Number of channels of the images: 3 for colour and for stacked digits, 1 for grey images, 0 for points.</summary>
    public int Channels => RecipeData.Named(Data).Channels;

    /// <summary>Side of the square images in pixels; 0 for points.</summary>
    public int Side => RecipeData.Named(Data).Side;

    /// <summary>Number of coordinates of a point; 0 for images.</summary>
    /// <exception cref="DataFileException">The reader's own file has no such points.</exception>
    public int Dimension => RecipeData.Named(Data).Dimension;

    /// <summary>The settings of the run.</summary>
    /// <exception cref="ArgumentException">Data or model are unknown, a setting does not apply to the model, or the model does not fit
    /// the data.</exception>
    public TrainingConfig Config => ConfigSettings.Apply(Usual, Settings);

    // The settings of the model before any changes.
    private TrainingConfig Usual
    {
        get
        {
            var (data, model) = (RecipeData.Named(Data), RecipeModel.Named(Model));
            if (!model.Learns(data))
            {
                throw new ArgumentException(
                    $"the model {model.Name} is for {model.For}; {data.Name} takes {RecipeModel.Listed(m => m.Learns(data))}");
            }

            model.RequireSide(data);
            foreach (var (name, given) in new[]
            {
                (nameof(Packing), Packing > 1), (nameof(DiscriminatorWidth), DiscriminatorWidth is not null),
                (nameof(SpectralNorm), SpectralNorm), (nameof(MinibatchDeviation), MinibatchDeviation),
            })
            {
                if (given && Lacks(name) is { } option)
                    throw new ArgumentException($"{name} is for {RecipeModel.Listed(m => m.Options.HasFlag(option))}");
            }

            return model.Config(this);
        }
    }

    /// <summary>
    /// All settings of the run by name: those of the recipe, and those of the networks' training. <see cref="With"/> takes each of them.
    /// </summary>
    public SettingList All => new(OwnSettings.Where(p => p.GetValue(this) is not null && Lacks(p.Name) is null)
        .Select(p => KeyValuePair.Create(p.Name, Convert.ToString(p.GetValue(this), CultureInfo.InvariantCulture)!))
        .Concat(ConfigSettings.Of(Config).Where(s => !OwnSettings.Any(own => own.Name == s.Key))));

    /// <summary>The names of all settings that <see cref="With"/> takes.</summary>
    public static IReadOnlyList<string> SettingNames { get; } =
        [.. OwnSettings.Select(p => p.Name), .. ConfigSettings.Paths.Where(path => !OwnSettings.Any(own => own.Name == path))];

    /// <summary>Returns the recipe with one setting changed.</summary>
    /// <param name="name">
    /// A setting of the recipe, such as <c>Seed</c> or <c>Width</c>, or a path of <see cref="ConfigSettings"/>, such as
    /// <c>GeneratorOptimizer.LearningRate</c> or <c>Penalty</c>.
    /// </param>
    /// <param name="value">The value as text; losses, penalties and optimisers by name (<see cref="NamedSetting"/>).</param>
    /// <exception cref="ArgumentException">The name or the value is wrong. The message names it, and the nearest right one.</exception>
    public TrainingRecipe With(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (OwnSettings.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } own)
        {
            return ConfigSettings.Paths.Contains(name, StringComparer.OrdinalIgnoreCase)
                ? this with { Settings = ConfigSettings.With(Usual, Settings, name, value) }
                : throw new ArgumentException(
                    $"no setting is called '{name}'; the nearest is {ConfigSettings.Nearest(name, SettingNames)}");
        }

        if (Lacks(own.Name) is { } option)
        {
            string path = option is RecipeOptions.LearningRates
                ? $"; {own.Name.Replace("Rate", "", StringComparison.Ordinal)}Optimizer.LearningRate is for all" : "";
            throw new ArgumentException($"{own.Name} is for {RecipeModel.Listed(m => m.Options.HasFlag(option))}{path}");
        }

        var result = this with { };
        own.SetValue(result, OwnValue(own, value));
        // A name of no data set and of no model is refused here and not at the start of the run.
        return result with { Data = RecipeData.Named(result.Data).Name, Model = RecipeModel.Named(result.Model).Name };
    }

    /// <summary>The changes that make another recipe of this one, in an order in which <see cref="With"/> takes them.</summary>
    /// <param name="other">The other recipe.</param>
    /// <exception cref="ArgumentException">The data or the model of a recipe are unknown.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> ChangesTo(TrainingRecipe other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var config = ConfigSettings.Differences((other with { Settings = Settings }).Config, other.Config);
        return
        [
            .. OwnSettings.Where(p => !Equals(p.GetValue(this), p.GetValue(other)) && other.Lacks(p.Name) is null).Select(p =>
                KeyValuePair.Create(p.Name, Convert.ToString(p.GetValue(other) ?? ConfigSettings.None, CultureInfo.InvariantCulture)!)),
            .. config.Where(s => !OwnSettings.Any(own => own.Name == s.Key)).OrderBy(s => s.Key.Count(letter => letter == '.')),
        ];
    }

    // The option that the model would need to use a setting; null if it uses it. One that is ignored would make an axis of nothing.
    private RecipeOptions? Lacks(string setting)
    {
        RecipeOptions? needed = setting switch
        {
            nameof(Width) => RecipeOptions.Width,
            nameof(DiscriminatorWidth) => RecipeOptions.DiscriminatorWidth,
            nameof(Packing) => RecipeOptions.Packing,
            nameof(SpectralNorm) or nameof(MinibatchDeviation) => RecipeOptions.DiscriminatorLayers,
            nameof(DiscriminatorRate) or nameof(GeneratorRate) => RecipeOptions.LearningRates,
            nameof(BFloat16) => RecipeOptions.BFloat16,
            _ => null,
        };
        return needed is { } option && !RecipeModel.Named(Model).Options.HasFlag(option) ? option : null;
    }

    private static object? OwnValue(PropertyInfo own, string value)
    {
        var type = Nullable.GetUnderlyingType(own.PropertyType) ?? own.PropertyType;
        if (type != own.PropertyType && value.Trim().Equals(ConfigSettings.None, StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            return Convert.ChangeType(value.Trim(), type, CultureInfo.InvariantCulture) is var result && result is double.NaN
                ? throw new FormatException()
                : result;
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            string kind = type == typeof(bool) ? "true or false"
                : type == typeof(double) ? "a number such as 0.001 or 1e-3" : "a whole number";
            throw new ArgumentException($"{own.Name}: '{value}' is not {kind}", error);
        }
    }

    /// <summary>The command line that trains with this recipe.</summary>
    public string CommandLine
    {
        get
        {
            var usual = new TrainingRecipe(Data, Model);
            string width = Lacks(nameof(Width)) is null ? Text($" --width {Width}") : "";
            string rates = Lacks(nameof(GeneratorRate)) is null ? Text($" --d-rate {DiscriminatorRate} --g-rate {GeneratorRate}") : "";
            string packing = Packing > 1 ? Text($" --packing {Packing}") : "";
            var others = OwnSettings.Where(p => p.Name is nameof(DiscriminatorWidth) or nameof(SpectralNorm) or nameof(MinibatchDeviation)
                && !Equals(p.GetValue(this), p.GetValue(usual))).Select(p => Text($"{p.Name}={p.GetValue(this)}"));
            return $"workbook train --data {Data} --model {Model}" + Text($" --steps {Steps} --batch {BatchSize}") + width + rates
                + Text($" --seed {Seed}") + packing + (BFloat16 ? " --bfloat16" : "")
                + string.Concat(others.Concat(Settings.Select(s => $"{s.Key}={s.Value}")).Select(change => $" --set {change}"));

            static string Text(FormattableString text) => FormattableString.Invariant(text);
        }
    }

    /// <summary>Creates a trainer at the start of the run.</summary>
    /// <param name="device">Device to compute on.</param>
    /// <exception cref="ArgumentException">Data or model are unknown, the model does not fit the data, or a batch is larger than the
    /// data.</exception>
    /// <exception cref="DataFileException">The data files are missing.</exception>
    public Trainer Create(Device device)
    {
        var config = Config;
        using var weights = new Generator((ulong)Seed);
        var (generator, discriminator) = RecipeModel.Named(Model).Networks(this, weights, config.NoiseDimension);
        if (BFloat16)
            (generator, discriminator) = (generator.InBFloat16(), discriminator.InBFloat16());
        return new Trainer(config, generator.to(device), discriminator.to(device), RecipeData.Named(Data).Batches(this, device), device);
    }

    /// <summary>Returns the settings that all recipes share, for a number of values in one z and the optimisers of D and G.</summary>
    internal TrainingConfig Standard(int noise, AdamConfig d, AdamConfig g) => new()
    {
        Steps = Steps, BatchSize = BatchSize, NoiseDimension = noise, RecordEvery = 50, Seed = Seed, DiscriminatorOptimizer = d,
        GeneratorOptimizer = g,
    };
}
