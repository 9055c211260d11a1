using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Data;
using GanNotebooks.Studies;
using GanNotebooks.Training;

namespace GanNotebooks.Live;

/// <summary>
/// Records the session of the lab on the front page of the book. It begins with the preset <c>rotates</c> of notebook 09: the cloud
/// of samples moves round the ring. While it trains, R3 (a relativistic loss, R1 and R2) is switched on, which does not stop the
/// rotation at these rates; then D gets the rate of G, and all modes come back; then the rates fall. The run and its layers are those of
/// the lab. Controls with other seeds, and without one change or both, say what each change is good for.
/// </summary>
/// <param name="results">Folder for the record, such as <c>data/results/front-page</c>.</param>
public sealed class SessionStudy(string results)
{
    private const string Preset = "rotates", Name = "rotates-then-R3";
    private const int Cured = 480, Equal = 960, Falls = 2400, End = 3600, Side = 40, Shown = 400, Modes = 8;

    // A turn of the cloud takes some 120 steps: ten pictures of each turn, so that the eye sees which way it goes.
    private static readonly IReadOnlyList<(int Until, int Every)> Pace = [(Equal, 12), (Equal + 600, 20), (int.MaxValue, 60)];

    private static readonly int[] Seeds = [2014, 1, 2];
    private static readonly bool[] Both = [true, false];

    private static readonly HashSet<string> Measures = [RunLayers.Truth, RunLayers.Coverage];

    private static readonly HashSet<string> Layers = [RunLayers.Samples, RunLayers.Field, RunLayers.Truth, RunLayers.Coverage];

    private static readonly IReadOnlyList<LiveMark> Changes =
    [
        new(Cured, nameof(TrainingConfig.Loss), "RelativisticPaired"),
        new(Cured, nameof(TrainingConfig.Penalty), "R1R2(0.1)"),
        new(Equal, $"{nameof(TrainingConfig.DiscriminatorOptimizer)}.{nameof(AdamConfig.LearningRate)}", "0.001"),
        new(Falls, nameof(TrainingConfig.Steps), End.ToString(CultureInfo.InvariantCulture)),
        new(Falls, nameof(TrainingConfig.FinalLearningRate), "0.02"),
    ];

    /// <summary>Receives a line for each session that is recorded.</summary>
    public Action<string> Log { get; init; } = Console.WriteLine;

    /// <summary>Number of updates of G after which the session ends, unless it is stopped earlier.</summary>
    public int Steps { get; init; } = End;

