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
    private const string FileName = "train.json";
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
            throw new DataFileException(file, What, error.Message);
        }
    }

    /// <summary>Writes the request into a run's folder, which the caller holds.</summary>
    public void Write(string folder) =>
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Format) + "\n");

    private string? Fault
    {
        get
        {
            if (Threads is < 1 or > TrainOptions.MostThreads)
                return $"{Threads} threads";
            try
            {
                Recipe.Config.Validate();
                return Recipe.Width is >= 1 and <= TrainOptions.MostWidth && Recipe.BatchSize <= TrainOptions.MostBatch
                    ? null
                    : $"width {Recipe.Width} and batch {Recipe.BatchSize}";
            }
            catch (ArgumentException error)
            {
                return error.Message;
            }
        }
    }
}
