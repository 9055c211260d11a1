using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GanNotebooks.Training;

/// <summary>
/// Writes settings as JSON: every public property, numbers to the last digit, and the type of properties with an interface type.
/// </summary>
internal static class ConfigText
{
    /// <summary>JSON options for files that people read: indented, with characters such as β unescaped.</summary>
    public static JsonSerializerOptions Readable { get; } =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(object config) => Node(config, config.GetType())!.ToJsonString(Readable);

    /// <summary>
    /// Lists the settings in which a saved run differs from these, such as "Loss.RealLabel: 0.9 in the checkpoint, 1 here". A setting that
    /// the saved text lacks was added after the run; the current default is assumed for it.
    /// </summary>
    public static IEnumerable<string> Differences(string saved, TrainingConfig here)
    {
        var defaults = Leaves(Of(new TrainingConfig { Steps = here.Steps }));
        var (a, b) = (Leaves(saved), Leaves(Of(here)));
        foreach (string key in defaults.Keys.Where(k => b.ContainsKey(k) && !a.ContainsKey(k)))
            a[key] = defaults[key];
        return a.Keys.Union(b.Keys).Where(k => a.GetValueOrDefault(k) != b.GetValueOrDefault(k))
            .Select(k => $"{k}: {a.GetValueOrDefault(k, "nothing")} in the checkpoint, {b.GetValueOrDefault(k, "nothing")} here");
    }

    private static JsonNode? Node(object? value, Type declared) => value switch
    {
        null => null,
        string text => text,
        bool or int or long or double or float =>
            JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $"{value:R}").ToLowerInvariant()),
        Enum name => name.ToString(),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(item => Node(item, typeof(object)))]),
        _ => Properties(value, declared),
    };

    private static JsonObject Properties(object value, Type declared)
    {
        var result = new JsonObject();
        if (declared != value.GetType())
            result["type"] = value.GetType().Name;
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.MetadataToken))
            result[property.Name] = Node(property.GetValue(value), property.PropertyType);
        return result;
    }

    private static Dictionary<string, string> Leaves(string text) => Leaves(JsonNode.Parse(text), "").ToDictionary();

    private static IEnumerable<KeyValuePair<string, string>> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject o => o.SelectMany(p => Leaves(p.Value, path.Length == 0 ? p.Key : $"{path}.{p.Key}")),
        _ => [new(path, node?.ToJsonString(Readable) ?? "null")],
    };
}
