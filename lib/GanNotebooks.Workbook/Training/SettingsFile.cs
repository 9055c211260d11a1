using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Data;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;

namespace GanNotebooks.Workbook.Training;

/// <summary>
/// Settings by name in a JSON file: names with dots, or objects in objects, where <c>"type"</c> is the name of the part itself.
/// </summary>
internal static class SettingsFile
{
    private const int MostBytes = 1 << 20;
    private const string Type = "type", What = "settings";

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the names and values of a file, in their order.</summary>
    /// <exception cref="DataFileException">The file does not hold settings.</exception>
    /// <exception cref="IOException">The file cannot be read, or it is no regular file.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path)
    {
        RegularFile.Check(path);
        if (new FileInfo(path).Length > MostBytes)
            throw new DataFileException(path, What, "a file that is too large for them");
        try
        {
            return JsonNode.Parse(RegularFile.ReadText(path), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })
                is JsonObject found
                ? [.. Leaves(found, "")]
                : throw new DataFileException(path, What, "JSON that is no object");
        }
        catch (JsonException error)
        {
            throw new DataFileException(path, What,
                $"text that is not JSON{(error.LineNumber is { } line ? $" in line {line + 1}" : "")}, or a name twice");
        }
        catch (FormatException error)
        {
            throw new DataFileException(path, What, error.Message);
        }
    }

    /// <summary>All settings of a recipe as JSON, for <see cref="Read"/>.</summary>
    public static string Text(TrainingRecipe recipe) => new JsonObject(
        recipe.All.Select(setting => KeyValuePair.Create(setting.Key, Node(setting.Value)))).ToJsonString(Readable);

    /// <summary>The last value of a name; null if it is not among them.</summary>
    public static string? ValueOf(IReadOnlyList<KeyValuePair<string, string>> settings, string name) =>
        settings.LastOrDefault(setting => setting.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Changes settings of a recipe. A part is named before its own settings, whatever their order.</summary>
    /// <exception cref="ArgumentException">A name or a value is wrong.</exception>
    public static TrainingRecipe Apply(TrainingRecipe recipe, IReadOnlyList<KeyValuePair<string, string>> settings) =>
        settings.OrderBy(setting => IsNamed(setting, nameof(recipe.Data)) || IsNamed(setting, nameof(recipe.Model)) ? -1
                : setting.Key.Count(letter => letter == '.'))
            .Aggregate(recipe, (changed, setting) => changed.With(setting.Key, setting.Value));

    private static bool IsNamed(KeyValuePair<string, string> setting, string name) =>
        setting.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<KeyValuePair<string, string>> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject parts => parts.SelectMany(part => Leaves(part.Value,
            part.Key == Type && path != "" ? path : path == "" ? part.Key : $"{path}.{part.Key}")),
        JsonArray => throw new FormatException($"a list as {(path == "" ? "the settings" : path)}; a setting has one value"),
        null => [new(path, GanNotebooks.Training.ConfigSettings.None)],
        _ => [new(path, node.GetValueKind() is JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString())],
    };

    private static JsonNode? Node(string value) =>
        bool.TryParse(value, out bool flag) ? flag
        : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && IsJson(value) ? JsonNode.Parse(value)
        : value;

    private static bool IsJson(string number)
    {
        try
        {
            return JsonNode.Parse(number) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
