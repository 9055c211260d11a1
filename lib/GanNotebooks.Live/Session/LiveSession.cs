using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using GanNotebooks.Data;
using GanNotebooks.Training;
using TorchSharp;

namespace GanNotebooks.Live;

/// <summary>
/// The engine of the live page: one thread that trains one or two runs, does what pages ask between steps, and draws up frames for them.
/// Frames take at most a tenth of its time: the next one waits sixteen times as long as the last ones took on average, without their slow
/// layers, which limit themselves to a fiftieth each.
/// </summary>
public sealed class LiveSession : IDisposable
{
    private const int FrameShare = 16;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250); // at large networks

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(8), Idle = TimeSpan.FromMilliseconds(20),
        Patience = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<Action> inbox = new(boundedCapacity: 1024);
    private readonly List<LiveClient> clients = [];
    private readonly List<LiveSlot> slots = [];
    private readonly Func<LiveRun> begin;
    private readonly IReadOnlyList<LiveTarget> others;
    private readonly Lock starting = new();
    private Thread? engine;
    private string? failure;
    private volatile bool ends;
    private int stepsPerFrame;

    /// <summary>A session that begins with a preset.</summary>
    /// <param name="preset">Name of a preset; null for the usual start, a ring of eight.</param>
    /// <param name="table">The reader's own points besides the page's data, as <c>csv:FILE,columns=x+y</c>; null for none.</param>
    /// <exception cref="ArgumentException">No preset has this name, or the text is wrong.</exception>
    /// <exception cref="DataFileException">The file cannot be read, or its points are not of the plane.</exception>
    public LiveSession(string? preset = null, string? table = null)
    {
        others = table is null ? [] : [LiveTarget.OfTable(OwnDataName.Parse(table))];
        var start = preset is null ? null : LivePresets.Named(preset).Start;
        begin = () => new LiveRun(start ?? (others.Count > 0 ? LiveSetup.Usual(others[0], LiveSetup.Default.Seed) : LiveSetup.Default),
            others);
    }

    private LiveSession(Func<LiveRun> begin) => (this.begin, others) = (begin, []);

    /// <summary>Names of the presets.</summary>
    public static IReadOnlyList<string> Presets => LivePresets.Names;

    /// <summary>A session on the trainer of a notebook's cell. The cell must not train it while a page is open.</summary>
    /// <param name="trainer">A trainer of points of the line or of the plane, with perceptrons.</param>
    /// <exception cref="ArgumentException">The page cannot show this trainer.</exception>
    public static LiveSession Of(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        var description = ForeignTrainer.Describe(trainer);
        return new LiveSession(() => new LiveRun(trainer, description));
    }

    /// <summary>Serves one page until it goes away.</summary>
    /// <param name="channel">The connection.</param>
    /// <param name="cancel">Ends the service.</param>
    public async Task ServeAsync(ILiveChannel channel, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        StartEngine();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var client = new LiveClient(channel);
        var writing = client.WriteAsync(end.Token);
        try
        {
            while (!writing.IsCompleted && await channel.ReceiveAsync(end.Token).ConfigureAwait(false) is { } text)
                await AnswerAsync(client, text, end.Token).ConfigureAwait(false);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            TryPost(() => clients.Remove(client));
            await writing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Ends the training.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithProcess;
        ends = true;
        engine?.Join();
        inbox.Dispose();
    }

    // A notebook's kernel ends without closing the page. Torch must not be unloaded under the engine.
    private void EndWithProcess(object? sender, EventArgs e)
    {
        ends = true;
        engine?.Join(Patience);
    }

    private void StartEngine()
    {
        lock (starting)
        {
            if (engine is not null)
                return;
            engine = new Thread(Loop) { IsBackground = true, Name = "lab" };
            AppDomain.CurrentDomain.ProcessExit += EndWithProcess;
            engine.Start();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong is told to the page, which can go on.")]
    private async Task AnswerAsync(LiveClient client, string text, CancellationToken cancel)
    {
        LiveMessage message;
        try
        {
            message = new LiveMessage(text);
        }
        catch (ArgumentException error)
        {
            client.Send(new JsonObject { ["re"] = 0, ["error"] = error.Message });
            return;
        }

        using (message)
        {
            var done = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
            bool posted = TryPost(() =>
            {
                try
                {
                    if (failure is not null)
                        throw new ArgumentException(failure);
                    done.TrySetResult(Commands.Do(client, message));
                }
                catch (Exception error)
                {
                    bool expected = error is ArgumentException or DataFileException;
                    done.TrySetResult(new JsonObject
                    {
                        ["error"] = expected ? error.Message.Split(" (Parameter")[0]
                            : $"{error.GetType().Name}: {error.Message.Split('\n')[0]}",
                    });
                }
            });
            if (!posted)
            {
                client.Send(new JsonObject { ["re"] = message.Id, ["error"] = "the engine has too much to do" });
                return;
            }

            var answer = await done.Task.WaitAsync(cancel).ConfigureAwait(false);
            answer["re"] = message.Id;
            if (!answer.ContainsKey("error"))
                answer["ok"] = true;
            client.Send(answer);
        }
    }

    private bool TryPost(Action action)
    {
        try
        {
            return !ends && inbox.TryAdd(action, Patience);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private LiveCommands Commands => field ??= new LiveCommands(clients, slots, others, n => stepsPerFrame = n);

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong is told to the page, which can go on.")]
    private void Loop()
    {
        try
        {
            if (torch.get_num_threads() != 1)
                torch.set_num_threads(1);
            slots.Add(new LiveSlot("A", begin()));
        }
        catch (Exception error)
        {
            failure = $"The engine cannot start: {error.Message}";
        }

        while (!ends)
        {
            while (inbox.TryTake(out var action))
                action();
            bool busy = false;
            foreach (var slot in slots.Where(s => s.IsBusy && clients.Count > 0).ToList())
                busy |= Train(slot);
            foreach (var client in clients)
                TrySendFrame(client);
            if (!busy && inbox.TryTake(out var next, Idle))
                next();
        }

        foreach (var slot in slots)
            slot.Dispose();
    }

    // Returns whether there is more to do at once.
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong is told to the page, which can go on.")]
    private bool Train(LiveSlot slot)
    {
        if (stepsPerFrame > 0 && slot.Goal is null && clients.Exists(c => c.IsDue))
            return false; // the page has not seen the last steps yet
        bool hadGoal = slot.Goal is not null;
        try
        {
            slot.Work(UntilNextFrame(), stepsPerFrame);
        }
        catch (Exception error)
        {
            (slot.IsPlaying, slot.Goal) = (false, null);
            Commands.Push(new JsonObject { ["event"] = "failed", ["run"] = slot.Id, ["error"] = error.Message.Split('\n')[0] });
            Commands.PushRuns();
        }

        clients.ForEach(c => c.IsDue = true);
        if (slot.Run.HasEnded && slot.IsPlaying)
        {
            slot.IsPlaying = false;
            Commands.Push(new JsonObject { ["event"] = "ended", ["run"] = slot.Id });
            Commands.PushRuns();
        }
        else if (hadGoal && slot.Goal is null)
        {
            Commands.PushRuns();
        }

        return stepsPerFrame == 0 || slot.Goal is not null;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong is told to the page, which can go on.")]
    private void TrySendFrame(LiveClient client)
    {
        if (!client.IsDue || !client.IsReady || Stopwatch.GetTimestamp() < client.NotBefore || slots.Count == 0)
            return;
        long start = Stopwatch.GetTimestamp();
        var slowBefore = SlowTime();
        try
        {
            client.Send(Commands.Frame(client, exact: !slots.Exists(s => s.IsBusy)));
        }
        catch (Exception error)
        {
            client.IsDue = false;
            client.Send(new JsonObject { ["event"] = "failed", ["run"] = "A", ["error"] = "No picture: " + error.Message.Split('\n')[0] });
        }

        double pause = FrameShare * client.MeanCostAfter((Stopwatch.GetElapsedTime(start) - (SlowTime() - slowBefore)).TotalSeconds);
        long ticks = (long)(Math.Max(Math.Min(pause, LongestPause.TotalSeconds), client.View.Every.TotalSeconds) * Stopwatch.Frequency);
        // From the time at which this frame was due, so that frames which come a step late are not fewer.
        client.NotBefore = (start - client.NotBefore < ticks ? client.NotBefore : start) + ticks;
    }

    private TimeSpan SlowTime() => slots.Aggregate(TimeSpan.Zero, (sum, slot) => sum + slot.Layers.SlowTime);

    // A slice of training, shorter when a frame is due before its end.
    private TimeSpan UntilNextFrame()
    {
        long now = Stopwatch.GetTimestamp();
        long next = clients.Where(c => c.IsReady && c.NotBefore > now).Select(c => c.NotBefore).DefaultIfEmpty(long.MaxValue).Min();
        double seconds = (next - (double)now) / Stopwatch.Frequency;
        return seconds < Slice.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Slice;
    }
}
