using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Studies;
using GanNotebooks.Training;

namespace GanNotebooks.Experiments;

/// <summary>
/// Plans as JSON, as people write them: settings are names with texts, numbers or truth values. An unknown name is refused, because a
/// misspelt axis would train something else.
/// </summary>
internal static class SweepPlanText
{
    private const string Base = "Base", Variants = "Variants", Axes = "Axes", Seeds = "Seeds", Random = "Random", Halving = "Halving",
        Budget = "Budget", Seed = "Seed", Ranges = "Ranges", Scale = "Scale", From = "From", To = "To", Measure = "Measure",
        Factor = "Factor", Rungs = "Rungs";

    private static readonly PropertyInfo[] Own =
    [
        .. typeof(TrainingRecipe).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && p.PropertyType != typeof(SettingList)).OrderBy(p => p.MetadataToken),
    ];

    public static string Of(SweepPlan plan) => Node(plan).ToJsonString(ConfigText.Readable);

    public static JsonObject Node(SweepPlan plan)
    {
        var result = new JsonObject { [Base] = OfSettings(Recipe(plan.Base)) };
        if (plan.Variants.Count > 0)
            result[Variants] = new JsonObject(plan.Variants.Select(v => KeyValuePair.Create(v.Name, (JsonNode?)OfSettings(v.Changes))));
        if (plan.Axes.Count > 0)
            result[Axes] = new JsonObject(plan.Axes.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)Texts(a.Values))));
        result[Seeds] = new JsonArray([.. plan.Seeds.Select(seed => (JsonNode)seed)]);
        if (plan.Random is { } search)
        {
            result[Random] = new JsonObject
            {
                [Budget] = search.Budget, [Seed] = search.Seed,
                [Ranges] = new JsonObject(search.Ranges.Select(range => KeyValuePair.Create(range.Key, (JsonNode?)new JsonObject
                {
                    [Scale] = range.Scale.ToString(), [From] = range.From, [To] = range.To,
                }))),
            };
        }
        if (plan.Halving is { } halving)
            result[Halving] = new JsonObject { [Measure] = halving.Measure, [Factor] = halving.Factor, [Rungs] = halving.Rungs };
        return result;
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="ArgumentException">The text is no plan. The message names the wrong part.</exception>
    public static SweepPlan Parse(string text)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException error)
        {
            throw new ArgumentException(error.LineNumber is { } line ? $"text that is not JSON in line {line + 1}"
                : "text that is not JSON",
                error);
        }
        return Parse(node);
    }

    /// <summary>The parts in which two plans differ, such as "Seeds and Base".</summary>
    public static string Differing(SweepPlan one, SweepPlan other)
    {
        var (a, b) = (Node(one).AsObject(), Node(other).AsObject());
        return string.Join(" and ", a.Select(part => part.Key).Union(b.Select(part => part.Key))
            .Where(key => a[key]?.ToJsonString() != b[key]?.ToJsonString()));
    }

    public static SweepPlan Parse(JsonNode? node)
    {
        var root = Object(node, "the plan");
        Known(root, "the plan", Base, Variants, Axes, Seeds, Random, Halving);
        return new SweepPlan(Recipe(Settings(root[Base], Base)))
        {
            Variants = [.. Members(root[Variants], Variants).Select(v => new SweepVariant(v.Key, Settings(v.Value, v.Key)))],
            Axes = [.. Members(root[Axes], Axes).Select(axis => new SweepAxis(axis.Key, Values(axis.Value, axis.Key)))],
            Seeds = root[Seeds] switch
            {
                null => new SweepPlan(new TrainingRecipe("", "")).Seeds,
                JsonArray list => [.. list.Select(seed => Whole(seed, Seeds))],
                var written => SweepPlan.ParseSeeds(Text(written, Seeds)),
            },
            Random = root[Random] is { } search ? OfSearch(search) : null,
            Halving = root[Halving] is { } halving ? OfHalving(halving) : null,
        };
    }

    // Only what differs from the defaults of a recipe: people read a plan.
    private static IEnumerable<KeyValuePair<string, string>> Recipe(TrainingRecipe recipe)
    {
        var usual = new TrainingRecipe(recipe.Data, recipe.Model);
        return Own.Where(p => p.Name is nameof(TrainingRecipe.Data) or nameof(TrainingRecipe.Model)
                || !Equals(p.GetValue(recipe), p.GetValue(usual)))
            .Select(p => KeyValuePair.Create(p.Name, Convert.ToString(p.GetValue(recipe), CultureInfo.InvariantCulture)!))
            .Concat(recipe.Settings);
    }

    private static TrainingRecipe Recipe(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        string Named(string name) => settings.FirstOrDefault(s => s.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value
            ?? throw new ArgumentException($"{Base} names no {name}");
        string data = Named(nameof(TrainingRecipe.Data)), model = Named(nameof(TrainingRecipe.Model));
        return settings.Aggregate(new TrainingRecipe(data, model), (recipe, setting) => recipe.With(setting.Key, setting.Value));
    }

    private static RandomSearch OfSearch(JsonNode node)
    {
        var search = Object(node, Random);
        Known(search, Random, Budget, Seed, Ranges);
        return new RandomSearch(Whole(search[Budget], Budget), search[Seed] is { } seed ? Whole(seed, Seed) : 1,
            [.. Members(search[Ranges], Ranges).Select(range => OfRange(range.Key, Object(range.Value, range.Key)))]);
    }

    private static SearchRange OfRange(string key, JsonObject range)
    {
        Known(range, key, Scale, From, To);
        string scale = range[Scale] is { } named ? Text(named, Scale) : nameof(SearchScale.Uniform);
        return new SearchRange(key, Enum.GetNames<SearchScale>().Contains(scale, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<SearchScale>(scale, ignoreCase: true)
            : throw new ArgumentException($"{key}: '{scale}' is none of {string.Join(", ", Enum.GetNames<SearchScale>())}"),
            Real(range[From], $"{key}: {From}"), Real(range[To], $"{key}: {To}"));
    }

    private static SuccessiveHalving OfHalving(JsonNode node)
    {
        var halving = Object(node, Halving);
        Known(halving, Halving, Measure, Factor, Rungs);
        var usual = new SuccessiveHalving(Text(halving[Measure], Measure));
        return usual with
        {
            Factor = halving[Factor] is { } factor ? Whole(factor, Factor) : usual.Factor,
            Rungs = halving[Rungs] is { } rungs ? Whole(rungs, Rungs) : usual.Rungs,
        };
    }

    /// <summary>Settings as a JSON object of texts.</summary>
    public static JsonObject OfSettings(IEnumerable<KeyValuePair<string, string>> settings) =>
        new(settings.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value)));

    /// <summary>Settings of a JSON object.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Settings(JsonNode? node, string what) =>
        [.. Object(node, what).Select(member => KeyValuePair.Create(member.Key, Text(member.Value, member.Key)))];

    private static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);

    private static string[] Values(JsonNode? node, string what) => node is JsonArray list
        ? [.. list.Select(value => Text(value, what))]
        : [Text(node, what)];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node, string what) =>
        node is null ? [] : Object(node, what);

    private static JsonObject Object(JsonNode? node, string what) =>
        node as JsonObject ?? throw new ArgumentException($"{what} is no JSON object of names and values");

    private static void Known(JsonObject node, string what, params string[] names)
    {
        if (node.Select(member => member.Key).FirstOrDefault(key => !names.Contains(key)) is { } odd)
        {
            throw new ArgumentException($"{what} has no part '{odd}'; the nearest is {ConfigSettings.Nearest(odd, names)} "
                + $"of {string.Join(", ", names)}");
        }
    }

    private static string Text(JsonNode? node, string what) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number => node.ToJsonString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new ArgumentException($"{what} is no text and no number"),
    };

    private static int Whole(JsonNode? node, string what) =>
        int.TryParse(Text(node, what), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ArgumentException($"{what} is no whole number");

    private static double Real(JsonNode? node, string what) =>
        double.TryParse(Text(node, what), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new ArgumentException($"{what} is no number");
}