    /// <summary>Records the session, unless its record exists.</summary>
    /// <exception cref="DataFileException">Something else lies at the place of the record.</exception>
    public void Run()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{Name}-{Steps}"), file = Path.Combine(results, name + ".json");
        if (RecordedSession.IsAt(file))
            return;
        var controls = (from seed in Seeds
                        from hasPenalty in Both
                        from hasEqualRates in Both
                        select Control(seed, hasPenalty, hasEqualRates)).ToList();
        var session = Record() with { Controls = controls, Text = TextOf(controls) };
        session.Write(file);
        Log(string.Create(CultureInfo.InvariantCulture, $"{name}: {session.Trajectory.Count} frames, {session.Seconds:F0} s"));
    }

    /// <summary>Trains and looks, as the lab does.</summary>
    internal RecordedSession Record()
    {
        var clock = Stopwatch.StartNew();
        var start = LivePresets.Named(Preset).Start;
        using var run = new LiveRun(start);
        using var layers = new RunLayers(run);
        var frames = new List<SessionFrame>();
        byte[] data = [];
        Look();
        while (run.Step < Steps)
        {
            int every = Pace.First(p => run.Step < p.Until).Every, next = Math.Min(Steps, (run.Step / every + 1) * every);
            Train(run, next);
            Look();
            Change(run, _ => true);
        }

        using var description = JsonDocument.Parse(RunDescription.Of(run.Trainer));
        var state = JsonSerializer.SerializeToElement(run.State, LiveState.Json);
        return new RecordedSession(Preset, TextOf([]), start.Seed, state, start.Target.Box, Side, data,
            frames, clock.Elapsed.TotalSeconds, description.RootElement.Clone());

        void Look()
        {
            var frame = new FrameData();
            var seen = frame.Begin("A");
            layers.Add(frame, seen, Layers, Side, exact: true);
            var (truth, coverage) = (seen["numbers"]!["truth"]!, seen["numbers"]!["coverage"]!);
            data = Points(frame["data"]);
            frames.Add(new SessionFrame(run.Step, Points(frame["samples"]), Levels(frame["d"]), Levels(frame["dstar"]),
                Number(truth["jsd"]), Number(truth["criterion"]), Number(truth["floor"]), (int)coverage["captured"]!,
                Number(coverage["highQuality"]), [.. coverage["shares"]!.AsArray().Select(Number)]));
        }
    }

    /// <summary>What the session shows, and what the controls say about its changes.</summary>
    internal static string TextOf(IReadOnlyList<SessionControl> controls)
    {
        string AllModes(bool hasPenalty, bool hasEqualRates)
        {
            var runs = controls.Where(c => c.HasPenalty == hasPenalty && c.HasEqualRates == hasEqualRates).ToList();
            return $"{runs.Count(c => c.Captured == Modes)} of {runs.Count}";
        }

        return "The cloud of samples moves round the ring. A relativistic loss with R1 and R2 (R3) does not stop it at these rates. When D "
            + "also gets the rate of G, all eight modes come back; with falling rates the samples settle. Which change does it? Runs end "
            + $"with all eight modes, by seeds: with both changes {AllModes(true, true)}, with the rate of D alone "
            + $"{AllModes(false, true)}, with R3 alone {AllModes(true, false)}, with neither {AllModes(false, false)}; the rates fall in "
            + "all of them. So no run comes back without the rate of D; three seeds do not tell what R3 adds. From R3 on, only "
            + "differences of D's logit count: where D is paler means something, and its level does not.";
    }

    /// <summary>The run of the session with another seed, or without a change.</summary>
    internal static SessionControl Control(int seed, bool hasPenalty, bool hasEqualRates)
    {
        var start = LivePresets.Named(Preset).Start;
        using var run = new LiveRun(start with { Seed = seed, Config = start.Config with { Seed = seed } });
        foreach (int step in Changes.Select(c => c.Step).Distinct())
        {
            Train(run, step);
            Change(run, c => c.Step != Cured && c.Step != Equal || c.Step == Cured && hasPenalty || c.Step == Equal && hasEqualRates);
        }

        Train(run, End);
        using var layers = new RunLayers(run);
        var frame = new FrameData();
        var seen = frame.Begin("A");
        layers.Add(frame, seen, Measures, Side, exact: true);
        var (truth, coverage) = (seen["numbers"]!["truth"]!, seen["numbers"]!["coverage"]!);
        return new SessionControl(seed, hasPenalty, hasEqualRates, (int)coverage["captured"]!, Number(coverage["highQuality"]),
            Number(truth["jsd"]));
    }

    private static void Train(LiveRun run, int until)
    {
        while (run.Step < until)
            run.Advance(until);
    }

    private static void Change(LiveRun run, Func<LiveMark, bool> isMade)
    {
        foreach (var change in Changes.Where(c => c.Step == run.Step && isMade(c)))
            run.Set(change.Name, change.Value);
    }

    /// <summary>Probabilities as bytes.</summary>
    internal static byte[] Levels(float[] probabilities) => [.. probabilities.Select(d => (byte)Math.Round(255 * d))];

    /// <summary>
    /// The first points in units of <see cref="RecordedSession.PointUnit"/>; what lies far outside of the picture stays outside.
    /// </summary>
    internal static byte[] Points(float[] coordinates)
    {
        byte[] result = new byte[2 * sizeof(short) * Math.Min(Shown, coordinates.Length / 2)];
        for (int i = 0; i < result.Length / sizeof(short); i++)
        {
            double value = Math.Round(coordinates[i] / RecordedSession.PointUnit);
            BinaryPrimitives.WriteInt16LittleEndian(result.AsSpan(sizeof(short) * i),
                (short)Math.Clamp(value, short.MinValue, short.MaxValue));
        }

        return result;
    }

    private static double Number(JsonNode? node) => Math.Round((double)node!, 4);
}
