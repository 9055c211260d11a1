using System.Text.Json.Nodes;

namespace GanNotebooks.Plotting;

/// <summary>
/// The frames of an animation, cut into traces and layouts. What several frames have in common, such as the field under a growing path, is
/// kept once; that makes a page several times smaller.
/// </summary>
internal sealed class SharedFrames
{
    private readonly Dictionary<string, int> places = [];

    /// <summary>Cuts up figures.</summary>
    /// <param name="figures">Plotly figures: JSON objects with data and layout.</param>
    public SharedFrames(IEnumerable<JsonObject> figures) =>
        Frames = [.. figures.Select(f => (int[])[.. f["data"]!.AsArray().Select(Place), Place(f["layout"])])];

    /// <summary>Every distinct trace and layout, as JSON.</summary>
    public IReadOnlyList<string> Parts => [.. places.OrderBy(p => p.Value).Select(p => p.Key)];

    /// <summary>For each frame where its traces are in <see cref="Parts"/>, in order, and last its layout.</summary>
    public IReadOnlyList<int[]> Frames { get; }

    private int Place(JsonNode? part)
    {
        var json = part!.ToJsonString();
        if (!places.TryGetValue(json, out int place))
            places.Add(json, place = places.Count);
        return place;
    }
}
