using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;
using GanNotebooks.Training;

namespace GanNotebooks.Workbook.Training;

/// <summary>The settings of a run, stored in its folder as <c>train.json</c>. <c>--resume</c> needs no other input.</summary>
/// <param name="Recipe">Data, model and settings of the run.</param>
/// <param name="Threads">Number of torch threads on the CPU. Sums round differently with another number.</param>
/// <param name="TensorFloat32">Whether a GPU may round to TensorFloat-32.</param>
internal sealed record RecordedRequest(TrainingRecipe Recipe, int Threads, bool TensorFloat32)
{
    /// <summary>Name of the file in the folder of a run.</summary>
    public const string FileName = "train.json";

    /// <summary>The checkpoint of another run that this one began from; null without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunOrigin? Origin { get; init; }

    private const int MostBytes = 1 << 20;

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Reads the request from a run's folder.</summary>
    /// <exception cref="DataFileException">The file does not exist, or it does not hold the settings of a run.</exception>
    /// <exception cref="IOException">The file cannot be read, or it is no regular file.</exception>
    public static RecordedRequest Read(string folder)
    {
        const string What = "the settings of the run";
        string file = Path.Combine(folder, FileName);
        RegularFile.Check(file);
        if (!File.Exists(file))
            throw new DataFileException(file, What, "no file; without it the run can be continued by its library only");
        if (new FileInfo(file).Length > MostBytes)
            throw new DataFileException(file, What, "a file that is too large for them");
        try
        {
            return JsonSerializer.Deserialize<RecordedRequest>(RegularFile.ReadText(file), Format) is { } request
                ? request.Fault is { } fault ? throw new DataFileException(file, What, fault) : request
                : throw new DataFileException(file, What, "nothing");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new DataFileException(file, What, Words(error as JsonException));
        }
    }

    // The exception's own words name types of .NET.
    private static string Words(JsonException? error)
    {
        string place = error?.LineNumber is { } line ? $" in line {line + 1}" : "";
        string name = error?.Path is { Length: > 2 } path ? path[2..] : "";
        return name == "" ? $"text that is not the JSON of a run{place}" : $"no usable value of {name}{place}";
    }

    /// <summary>Writes the request into a run's folder, which the caller holds.</summary>
    public void Write(string folder) =>
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Format) + "\n");

    private string? Fault
    {
        get
        {
            if (OutOfRange() is { } odd)
                return odd;
            try
            {
                Recipe.Config.Validate();
                return Recipe.BFloat16 && !RecipeModel.Named(Recipe.Model).Options.HasFlag(RecipeOptions.BFloat16)
                    ? $"layers in bfloat16 for the model {Recipe.Model}"
                    : null;
            }
            catch (ArgumentException error)
            {
                return error.Message;
            }
        }
    }

    // The ranges of the command's options, also of those that the model does not use.
    private string? OutOfRange() => new (string Name, double Value, double Least, double Most)[]
    {
        (nameof(Threads), Threads, 1, TrainOptions.MostThreads), (nameof(Recipe.Steps), Recipe.Steps, 1, int.MaxValue),
        (nameof(Recipe.BatchSize), Recipe.BatchSize, 1, TrainOptions.MostBatch), (nameof(Recipe.Seed), Recipe.Seed, 0, int.MaxValue),
        (nameof(Recipe.Width), Recipe.Width, 1, TrainOptions.MostWidth),
        (nameof(Recipe.DiscriminatorWidth), Recipe.DiscriminatorWidth ?? 1, 1, TrainOptions.MostWidth),
        (nameof(Recipe.DiscriminatorRate), Recipe.DiscriminatorRate, TrainOptions.LeastRate, TrainOptions.MostRate),
        (nameof(Recipe.GeneratorRate), Recipe.GeneratorRate, TrainOptions.LeastRate, TrainOptions.MostRate),
        (nameof(Recipe.Packing), Recipe.Packing, 1, TrainOptions.MostPacking),
    }.Where(one => !(one.Value >= one.Least && one.Value <= one.Most)).Select(one =>
        string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Value}, which must be from {one.Least} to {one.Most}"))
        .FirstOrDefault();
}
