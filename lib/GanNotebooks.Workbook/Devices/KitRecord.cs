using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Devices;

/// <summary>
/// The record of a run: record.json, and the same for people, record.md. Both are written again after every part, so that they are there
/// whatever ends the run.
/// </summary>
internal sealed class KitRecord(KitOptions options, DateTimeOffset started, string version)
{
    private static readonly JsonSerializerOptions Format =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly JsonArray parts = [];

    public bool Passed { get; private set; } = true;

    // The numbers that the part "natives" found.
    private int devices;

    /// <summary>Adds a part and writes both files.</summary>
    public void Add(string name, KitOutcome outcome, double seconds, TimeSpan limit, double total, bool finished)
    {
        Passed &= outcome.Passed;
        if (outcome.Found is JsonObject found && found["CUDA devices"] is JsonValue counted && counted.TryGetValue(out int count))
            devices = count;
        parts.Add(new JsonObject
        {
            ["part"] = name, ["status"] = outcome.Status, ["seconds"] = Math.Round(seconds, 1),
            ["limitSeconds"] = Math.Round(limit.TotalSeconds), ["said"] = outcome.Said, ["found"] = outcome.Found?.DeepClone(),
        });
        Write(total, finished);
    }

    private void Write(double seconds, bool finished)
    {
        var json = new JsonObject
        {
            ["device"] = options.Device,
            ["meaning"] = !options.Cuda ? "rehearsed on the CPU: this record says nothing about CUDA"
                : devices > 0 ? "run on a CUDA device"
                : "asked for a CUDA device, and saw none: this record says nothing about CUDA",
            ["version"] = version,
            ["started"] = started.ToString("u", null),
            ["seconds"] = Math.Round(seconds, 1),
            ["finished"] = finished,
            ["passed"] = finished && Passed,
            ["only"] = options.Only.Count == 0 ? "all parts" : string.Join(", ", options.Only),
            ["maxStepsOfNotebook"] = options.MaxSteps,
            ["parts"] = parts.DeepClone(),
        };
        AtomicFile.WriteText(options.In("record.json"), json.ToJsonString(Format) + "\n");
        AtomicFile.WriteText(options.In("record.md"), KitMarkdown.Of(json));
    }
}
