using System.Globalization;
using GanNotebooks.Studies;
using GanNotebooks.Training;

namespace GanNotebooks.Workbook.Training;

/// <summary>
/// The options of the command line; an option that was not given is null. For null a resumed run keeps its recorded value, and a new run
/// takes the default of the recipe.
/// </summary>
internal sealed record TrainRequest
{
    public string? Data { get; init; }

    public string? Model { get; init; }

    public int? Steps { get; init; }

    public int? Batch { get; init; }

    public int? Width { get; init; }

    public double? DiscriminatorRate { get; init; }

    public double? GeneratorRate { get; init; }

    public int? Seed { get; init; }

    public int? Threads { get; init; }

    public bool? TensorFloat32 { get; init; }

    public bool? BFloat16 { get; init; }

    public int? Packing { get; init; }

    /// <summary>Names and values from the file of <c>--settings</c>. The other options go before them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> FromFile { get; init; } = [];

    /// <summary>Names and values of <c>--set</c>, in their order. They go before all others.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Set { get; init; } = [];

    /// <summary>Combines the options with a recorded run, or with the defaults of a new run.</summary>
    /// <param name="recorded">The recorded run to continue; null for a new run.</param>
    /// <exception cref="ArgumentException">A required option is missing, an option does not apply to the model, or an option differs
    /// from the recorded run.</exception>
    public RecordedRequest Resolve(RecordedRequest? recorded)
    {
        var result = Combine(recorded);
        if (recorded is not null && Differences(recorded, result) is { Length: > 0 } differences)
        {
            throw new ArgumentException(
                $"The run in that folder was started with {string.Join(", ", differences)}. Leave these options out to continue it, "
                    + "or name another folder.");
        }
        return result;
    }

    /// <summary>Combines the options with the run that a new one begins from.</summary>
    /// <param name="other">The other run.</param>
    /// <exception cref="ArgumentException">An option does not apply to the model, or changes what the state of the other run depends
    /// on.</exception>
    public RecordedRequest Branch(RecordedRequest other)
    {
        string[] kept = ["--data", "--model", "--batch", "--width", "--seed", "--bfloat16", "--packing", "--set SpectralNorm",
            "--set MinibatchDeviation", "--set DiscriminatorWidth"];
        var result = Combine(other) with { Origin = null };
        return Differences(other, result, kept) is { Length: > 0 } differences
            ? throw new ArgumentException(
                $"A run from another one keeps what the state of that depends on: {string.Join(", ", differences)}. "
                + "Steps, rates, losses, penalties and the order of updates may change.")
            : result;
    }

    /// <summary>Combines the options with a run, whatever they change.</summary>
    /// <param name="recorded">The recorded run; null for the defaults.</param>
    /// <exception cref="ArgumentException">A required option is missing, or an option does not apply to the model.</exception>
    public RecordedRequest Combine(RecordedRequest? recorded)
    {
        string? file = SettingsFile.ValueOf(FromFile, nameof(Data)), ofModel = SettingsFile.ValueOf(FromFile, nameof(Model));
        if ((SettingsFile.ValueOf(Set, nameof(Data)) ?? Data ?? file ?? recorded?.Recipe.Data) is not { } data
            || (SettingsFile.ValueOf(Set, nameof(Model)) ?? Model ?? ofModel ?? recorded?.Recipe.Model) is not { } model)
        {
            throw new ArgumentException($"A new run needs --data ({string.Join(", ", RecipeData.All.Select(d => d.Name))}, folder:DIR, "
                + "csv:FILE) and --model "
                + $"({string.Join(", ", RecipeModel.All.Select(m => m.Name))}).");
        }

        (data, model) = (RecipeData.Named(data).Name, RecipeModel.Named(model).Name); // the canonical spelling of the names
        var recipe = SettingsFile.Apply(
            (recorded?.Recipe ?? new TrainingRecipe(data, model)) with { Data = data, Model = model }, FromFile);
        var result = new RecordedRequest(
            recipe with
            {
                Data = data,
                Model = model,
                Steps = Steps ?? recipe.Steps,
                BatchSize = Batch ?? recipe.BatchSize,
                Width = Width ?? recipe.Width,
                Seed = Seed ?? recipe.Seed,
                DiscriminatorRate = DiscriminatorRate ?? recipe.DiscriminatorRate,
                GeneratorRate = GeneratorRate ?? recipe.GeneratorRate,
                BFloat16 = BFloat16 ?? recipe.BFloat16,
                Packing = Packing ?? recipe.Packing,
            },
            Threads ?? recorded?.Threads ?? 1, TensorFloat32 ?? recorded?.TensorFloat32 ?? false);
        result = result with { Recipe = SettingsFile.Apply(result.Recipe, Set), Origin = recorded?.Origin };
        RequireMeaning(RecipeModel.Named(model));
        return result;
    }

