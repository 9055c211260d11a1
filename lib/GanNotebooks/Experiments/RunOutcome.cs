using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Experiments;

/// <summary>What is known at the end of a run: its file <c>measures.json</c>.</summary>
/// <param name="Steps">Number of generator updates.</param>
/// <param name="Seconds">Seconds that the steps took, without measurements and files; with those of a run that it was branched
/// from.</param>
/// <param name="Measures">Values by the names of <see cref="RunMeasures"/>.</param>
/// <param name="Note">Why there are no measures, in words; empty if there are.</param>
public sealed record RunOutcome(int Steps, double Seconds, SortedDictionary<string, double> Measures, string Note)
{
    /// <summary>Name of the file in the folder of a run.</summary>
    public const string FileName = "measures.json";

    private const string What = "the measures of a run";
    private const int MostBytes = 1 << 20;

    private static readonly JsonSerializerOptions Format = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Version of this library.</summary>
    public string Library { get; init; } = Checkpoint.Library;

    /// <summary>Version of libtorch.</summary>
    public string Torch { get; init; } = "";

    /// <summary>Version of .NET.</summary>
    public string Runtime { get; init; } = RuntimeInformation.FrameworkDescription;

    /// <summary>Name of the processor or of the GPU.</summary>
    public string Processor { get; init; } = "";

    /// <summary>Number of torch threads.</summary>
    public int Threads { get; init; }

    /// <summary>Measures a run in its present state.</summary>
    /// <param name="recipe">The recipe that the trainer was created from.</param>
    /// <param name="trainer">The trainer.</param>
    /// <returns>The result. A generator that yields NaN or infinity has no measures, and the note says so.</returns>
    /// <exception cref="DataFileException">The data files are missing.</exception>
    public static RunOutcome Of(TrainingRecipe recipe, Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(trainer);
        var (measures, note) = Measured(recipe, trainer);
        return Of(trainer, measures, note);
    }

    /// <summary>The outcome of a run that was measured before.</summary>
    internal static RunOutcome Of(Trainer trainer, SortedDictionary<string, double> measures, string note) =>
        new(trainer.Step, SecondsOf(trainer.History), measures, note)
        {
            Torch = __version__,
            Processor = trainer.Device.type == TorchSharp.DeviceType.CPU ? ProcessorName() : trainer.Device.ToString(),
            Threads = get_num_threads(),
        };

    /// <summary>Seconds that the steps of a history took, without measurements and files.</summary>
    public static double SecondsOf(IReadOnlyList<HistoryRecord> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        double seconds = 0;
        for (int i = 0; i < history.Count; i++)
            seconds += history[i].StepSeconds * (history[i].Step - (i == 0 ? 0 : history[i - 1].Step));
        return seconds;
    }

    /// <summary>Writes the file into the folder of a run, and replaces an earlier one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Format) + "\n");
    }

    /// <summary>Reads the file from the folder of a run.</summary>
    /// <returns>The result; null if there is none, because the run is not finished or was not measured.</returns>
    /// <exception cref="DataFileException">The file cannot be read, or does not hold measures.</exception>
    public static RunOutcome? Read(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        string file = Path.Combine(folder, FileName);
        if (!Path.Exists(file))
            return null;
        return DataFiles.Guard(file, () =>
        {
            if (RegularFile.Fault(file) is { } fault)
                throw new DataFileException(file, What, fault);
            if (new FileInfo(file).Length > MostBytes)
                throw new DataFileException(file, What, "a file that is too large for them");
            try
            {
                return JsonSerializer.Deserialize<RunOutcome>(RegularFile.ReadText(file), Format)
                    ?? throw new DataFileException(file, What, "nothing");
            }
            catch (Exception error) when (error is JsonException or NotSupportedException)
            {
                throw new DataFileException(file, What, "text that is not their JSON", error);
            }
        });
    }

    private static (SortedDictionary<string, double> Measures, string Note) Measured(TrainingRecipe recipe, Trainer trainer)
    {
        try
        {
            var measures = RunMeasures.Of(recipe, trainer);
            return (measures, measures.Count > 0 ? "" : "the data are too few for any measure");
        }
        catch (ArgumentException error) when (NonFiniteSamples.IsMeant(error))
        {
            return (new(StringComparer.Ordinal), error.Message.Split(" (Parameter '")[0]);
        }
    }

    private static string ProcessorName()
    {
        const string file = "/proc/cpuinfo", key = "model name";
        string? name = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.IsNullOrEmpty(name) ? RuntimeInformation.ProcessArchitecture.ToString() : name;
    }
}
