using GanNotebooks.Experiments;
using GanNotebooks.Studies;

namespace GanNotebooks.Tests.Experiments;

/// <summary>Sweeps of a few steps on the ring of points.</summary>
internal static class TinySweep
{
    public static SweepPlan Plan(int steps = 4, int seeds = 2) => new(new TrainingRecipe("ring", "plain") { Steps = steps, BatchSize = 8 })
    {
        Axes = [new SweepAxis("Loss", "NonSaturating", "RelativisticPaired")],
        Seeds = [.. Enumerable.Range(1, seeds)],
    };

    /// <summary>A worker whose measures are numbers of its recipe and its step, so that no network has to be judged.</summary>
    public static SweepWorker Worker(SweepFolder folder, Func<TrainingRecipe, int, double>? value = null) => new(folder)
    {
        Measure = (recipe, trainer) => new SortedDictionary<string, double> { ["reverse-kl"] = (value ?? Standard)(recipe, trainer.Step) },
    };

    /// <summary>All files of a folder with their contents.</summary>
    public static IReadOnlyDictionary<string, string> Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).ToDictionary(f => Path.GetRelativePath(folder, f), f => Convert.ToHexString(File.ReadAllBytes(f)));

    private static double Standard(TrainingRecipe recipe, int step) => recipe.Seed + (double)step / recipe.Steps;
}

/// <summary>A clock that stands still until a test moves it. Its timers fire when it is moved.</summary>
internal sealed class StillClock : TimeProvider
{
    private readonly List<Timer> timers = [];

    // That of the file system, whose times are compared with it.
    private DateTimeOffset now = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(timers, () => callback(state));
        timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the clock without a beat, as a machine that sleeps.</summary>
    public void Sleep(TimeSpan time) => now += time;

    /// <summary>Moves the clock, and all timers fire once.</summary>
    public void Pass(TimeSpan time)
    {
        now += time;
        foreach (var timer in timers.ToArray())
            timer.Fire();
    }

    private sealed class Timer(List<Timer> all, Action fire) : ITimer
    {
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => all.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