    // Throws for an option that does not apply to the model, instead of ignoring it.
    private void RequireMeaning(RecipeModel model)
    {
        foreach (var (option, given, meaning, reason) in new[]
        {
            ("--width is", Width is not null, RecipeOptions.Width, "the others have the widths of their source"),
            ("--packing is", Packing > 1, RecipeOptions.Packing, "the others judge every sample by itself"),
            ("--bfloat16 is", BFloat16 == true, RecipeOptions.BFloat16, "perceptrons are faster by their own passes in float32"),
            ("--d-rate and --g-rate are", (DiscriminatorRate ?? GeneratorRate) is not null, RecipeOptions.LearningRates,
                "--set GeneratorOptimizer.LearningRate=… and DiscriminatorOptimizer.LearningRate=… are for all"),
        })
        {
            if (given && !model.Options.HasFlag(meaning))
                throw new ArgumentException($"{option} for {RecipeModel.Listed(m => m.Options.HasFlag(meaning))}; {reason}.");
        }
    }

    private static string[] Differences(RecordedRequest run, RecordedRequest asked, IReadOnlyList<string>? options = null) =>
    [
        .. Compared(run, asked).Where(d => !d.Had.Equals(d.Wanted) && options?.Contains(d.Option) != false).Select(
            d => string.Create(CultureInfo.InvariantCulture, $"{d.Option} {Spelled(d.Had)}, not {Spelled(d.Wanted)}")),
    ];

    private static IReadOnlyList<(string Option, object Had, object Wanted)> Compared(RecordedRequest run, RecordedRequest asked) =>
    [
        ("--data", run.Recipe.Data, asked.Recipe.Data), ("--model", run.Recipe.Model, asked.Recipe.Model),
        ("--steps", run.Recipe.Steps, asked.Recipe.Steps),
        ("--batch", run.Recipe.BatchSize, asked.Recipe.BatchSize), ("--width", run.Recipe.Width, asked.Recipe.Width),
        ("--d-rate", run.Recipe.DiscriminatorRate, asked.Recipe.DiscriminatorRate),
        ("--g-rate", run.Recipe.GeneratorRate, asked.Recipe.GeneratorRate),
        ("--seed", run.Recipe.Seed, asked.Recipe.Seed), ("--threads", run.Threads, asked.Threads),
        ("--tf32", run.TensorFloat32, asked.TensorFloat32),
        ("--bfloat16", run.Recipe.BFloat16, asked.Recipe.BFloat16), ("--packing", run.Recipe.Packing, asked.Recipe.Packing),
        ("--set SpectralNorm", run.Recipe.SpectralNorm, asked.Recipe.SpectralNorm),
        ("--set MinibatchDeviation", run.Recipe.MinibatchDeviation, asked.Recipe.MinibatchDeviation),
        ("--set DiscriminatorWidth", run.Recipe.DiscriminatorWidth ?? (object)ConfigSettings.None,
            asked.Recipe.DiscriminatorWidth ?? (object)ConfigSettings.None),
        .. run.Recipe.Settings.Keys.Union(asked.Recipe.Settings.Keys).Select(name =>
            ($"--set {name}", (object)ValueOf(run.Recipe, name), (object)ValueOf(asked.Recipe, name))),
    ];

    private static string ValueOf(TrainingRecipe recipe, string name) => recipe.All.GetValueOrDefault(name, ConfigSettings.None);

    private static string Spelled(object value) =>
        value is string text ? text : Convert.ToString(value, CultureInfo.InvariantCulture)!.ToLowerInvariant();
}

/// <summary>The options of <c>workbook train</c>.</summary>
/// <param name="Request">Data, model and settings that were given.</param>
/// <param name="Directory">Folder of the run.</param>
internal sealed record TrainOptions(TrainRequest Request, string Directory)
{
    /// <summary>Default number of steps between two checkpoints, and between two sample grids.</summary>
    public const int UsualEvery = 500;

    /// <summary>More than any machine has use for; libgomp ends the process if it cannot start as many threads as it should.</summary>
    public const int MostThreads = 256;

    /// <summary>More than any machine has the memory for.</summary>
    public const int MostWidth = 2048, MostBatch = 1_000_000, MostPacking = 64;

    /// <summary>Learning rates beyond these train nothing.</summary>
    public const double LeastRate = 1e-12, MostRate = 1000;

    /// <summary>Whether to continue the run that the folder holds.</summary>
    public bool Resume { get; init; }

    /// <summary>Folder of the run whose newest checkpoint the new one begins from; null for none.</summary>
    public string? From { get; init; }

    /// <summary>Folder of the run whose networks the new one begins with; null for none.</summary>
    public string? Weights { get; init; }

    /// <summary>Device to compute on.</summary>
    public DeviceOption Device { get; init; }

    /// <summary>Number of steps between two checkpoints.</summary>
    public int CheckpointEvery { get; init; } = UsualEvery;

    /// <summary>Number of steps between two sample grids.</summary>
    public int SampleEvery { get; init; } = UsualEvery;
}
