using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;

namespace GanNotebooks.Workbook.Training;

/// <summary>The settings of a run, stored in its folder as <c>train.json</c>. <c>--resume</c> needs no other input.</summary>
/// <param name="Recipe">Data, model and settings of the run.</param>
/// <param name="Threads">Number of torch threads on the CPU. Sums round differently with another number.</param>
/// <param name="TensorFloat32">Whether a GPU may round to TensorFloat-32.</param>
internal sealed record RecordedRequest(TrainingRecipe Recipe, int Threads, bool TensorFloat32)
{
    private const string FileName = "train.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, IgnoreReadOnlyProperties = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>
    /// Reads the request from a run's folder. Returns null if the file does not exist or is not valid JSON for a request.
    /// </summary>
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
