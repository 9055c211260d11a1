using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;

namespace GanNotebooks.Experiments;

/// <summary>
/// What a sweep trains: a recipe, the settings that change, and the seeds. Variants and axes form a grid, or a random search draws
/// settings from them. <see cref="SweepFolder.Create"/> expands a plan once; later changes of the plan change no run.
/// </summary>
/// <param name="Base">The settings that all runs share.</param>
public sealed record SweepPlan(TrainingRecipe Base)
{
    /// <summary>Name of a plan's file in the folder of its sweep.</summary>
    public const string FileName = "sweep.json";

    /// <summary>The most runs of one sweep.</summary>
    public const int MostRuns = 100_000;

    /// <summary>Groups of settings that change together, by name. Without any, all runs start from the recipe itself.</summary>
    public IReadOnlyList<SweepVariant> Variants { get; init; } = [];

    /// <summary>Settings that take several values. A grid has all combinations.</summary>
    public IReadOnlyList<SweepAxis> Axes { get; init; } = [];

    /// <summary>Seeds of each setting.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [1, 2, 3, 4, 5];

    /// <summary>The random search; null for a grid.</summary>
    public RandomSearch? Random { get; init; }

    /// <summary>How settings drop out on the way; null if all runs go to the end.</summary>
    public SuccessiveHalving? Halving { get; init; }

    /// <summary>Reads a plan from a JSON file.</summary>
    /// <exception cref="DataFileException">The file is missing, or it holds no plan. The message names the wrong part.</exception>
    public static SweepPlan Read(string path)
    {
        const string What = "the plan of a sweep";
        string text = DataFiles.Guard(path, () => RegularFile.ReadText(path));
        try
        {
            return SweepPlanText.Parse(text);
        }
        catch (ArgumentException error)
        {
            throw new DataFileException(path, What, error.Message.Split(" (Parameter")[0].TrimEnd('.'), error);
        }
    }

    /// <summary>Writes the plan to a JSON file, which <see cref="Read"/> reads.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, ToString() + "\n");

    /// <summary>The plan as JSON. Equal plans have equal texts.</summary>
    public override string ToString() => SweepPlanText.Of(this);

