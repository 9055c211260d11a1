using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GanNotebooks.Live;

/// <summary>One of the two runs that a page can show, with what it is doing.</summary>
internal sealed class LiveSlot : IDisposable
{
    private static readonly TimeSpan Rating = TimeSpan.FromSeconds(0.5);

    private long ratedAt = Stopwatch.GetTimestamp();
    private int ratedStep;
    private double speed = 1000;

    public LiveSlot(string id, LiveRun run) => (Id, Run, Layers, ratedStep) = (id, run, new RunLayers(run), run.Step);

    /// <summary>A or B.</summary>
    public string Id { get; set; }

    /// <summary>The run.</summary>
    public LiveRun Run { get; private set; }

    /// <summary>What pages see of it.</summary>
    public RunLayers Layers { get; private set; }

    /// <summary>Whether it trains.</summary>
    public bool IsPlaying { get; set; }

    /// <summary>Step that it trains to, whether or not it plays; null for none.</summary>
    public int? Goal { get; set; }

    /// <summary>The update in slow motion; null for none.</summary>
    public StepAnatomy? Anatomy { get; set; }

    /// <summary>Measured speed.</summary>
    public double StepsPerSecond { get; private set; }

    /// <summary>Whether there is something to train.</summary>
    public bool IsBusy => Goal is not null || IsPlaying && !Run.HasEnded;

    /// <summary>Replaces the run.</summary>
    public void Replace(LiveRun run)
    {
        LeaveAnatomy();
        var (old, layers) = (Run, Layers);
        (Run, Layers, Goal, ratedStep) = (run, new RunLayers(run), null, run.Step);
        layers.Dispose();
        old.Dispose();
    }

    /// <summary>Puts the run back to before the update in slow motion.</summary>
    public void LeaveAnatomy()
    {
        Anatomy?.Dispose();
        Anatomy = null;
    }

    /// <summary>Trains for about a time.</summary>
    /// <param name="time">The time.</param>
    /// <param name="most">Most steps; 0 for no limit.</param>
    public void Work(TimeSpan time, int most)
    {
        long start = Stopwatch.GetTimestamp();
        int limit = Goal ?? (most > 0 ? Run.Step + most : int.MaxValue);
        while (Run.Step < limit && !Run.HasEnded)
        {
            long before = Stopwatch.GetTimestamp();
            int from = Run.Step;
            long chunk = (long)Math.Clamp(speed * time.TotalSeconds / 2, 1, 2000);
            Run.Advance((int)Math.Min(limit, Run.Step + chunk));
            double seconds = Math.Max(1e-6, Stopwatch.GetElapsedTime(before).TotalSeconds);
            speed = 0.5 * speed + 0.5 * (Run.Step - from) / seconds;
            if (Stopwatch.GetElapsedTime(start) >= time)
                break;
        }

        if (Run.Step >= Goal || Run.HasEnded)
            Goal = null;
        if (Stopwatch.GetElapsedTime(ratedAt) is var passed && passed >= Rating)
        {
            StepsPerSecond = Math.Max(0, (Run.Step - ratedStep) / passed.TotalSeconds);
            (ratedAt, ratedStep) = (Stopwatch.GetTimestamp(), Run.Step);
        }
    }

    /// <summary>Begins the measurement of the speed anew.</summary>
    public void Rate() => (ratedAt, ratedStep) = (Stopwatch.GetTimestamp(), Run.Step);

    /// <summary>What the page knows of the run.</summary>
    public JsonObject Info(bool rewound)
    {
        var target = Run.Setup.Target;
        var info = new JsonObject
        {
            ["id"] = Id, ["step"] = Run.Step, ["furthest"] = Run.Furthest, ["playing"] = IsPlaying, ["steps"] = Run.Setup.Config.Steps,
            ["state"] = JsonSerializer.SerializeToNode(Run.State, LiveState.Json),
            ["settings"] = JsonSerializer.SerializeToNode(Run.Setup.All, LiveState.Json),
            ["marks"] = JsonSerializer.SerializeToNode(Run.Marks, LiveState.Json),
            ["parameters"] = new JsonObject
            {
                ["generator"] = Run.Trainer.Generator.parameters().Sum(p => p.numel()),
                ["discriminator"] = Run.Trainer.Discriminator.parameters().Sum(p => p.numel()),
            },
            ["target"] = new JsonObject
            {
                ["name"] = target.Name, ["title"] = target.Title, ["kind"] = LiveCatalog.KindOf(target.Kind),
                ["box"] = new JsonArray([.. target.Box.Select(Finite.Of)]), ["truth"] = target.Modes is not null,
                ["modes"] = target is { HasSeparateModes: true, Modes: { } modes }
                    ? new JsonArray([.. modes.Select(m => new JsonArray(m.Centre[0], m.Centre.ElementAtOrDefault(1), m.Sigma, m.Weight))])
                    : null,
            },
        };
        if (Goal is { } goal)
            info["goal"] = goal;
        if (Run.IsForeign)
            info["foreign"] = true;
        if (rewound)
            info["rewound"] = true;
        return info;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        LeaveAnatomy();
        Layers.Dispose();
        Run.Dispose();
    }
}
