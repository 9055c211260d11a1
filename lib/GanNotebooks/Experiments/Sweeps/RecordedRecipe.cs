using System.Text.Json;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;

namespace GanNotebooks.Experiments;

/// <summary>The settings of a run, in the file <c>train.json</c> that <c>workbook train</c> writes too.</summary>
internal static class RecordedRecipe
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, IgnoreReadOnlyProperties = true };

    public static void Write(string folder, TrainingRecipe recipe) => AtomicFile.WriteText(Path.Combine(folder, "train.json"),
        JsonSerializer.Serialize(new Content(recipe, Threads: 1, TensorFloat32: false), Format) + "\n");

    private sealed record Content(TrainingRecipe Recipe, int Threads, bool TensorFloat32);
}
