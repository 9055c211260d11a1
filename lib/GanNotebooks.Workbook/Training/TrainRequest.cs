using System.Globalization;
using GanNotebooks.Studies;

namespace GanNotebooks.Workbook.Training;

/// <summary>
/// What the command line said, null where it said nothing: then a run that goes on keeps what it has, and a new one takes the recipe's.
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

    /// <summary>The run that is meant.</summary>
    /// <param name="recorded">The one that goes on; null for a new one.</param>
    /// <exception cref="ArgumentException">Something is missing, or has no meaning for the model, or differs from the run that goes
    /// on.</exception>
    public RecordedRequest Resolve(RecordedRequest? recorded)
    {
        if ((Data ?? recorded?.Recipe.Data) is not { } data || (Model ?? recorded?.Recipe.Model) is not { } model)
        {
            throw new ArgumentException($"A new run needs --data ({string.Join(", ", RecipeData.All.Select(d => d.Name))}) and --model "
                + $"({string.Join(", ", RecipeModel.All.Select(m => m.Name))}).");
        }

        (data, model) = (RecipeData.Named(data).Name, RecipeModel.Named(model).Name); // capitals do not matter
        var recipe = recorded?.Recipe ?? new TrainingRecipe(data, model);
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
        if (recorded is not null && Differences(recorded, result) is { Length: > 0 } differences)
        {
            throw new ArgumentException(
                $"The run in that folder was started with {string.Join(", ", differences)}. Leave these options out to go on with it, "
                    + "or name another folder.");
        }

        RequireMeaning(RecipeModel.Named(model));
        return result;
    }

    // An option that has no meaning for the model would be ignored in silence.
    private void RequireMeaning(RecipeModel model)
    {
        foreach (var (option, given, meaning, reason) in new[]
        {
            ("--width is", Width is not null, RecipeOptions.Width, "the others have the widths of their source"),
            ("--packing is", Packing > 1, RecipeOptions.Packing, "the others judge every sample by itself"),
            ("--bfloat16 is", BFloat16 == true, RecipeOptions.BFloat16, "perceptrons are faster by their own passes in float32"),
            ("--d-rate and --g-rate are", (DiscriminatorRate ?? GeneratorRate) is not null, RecipeOptions.LearningRates,
                "the others have the learning rates of their source"),
        })
        {
            if (given && !model.Options.HasFlag(meaning))
                throw new ArgumentException($"{option} for {RecipeModel.Listed(m => m.Options.HasFlag(meaning))}; {reason}.");
        }
    }

    private static string[] Differences(RecordedRequest run, RecordedRequest asked) =>
    [
        .. new (string Option, object Had, object Wanted)[]
        {
            ("--data", run.Recipe.Data, asked.Recipe.Data), ("--model", run.Recipe.Model, asked.Recipe.Model),
            ("--steps", run.Recipe.Steps, asked.Recipe.Steps),
            ("--batch", run.Recipe.BatchSize, asked.Recipe.BatchSize), ("--width", run.Recipe.Width, asked.Recipe.Width),
            ("--d-rate", run.Recipe.DiscriminatorRate, asked.Recipe.DiscriminatorRate),
            ("--g-rate", run.Recipe.GeneratorRate, asked.Recipe.GeneratorRate),
            ("--seed", run.Recipe.Seed, asked.Recipe.Seed), ("--threads", run.Threads, asked.Threads),
            ("--tf32", run.TensorFloat32, asked.TensorFloat32),
            ("--bfloat16", run.Recipe.BFloat16, asked.Recipe.BFloat16), ("--packing", run.Recipe.Packing, asked.Recipe.Packing),
        }.Where(d => !d.Had.Equals(d.Wanted)).Select(
            d => string.Create(CultureInfo.InvariantCulture, $"{d.Option} {Spelled(d.Had)}, not {Spelled(d.Wanted)}")),
    ];

    private static string Spelled(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!.ToLowerInvariant();
}

/// <summary>What <c>workbook train</c> was asked for.</summary>
/// <param name="Request">Data, model and settings, as far as they were given.</param>
/// <param name="Directory">Folder of the run.</param>
internal sealed record TrainOptions(TrainRequest Request, string Directory)
{
    /// <summary>Steps between two checkpoints and two sample grids, where nothing else is said.</summary>
    public const int UsualEvery = 500;

    /// <summary>Go on with the run that the folder holds.</summary>
    public bool Resume { get; init; }

    /// <summary>Where to compute.</summary>
    public DeviceOption Device { get; init; }

    /// <summary>Steps between two checkpoints.</summary>
    public int CheckpointEvery { get; init; } = UsualEvery;

    /// <summary>Steps between two sample grids.</summary>
    public int SampleEvery { get; init; } = UsualEvery;
}
