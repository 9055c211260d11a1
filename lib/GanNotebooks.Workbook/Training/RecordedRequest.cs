using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;

namespace GanNotebooks.Workbook.Training;

/// <summary>What a run was started with, kept in its folder as <c>train.json</c>, so that <c>--resume</c> needs nothing else.</summary>
/// <param name="Recipe">Data, model and settings.</param>
/// <param name="Threads">Threads of torch on the CPU: with another number sums round differently.</param>
/// <param name="TensorFloat32">Whether a GPU may round to TensorFloat-32.</param>
internal sealed record RecordedRequest(TrainingRecipe Recipe, int Threads, bool TensorFloat32)
{
    private const string FileName = "train.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, IgnoreReadOnlyProperties = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Reads a run's folder; null if there is none, or it is of another make.</summary>
    public static RecordedRequest? Read(string folder)
    {
        string file = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<RecordedRequest>(File.ReadAllText(file), Format) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Format) + "\n");
    }
}
