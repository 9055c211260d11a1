using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GanNotebooks.Data;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;
using GanNotebooks.Training;
using TorchSharp;

namespace GanNotebooks.Experiments;

/// <summary>
/// The runs of a sweep, expanded once from its plan and frozen: each run has a number, a setting, a seed and a digest of all its settings.
/// The manifest names the library that made it, and carries a digest of its own, so that a change by hand is noticed.
/// </summary>
public sealed record SweepManifest
{
    /// <summary>Name of the file in the folder of a sweep.</summary>
    public const string FileName = "manifest.json";

    private const string Digests = "Digest";

    private SweepManifest(SweepPlan plan) => Plan = plan;

    /// <summary>The plan.</summary>
    public SweepPlan Plan { get; }

    /// <summary>The library that made the manifest.</summary>
    public LibraryVersion Library { get; private init; } = LibraryVersion.Here;

    /// <summary>The settings in order. Tables compare the others with the first one.</summary>
    public IReadOnlyList<SweepSetting> Settings { get; private init; } = [];

    /// <summary>The runs in order: all settings with the first seed, then all with the second.</summary>
    public IReadOnlyList<SweepRun> Runs { get; private init; } = [];

    /// <summary>
    /// The reader's own data by their text in a recipe: what they were when the sweep was created, with a digest of their content. The
    /// workbook's own data belong to the library.
    /// </summary>
    public IReadOnlyDictionary<string, string> OwnData { get; private init; } = new Dictionary<string, string>();

    /// <summary>Expands a plan. A setting that is the same as an earlier one, such as 0.001 and 1e-3, is left out.</summary>
    /// <exception cref="ArgumentException">A name or a value is wrong, a run would not start, or the plan has too many runs.</exception>
    /// <exception cref="DataFileException">The reader's own data cannot be read.</exception>
    public static SweepManifest Of(SweepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        List<SweepSetting> settings = [];
        HashSet<string> known = [];
        foreach (var setting in plan.Expand())
        {
            var recipe = setting.Recipe(plan, plan.Seeds[0]);
            recipe.Config.Validate();
            if (known.Add(DigestOf(recipe)))
                settings.Add(setting.Name == "" ? setting with { Name = "base" } : setting);
        }
        var recipes = plan.Seeds.SelectMany(seed => settings.Select((setting, s) => (s, seed, Recipe: setting.Recipe(plan, seed))))
            .ToList();
        return new SweepManifest(plan)
        {
            Settings = settings, Runs = [.. recipes.Select((r, index) => new SweepRun(index, r.s, r.seed, DigestOf(r.Recipe)))],
            // The largest batch, so that no run finds out half-way that the data are too few.
            OwnData = recipes.Where(r => OwnDataName.IsOne(r.Recipe.Data)).GroupBy(r => r.Recipe.Data)
                .ToDictionary(same => same.Key, same => Found(same.MaxBy(r => r.Recipe.Packing * r.Recipe.BatchSize))),
        };

        string Found((int Setting, int Seed, TrainingRecipe Recipe) run)
        {
            try
            {
                using var source = RecipeData.Named(run.Recipe.Data).Batches(run.Recipe, torch.CPU);
                return source.Name;
            }
            catch (ArgumentException error)
            {
                throw new ArgumentException($"{settings[run.Setting].Name}: {error.Message}", error);
            }
        }
    }

    /// <summary>Checks that the reader's own data are those with which the sweep was created.</summary>
    /// <param name="place">Folder of the sweep, for the message.</param>
    /// <param name="data">Text of the data in a recipe.</param>
    /// <param name="found">What they are now.</param>
    /// <exception cref="SweepException">They have changed.</exception>
    internal void RequireSameData(string place, string data, string found)
    {
        if (OwnData.TryGetValue(data, out string? expected) && expected != found)
        {
            throw new SweepException($"the data of {place} have changed since the sweep was created: expected {expected}, found "
                + $"{found}. Restore them, or create a sweep of the new data in a new folder.");
        }
    }

    /// <summary>The recipe of a run.</summary>
    /// <param name="run">A run of this manifest.</param>
    public TrainingRecipe Recipe(SweepRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Settings[run.Setting].Recipe(Plan, run.Seed);
    }

