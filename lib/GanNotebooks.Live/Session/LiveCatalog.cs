using System.Text.Json.Nodes;
using GanNotebooks.Losses;
using GanNotebooks.Regularizers;
using GanNotebooks.Training;

namespace GanNotebooks.Live;

/// <summary>Everything that a page can choose from, as JSON.</summary>
internal static class LiveCatalog
{
    /// <summary>The catalog.</summary>
    /// <param name="others">Data besides the page's own.</param>
    public static JsonObject Json(IReadOnlyList<LiveTarget> others) => new()
    {
        ["targets"] = new JsonArray([.. LiveTarget.All.Concat(others).Select(t => new JsonObject
        {
            ["name"] = t.Name, ["title"] = t.Title, ["kind"] = KindOf(t.Kind),
        })]),
        ["presets"] = new JsonArray([.. LivePresets.All.Select(p => new JsonObject
        {
            ["name"] = p.Name, ["title"] = p.Title, ["text"] = p.Text, ["notebook"] = p.Notebook,
        })]),
        ["settings"] = new JsonArray([.. Settings()]),
        ["networks"] = new JsonObject
        {
            ["activations"] = new JsonArray([.. NetworkShape.Activations.Select(a => JsonValue.Create(a.ToString()))]),
            ["maxLayers"] = NetworkShape.MaxLayers, ["maxWidth"] = NetworkShape.MaxWidth,
        },
        ["layers"] = new JsonObject { ["spectrumParameters"] = RunLayers.MostParameters, ["curvePoints"] = RunLayers.CurvePoints },
    };

    /// <summary>The word of the protocol for a kind of data.</summary>
    public static string KindOf(LiveKind kind) => kind switch { LiveKind.Line => "line", LiveKind.Plane => "plane", _ => "images" };

    private static IEnumerable<JsonObject> Settings()
    {
        yield return Choice("Target", "data", "data", LiveTarget.All.Select(t => (t.Name, t.Title)));
        yield return Number("Seed", "seed", "data", 0, int.MaxValue, whole: true, restarts: true);
        yield return Number("BatchSize", "batch size m", "game", 1, 1024, whole: true, logarithmic: true);
        yield return Named("Loss", "loss", "game", typeof(IAdversarialLoss), none: false);
        yield return Choice("Order", "order of updates", "game", Enum.GetNames<UpdateOrder>().Select(n => (n, n.ToLowerInvariant())));
        yield return Number("DiscriminatorSteps", "steps of D for one of G, k", "game", 1, 20, whole: true);
        yield return Number("Steps", "length of the run", "game", 1, 1_000_000, whole: true, logarithmic: true);
        yield return Number("FinalLearningRate", "rates at the end, as a share", "game", 0, 1);
        yield return Network("Generator", "network of G", "generator");
        foreach (var setting in Optimizer("Generator", "G", "generator"))
            yield return setting;
        yield return Choice("Noise", "law of z", "generator", Enum.GetNames<NoiseKind>().Select(n => (n, n)));
        yield return Number("NoiseDimension", "numbers in one z", "generator", 1, 64, whole: true);
        yield return Number("AverageHalfLife", "moving average: half-life in samples, 0 for none", "generator", 0, 1e6);
        yield return Network("Discriminator", "network of D", "discriminator");
        foreach (var setting in Optimizer("Discriminator", "D", "discriminator"))
            yield return setting;
        yield return Named("Penalty", "penalty on D's slope", "discriminator", typeof(IDiscriminatorPenalty), none: true);
        yield return Number("Penalty.OnReal", "weight on data", "discriminator", 0, 1000, when: ("Penalty", "ZeroCentered"));
        yield return Number("Penalty.OnFake", "weight on samples", "discriminator", 0, 1000, when: ("Penalty", "ZeroCentered"));
        yield return Number("Penalty.Weight", "weight", "discriminator", 0, 1000, when: ("Penalty", "Gradient Dragan"));
        yield return Named("InstanceNoise", "instance noise", "discriminator", typeof(InstanceNoise), none: true);
        yield return Number("InstanceNoise.Start", "σ at the start", "discriminator", 0, 3, when: ("InstanceNoise", "InstanceNoise"));
        yield return Number("InstanceNoise.End", "σ at the end", "discriminator", 0, 3, when: ("InstanceNoise", "InstanceNoise"));
        yield return Number("Packing", "samples that D judges at once", "discriminator", 1, 8, whole: true);
        yield return Number("WeightClip", "bound of D's weights, 0 for none", "discriminator", 0, 10);
        yield return Number("UnrolledSteps", "steps of D that G looks ahead", "generator", 0, 10, whole: true);
        yield return Number("ConsensusWeight", "weight of consensus optimisation", "game", 0, 100);
    }

    private static IEnumerable<JsonObject> Optimizer(string player, string letter, string group)
    {
        string path = player + "Optimizer";
        yield return Named(path, "optimiser of " + letter, group, typeof(OptimizerConfig), none: false);
        yield return Number(path + ".LearningRate", "rate of " + letter, group, 1e-6, 1, logarithmic: true);
        yield return Number(path + ".Beta1", "β₁ of " + letter, group, 0, 0.999, when: (path, "Adam"));
        yield return Number(path + ".Beta2", "β₂ of " + letter, group, 0, 0.9999, when: (path, "Adam"));
        yield return Number(path + ".Momentum", "momentum of " + letter, group, -0.9, 0.999, when: (path, "Momentum"));
    }

    private static JsonObject Named(string name, string title, string group, Type type, bool none)
    {
        var choices = NamedSetting.For(type).Where(n => n.Name is not "Adaptive")
            .Select(n => (n.Usage, n.Note == "" ? n.Name : $"{n.Name}: {n.Note}"));
        return Choice(name, title, group, none ? choices.Prepend((ConfigSettings.None, "none")) : choices);
    }

    private static JsonObject Choice(string name, string title, string group, IEnumerable<(string Value, string Title)> choices) => new()
    {
        ["name"] = name, ["title"] = title, ["group"] = group, ["kind"] = "choice",
        ["choices"] = new JsonArray([.. choices.Select(c => new JsonObject { ["value"] = c.Value, ["title"] = c.Title })]),
    };

    private static JsonObject Network(string name, string title, string group) =>
        new() { ["name"] = name, ["title"] = title, ["group"] = group, ["kind"] = "network" };

    private static JsonObject Number(string name, string title, string group, double min, double max, bool whole = false,
        bool logarithmic = false, bool restarts = false, (string Name, string Values)? when = null)
    {
        var setting = new JsonObject
        {
            ["name"] = name, ["title"] = title, ["group"] = group, ["kind"] = "number", ["min"] = min, ["max"] = max, ["whole"] = whole,
            ["log"] = logarithmic, ["restarts"] = restarts,
        };
        if (when is { } condition)
        {
            setting["when"] = condition.Name;
            setting["is"] = new JsonArray([.. condition.Values.Split(' ').Select(v => JsonValue.Create(v))]);
        }
        return setting;
    }
}
