using System.Text.Json.Nodes;

namespace GanNotebooks.Plotting;

/// <summary>Gives several charts the same ranges, so that the eye may compare them.</summary>
internal static class SharedRanges
{
    private const double Padding = 0.05;

    /// <summary>The same vertical range for all, unless one of them has its own, or shows a map.</summary>
    /// <param name="figures">Plotly figures: JSON objects with data and layout. They are changed.</param>
    public static void ShareVertical(IReadOnlyList<JsonObject> figures)
    {
        JsonObject[] axes = [.. figures.Select(f => f["layout"]!["yaxis"]!.AsObject())];
        if (axes.Any(a => a.ContainsKey("range") || a.ContainsKey("scaleanchor")) || Traces(figures).Any(IsMap))
            return;
        bool logarithmic = axes.All(a => (string?)a["type"] == "log");
        if (!logarithmic && axes.Any(a => (string?)a["type"] == "log"))
            return;
        double[] values = [.. Traces(figures).SelectMany(t => Numbers(t["y"])).Where(v => !logarithmic || v > 0)
            .Select(v => logarithmic ? Math.Log10(v) : v)];
        if (values.Length == 0 || values.Max() <= values.Min())
            return;
        bool onZero = !logarithmic && values.Min() >= 0 && Traces(figures).Any(t => (string?)t["type"] == "bar" || t.ContainsKey("fill"));
        double low = onZero ? 0 : values.Min(), high = values.Max(), margin = Padding * (high - low);
        foreach (var axis in axes)
            axis["range"] = new JsonArray(onZero ? 0 : low - margin, high + margin);
    }

    /// <summary>The same colours for the same values in all maps, unless one of them has its own range.</summary>
    /// <param name="figures">Plotly figures: JSON objects with data and layout. They are changed.</param>
    public static void ShareColours(IReadOnlyList<JsonObject> figures)
    {
        JsonObject[] maps = [.. Traces(figures).Where(IsMap)];
        double[] values = [.. maps.SelectMany(m => m["z"]!.AsArray()).SelectMany(Numbers)];
        if (values.Length == 0 || maps.Any(m => m.ContainsKey("zmin")))
            return;
        foreach (var map in maps)
            (map["zmin"], map["zmax"]) = (values.Min(), values.Max());
    }

    private static IEnumerable<JsonObject> Traces(IEnumerable<JsonObject> figures) =>
        figures.SelectMany(f => f["data"]!.AsArray()).Select(t => t!.AsObject());

    private static bool IsMap(JsonObject trace) => trace.ContainsKey("z");

    private static IEnumerable<double> Numbers(JsonNode? values) =>
        (values as JsonArray ?? []).OfType<JsonValue>().Where(v => v.GetValueKind() == System.Text.Json.JsonValueKind.Number)
        .Select(v => v.GetValue<double>());
}