    /// <summary>Digest of everything that a run depends on: all settings, and the single thread that it computes with.</summary>
    /// <param name="recipe">The recipe of the run.</param>
    public static string DigestOf(TrainingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return Hash(string.Concat(recipe.All.Select(setting => $"{setting.Key}={setting.Value}\n")) + "Threads=1\n");
    }

    internal string Text()
    {
        var content = Content();
        content[Digests] = Hash(content.ToJsonString());
        return content.ToJsonString(ConfigText.Readable) + "\n";
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="DataFileException">The file is missing, was changed by hand, or holds no manifest.</exception>
    internal static SweepManifest Read(string path)
    {
        const string What = "the manifest of a sweep";
        string text = DataFiles.Guard(path, () => RegularFile.ReadText(path));
        try
        {
            var root = JsonNode.Parse(text)!.AsObject();
            string digest = root[Digests]!.GetValue<string>();
            root.Remove(Digests);
            if (Hash(root.ToJsonString()) != digest)
            {
                throw new DataFileException(path, "the manifest as it was made",
                    "one that was changed since. A manifest is not edited: restore it, or create a sweep of the new plan in a new folder");
            }
            return new SweepManifest(SweepPlanText.Parse(root[nameof(Plan)]))
            {
                Library = new LibraryVersion(root[nameof(Library)]!.GetValue<string>(), root["Build"]!.GetValue<string>()),
                Settings = [.. root[nameof(Settings)]!.AsArray().Select(s => new SweepSetting(
                    s![nameof(SweepSetting.Name)]!.GetValue<string>(),
                        SweepPlanText.Settings(s[nameof(SweepSetting.Changes)], "setting")))],
                Runs = [.. root[nameof(Runs)]!.AsArray().Select((r, index) => new SweepRun(index,
                    r![nameof(SweepRun.Setting)]!.GetValue<int>(), r[nameof(SweepRun.Seed)]!.GetValue<int>(),
                    r[nameof(SweepRun.Digest)]!.GetValue<string>()))],
                OwnData = (root[nameof(OwnData)]?.AsObject() ?? []).ToDictionary(d => d.Key, d => d.Value!.GetValue<string>()),
            };
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or NullReferenceException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            throw new DataFileException(path, What, error is ArgumentException ? error.Message : "something else", error);
        }
    }

    private JsonObject Content() => new()
    {
        [nameof(Library)] = Library.Version, ["Build"] = Library.Build, [nameof(Plan)] = SweepPlanText.Node(Plan),
        [nameof(Settings)] = new JsonArray([.. Settings.Select(s => new JsonObject
        {
            [nameof(s.Name)] = s.Name, [nameof(s.Changes)] = SweepPlanText.OfSettings(s.Changes),
        })]),
        [nameof(Runs)] = new JsonArray([.. Runs.Select(r => new JsonObject
        {
            [nameof(r.Index)] = r.Index, [nameof(r.Setting)] = r.Setting, [nameof(r.Seed)] = r.Seed, [nameof(r.Digest)] = r.Digest,
        })]),
        [nameof(OwnData)] = new JsonObject(OwnData.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value))),
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}

/// <summary>One run of a sweep. It is a function of its settings: the same digest, the same result, bit for bit.</summary>
/// <param name="Index">Number of the run, from 0.</param>
/// <param name="Setting">Number of its setting.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Digest">Digest of all its settings (<see cref="SweepManifest.DigestOf"/>).</param>
public sealed record SweepRun(int Index, int Setting, int Seed, string Digest)
{
    /// <summary>Name of the run's folder below <c>runs/</c>.</summary>
    public string Name => Index.ToString("D3", CultureInfo.InvariantCulture);
}

/// <summary>A build of this library.</summary>
/// <param name="Version">Version and commit.</param>
/// <param name="Build">Identity of the compiled code, which is the same for the same sources, compiler and place of the sources.</param>
public sealed record LibraryVersion(string Version, string Build)
{
    /// <summary>The library that is running.</summary>
    public static LibraryVersion Here { get; } =
        new(Checkpoint.Library, typeof(SweepManifest).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..16]);
}