    /// <summary>Reads a list of seeds such as <c>1..5</c> or <c>1,2,7</c>.</summary>
    /// <exception cref="ArgumentException">The text is no list of different seeds from 0.</exception>
    public static IReadOnlyList<int> ParseSeeds(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> seeds = [];
        foreach (string part in text.Split(','))
        {
            int[] ends = [.. part.Split("..").Select(end => int.TryParse(end.Trim(), NumberStyles.None, CultureInfo.InvariantCulture,
                out int seed) ? seed : -1)];
            if (ends.Length > 2 || ends.Any(end => end < 0) || ends[^1] < ends[0] || ends[^1] - ends[0] >= MostRuns)
                throw new ArgumentException($"'{text}' is no list of seeds such as 1..5 or 1,2,7");
            seeds.AddRange(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
        }
        return seeds.Distinct().Count() == seeds.Count ? seeds : throw new ArgumentException($"the seeds {text} have one of them twice");
    }

    /// <summary>Returns the settings of the plan in order, each as changes of <see cref="Base"/>, without seeds.</summary>
    /// <exception cref="ArgumentException">A name or a value is wrong, or the plan has no runs, or too many.</exception>
    internal IReadOnlyList<SweepSetting> Expand()
    {
        Check();
        IReadOnlyList<SweepSetting> variants =
            [.. Variants.Select(v => new SweepSetting(v.Name, v.Changes)).DefaultIfEmpty(new SweepSetting("", []))];
        if (Random is not null)
            return Draw(variants, Random);
        long count = Axes.Aggregate((long)variants.Count * Seeds.Count, (product, axis) =>
            Math.Min(product * axis.Values.Count, int.MaxValue));
        if (count > MostRuns)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"the plan has more than {MostRuns:N0} runs"));
        return
        [
            .. Axes.Aggregate(variants.AsEnumerable(), (settings, axis) =>
                settings.SelectMany(s => axis.Values.Select(v => s.With(axis.Key, v)))),
        ];
    }

    private List<SweepSetting> Draw(IReadOnlyList<SweepSetting> variants, RandomSearch search)
    {
        var random = new Random(search.Seed);
        List<SweepSetting> settings = [];
        for (int k = 0; k < search.Budget; k++)
        {
            var setting = variants[random.Next(variants.Count)];
            foreach (var axis in Axes)
                setting = setting.With(axis.Key, axis.Values[random.Next(axis.Values.Count)]);
            foreach (var range in search.Ranges)
                setting = setting.With(range.Key, Value(range, random.NextDouble()));
            settings.Add(setting);
        }
        return settings;
    }

    // Four digits are enough for a search, and the manifest stays readable.
    private static string Value(SearchRange range, double u) => range.Scale switch
    {
        SearchScale.Uniform => (range.From + u * (range.To - range.From)).ToString("G4", CultureInfo.InvariantCulture),
        SearchScale.LogUniform => (range.From * Math.Pow(range.To / range.From, u)).ToString("G4", CultureInfo.InvariantCulture),
        SearchScale.Whole => Math.Min(range.To, range.From + Math.Floor(u * (range.To - range.From + 1)))
            .ToString("F0", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"no scale of a range is {range.Scale}"),
    };

    private void Check()
    {
        if (Seeds.Count == 0)
            throw new ArgumentException("the plan has no seeds");
        if (Seeds.FirstOrDefault(seed => seed < 0) is < 0 and int odd)
            throw new ArgumentException($"{odd} is no seed; seeds are from 0");
        if (Seeds.Distinct().Count() < Seeds.Count)
            throw new ArgumentException("the plan has a seed twice");
        if (Axes.FirstOrDefault(axis => axis.Values.Count == 0) is { } empty)
            throw new ArgumentException($"the axis {empty.Key} has no values");
        string[] keys = [.. Axes.Select(axis => axis.Key), .. Random?.Ranges.Select(range => range.Key) ?? []];
        if (keys.GroupBy(key => key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"the plan has the axis {twice.Key} twice");
        if (keys.FirstOrDefault(key => key.Equals(nameof(TrainingRecipe.Seed), StringComparison.OrdinalIgnoreCase)) is { } seedAxis)
            throw new ArgumentException($"{seedAxis} is no axis; the plan lists its seeds by themselves");
        if (Variants.Select(v => v.Name).Distinct(StringComparer.Ordinal).Count() < Variants.Count || Variants.Any(v => v.Name == ""))
            throw new ArgumentException("each variant needs a name of its own");
        if (Random is { } search)
            Check(search);
        if (Halving is { } halving)
            Check(halving);
    }

    private void Check(RandomSearch search)
    {
        if (search.Budget < 1 || (long)search.Budget * Seeds.Count > MostRuns)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"a budget of {search.Budget} settings with {Seeds.Count} seeds each; there can be 1 to {MostRuns:N0} runs"));
        }

        if (search.Ranges.Count == 0 && Axes.Count == 0)
            throw new ArgumentException("a random search needs an axis or a range");
        foreach (var range in search.Ranges)
        {
            if (!(range.From < range.To) || !double.IsFinite(range.From) || !double.IsFinite(range.To)
                || range.Scale == SearchScale.LogUniform && range.From <= 0)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"the range of {range.Key} from {range.From} to {range.To} needs two ends that rise, "
                        + $"for {SearchScale.LogUniform} above 0"));
            }
        }
    }

    private static void Check(SuccessiveHalving halving)
    {
        if (halving.Factor is < 2 or > 100 || halving.Rungs is < 2 or > 10)
        {
            throw new ArgumentException($"successive halving takes factors of 2 to 100 and 2 to 10 rungs, not {halving.Factor} and "
                + $"{halving.Rungs}");
        }

        if (RunMeasures.Named(halving.Measure).HigherIsBetter is null)
            throw new ArgumentException($"{halving.Measure} is a reference value, by which no setting is better");
    }
}

/// <summary>Settings of a sweep that change together.</summary>
/// <param name="Name">Name in tables, such as "R3".</param>
/// <param name="Changes">Names and values, as <see cref="TrainingRecipe.With"/> takes them, in the order in which they apply.</param>
public sealed record SweepVariant(string Name, IReadOnlyList<KeyValuePair<string, string>> Changes)
{
    /// <summary>Creates a variant from names and values.</summary>
    /// <param name="name">Name in tables.</param>
    /// <param name="changes">Names and values, such as ("Loss", "RelativisticPaired").</param>
    public SweepVariant(string name, params (string Key, string Value)[] changes)
        : this(name, [.. changes.Select(change => KeyValuePair.Create(change.Key, change.Value))])
    {
    }
}

/// <summary>One setting of a sweep, which is trained with several seeds.</summary>
/// <param name="Name">Name in tables: the variant and the values of the axes.</param>
/// <param name="Changes">Names and values, as <see cref="TrainingRecipe.With"/> takes them, in the order in which they apply.</param>
public sealed record SweepSetting(string Name, IReadOnlyList<KeyValuePair<string, string>> Changes)
{
    /// <summary>Returns the recipe of a run.</summary>
    /// <param name="plan">The plan of the sweep.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <exception cref="ArgumentException">A name or a value is wrong.</exception>
    internal TrainingRecipe Recipe(SweepPlan plan, int seed) =>
        Changes.Aggregate(plan.Base, (recipe, change) => recipe.With(change.Key, change.Value)) with { Seed = seed };

    /// <summary>Returns the setting with one more change, which its name tells.</summary>
    internal SweepSetting With(string key, string value) => new(
        $"{Name}{(Name == "" ? "" : ", ")}{key}={value}",
        [.. Changes.Where(change => !change.Key.Equals(key, StringComparison.OrdinalIgnoreCase)), KeyValuePair.Create(key, value)]);
}
