using System.Text.Json;
using System.Text.Json.Serialization;
using GanNotebooks.Training;

namespace GanNotebooks.Live;

/// <summary>A change of a setting at a step of a run, or an update of one player alone.</summary>
/// <param name="Step">Number of generator updates before the change.</param>
/// <param name="Name">The setting; <see cref="Update"/> for an update.</param>
/// <param name="Value">Its value from then on; the player of an update.</param>
internal sealed record LiveMark(int Step, string Name, string Value)
{
    /// <summary>Name of the mark for an update of one player alone.</summary>
    public const string Update = "Update";

    /// <summary>The players of an <see cref="Update"/>.</summary>
    public const string Discriminator = "D", Generator = "G";

    /// <summary>Whether the mark is an update of one player alone.</summary>
    [JsonIgnore]
    public bool IsUpdate => Name == Update;

    /// <summary>Refuses an update of nobody.</summary>
    public void RequirePlayer()
    {
        if (Value is not (Discriminator or Generator))
            throw new ArgumentException($"an update alone is one of {Discriminator} or of {Generator}");
    }
}

/// <summary>A whole run as plain data: the start, the changes and the step reached. The same state is the same run, bit for bit.</summary>
/// <param name="Version">Version of the format, 1.</param>
/// <param name="Target">Name of the data at the start.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Settings">Settings at the start that differ from the usual ones for the data.</param>
/// <param name="Marks">The changes, in their order.</param>
/// <param name="Step">The step reached.</param>
internal sealed record LiveState(
    int Version, string Target, int Seed, SettingList Settings, IReadOnlyList<LiveMark> Marks, int Step)
{
    private const int Current = 1, MostMarks = 1000;

    /// <summary>Names and numbers as the page writes them.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <summary>The state of a run.</summary>
    public static LiveState Of(LiveSetup start, IReadOnlyList<LiveMark> marks, int step) =>
        new(Current, start.Target.Name, start.Seed, start.Own, marks, step);

    /// <summary>Reads a state.</summary>
    /// <exception cref="ArgumentException">The text is no state.</exception>
    public static LiveState Read(JsonElement json)
    {
        LiveState? state;
        try
        {
            state = json.Deserialize<LiveState>(Json);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new ArgumentException("this is no state of a run: " + error.Message.Split('\n')[0], error);
        }

        return state switch
        {
            null or { Target: null } or { Settings: null } or { Marks: null } => throw new ArgumentException("this is no state of a run"),
            { Version: not Current } => throw new ArgumentException($"the state has version {state.Version}; this page reads {Current}"),
            { Seed: < 0 } or { Step: < 0 } => throw new ArgumentException("seed and step of a state are not negative"),
            { Marks.Count: > MostMarks } => throw new ArgumentException($"a run has at most {MostMarks} changes"),
            _ when state.Marks.Any(m => m is null or { Name: null } or { Value: null } or { Step: < 0 })
                || state.Marks.Zip(state.Marks.Skip(1)).Any(p => p.First.Step > p.Second.Step) =>
                throw new ArgumentException("the changes of a state have rising steps, a name and a value"),
            _ => state,
        };
    }

    /// <summary>The settings at the start of the run.</summary>
    /// <exception cref="ArgumentException">A name or a value is wrong.</exception>
    public LiveSetup Start(IReadOnlyList<LiveTarget>? others = null) =>
        LiveSetup.Usual(LiveTarget.Named(Target, others), Seed).With(Settings);
}
