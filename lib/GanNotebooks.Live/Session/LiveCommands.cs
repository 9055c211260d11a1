using System.Text.Json;
using System.Text.Json.Nodes;

namespace GanNotebooks.Live;

/// <summary>What pages can ask of the engine. All of it happens on the engine's thread, between two steps.</summary>
internal sealed class LiveCommands(List<LiveClient> clients, List<LiveSlot> slots, IReadOnlyList<LiveTarget> others,
    Action<int> setStepsPerFrame)
{
    private const string First = "A", Second = "B";
    private const int MostLayers = 16;

    /// <summary>Does what a message asks.</summary>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException">The message is wrong.</exception>
    public JsonObject Do(LiveClient client, LiveMessage message)
    {
        switch (message.Command)
        {
            case "hello":
                if (!clients.Contains(client))
                    clients.Add(client);
                client.Records.Clear();
                client.IsDue = true;
                return new JsonObject { ["catalog"] = LiveCatalog.Json(others), ["runs"] = Infos(null) };
            case "ack":
                client.Acknowledge(message.Whole("frame"));
                return [];
            case "view":
                client.View = ViewOf(message);
                client.IsDue = true;
                return [];
            case "speed":
                setStepsPerFrame(message.Whole("stepsPerFrame", 0, 10_000));
                return [];
            case "play" or "pause":
                foreach (var each in message.TextOrNull("run") is null ? slots : [SlotOf(message)])
                    Play(each, message.Command == "play");
                return Changed();
            case "state":
                return new JsonObject { ["state"] = JsonSerializer.SerializeToNode(SlotOf(message).Run.State, LiveState.Json) };
            case "csharp":
                return CSharp(SlotOf(message));
            case "phase":
                return Phase(SlotOf(message));
            case "drop":
                return Drop(SlotOf(message));
            default:
                return Change(SlotOf(message), message);
        }
    }

    /// <summary>Sends a message to all pages.</summary>
    public void Push(JsonObject message)
    {
        foreach (var client in clients)
            client.Send((JsonObject)message.DeepClone());
    }

    /// <summary>Tells all pages what the runs are now.</summary>
    /// <param name="rewound">Id of a run whose past has changed.</param>
    public void PushRuns(string? rewound = null)
    {
        foreach (var client in clients)
        {
            client.IsDue = true;
            if (rewound is not null)
                client.Records.Remove(rewound);
        }

        Push(new JsonObject { ["event"] = "runs", ["runs"] = Infos(rewound) });
    }

    /// <summary>The next frame for a page.</summary>
    /// <param name="client">The page.</param>
    /// <param name="exact">Whether all layers must belong to the present step.</param>
    public byte[] Frame(LiveClient client, bool exact)
    {
        var frame = new FrameData();
        foreach (var slot in slots)
        {
            var run = frame.Begin(slot.Id);
            (run["step"], run["playing"], run["stepsPerSecond"]) = (slot.Run.Step, slot.IsPlaying, Finite.Of(slot.StepsPerSecond));
            run["furthest"] = slot.Run.Furthest;
            slot.Layers.Add(frame, run, client.View.Layers, client.View.Grid, exact);
            int sent = client.Records.GetValueOrDefault(slot.Id);
            float[] records = [.. slot.Run.Trainer.History.Reverse().TakeWhile(r => r.Step > sent).Reverse().SelectMany(r => new[]
            {
                r.Step, (float)r.DiscriminatorLoss, (float)r.GeneratorLoss, (float)r.RealProbability, (float)r.FakeProbability,
            })];
            frame.Add(run, "records", records, records.Length / 5, 5);
            client.Records[slot.Id] = Math.Max(sent, slot.Run.Step);
        }

        return frame.Write(client.NextFrame);
    }

    private JsonObject Change(LiveSlot slot, LiveMessage message)
    {
        slot.LeaveAnatomy();
        bool rewinds = true;
        switch (message.Command)
        {
            case "step":
                string player = message.Text("player");
                Step(slot, player);
                rewinds = false;
                break;
            case "set":
                int before = slot.Run.Step;
                slot.Goal = null;
                slot.Run.Set(message.Text("name"), message.Text("value"));
                slot.Layers.Forget();
                rewinds = slot.Run.Step != before;
                break;
            case "reset":
                slot.Goal = null;
                slot.Run.Reset();
                break;
            case "undo":
                slot.Goal = slot.Run.Undo();
                slot.IsPlaying = false;
                break;
            case "scrub":
                Scrub(slot, Math.Min(message.Whole("step"), slot.Run.Furthest));
                break;
            case "fork":
                return Fork(slot);
            case "load":
                var state = LiveState.Read(message.Json("state"));
                slot.IsPlaying = false;
                slot.Replace(LiveRun.Of(state, others));
                slot.Goal = state.Step;
                break;
            case "preset":
                slot.Replace(new LiveRun(LivePresets.Named(message.Text("name")).Start, others));
                break;
            default:
                throw new ArgumentException("no command has this name");
        }

        if (slot.Goal <= slot.Run.Step)
            slot.Goal = null;
        return Changed(rewinds ? slot : null);
    }

    private static void Play(LiveSlot slot, bool play)
    {
        slot.LeaveAnatomy();
        slot.IsPlaying = play && !slot.Run.HasEnded;
        if (!play)
            slot.Goal = null;
        slot.Rate();
    }

    private static void Step(LiveSlot slot, string player)
    {
        (slot.IsPlaying, slot.Goal) = (false, null);
        if (slot.Run.HasEnded)
            throw new ArgumentException("the run has reached its last step");
        switch (player)
        {
            case "both":
                slot.Run.Advance(slot.Run.Step + 1);
                break;
            case "d" when slot.Run.Setup.Config.Order == Training.UpdateOrder.Simultaneous:
            case "g" when slot.Run.Setup.Config.Order == Training.UpdateOrder.Simultaneous:
                throw new ArgumentException("with simultaneous updates no player moves alone");
            case "d":
                slot.Run.Single(LiveMark.Discriminator);
                break;
            case "g":
                slot.Run.Single(LiveMark.Generator);
                break;
            default:
                throw new ArgumentException("'player' must be d, g or both");
        }
    }

    private static void Scrub(LiveSlot slot, int step)
    {
        slot.IsPlaying = false;
        slot.Layers.Forget();
        if (step < slot.Run.Step)
            slot.Run.RewindBefore(step);
        slot.Goal = step;
    }

    private JsonObject Fork(LiveSlot slot)
    {
        var copy = slot.Run.Fork();
        string other = slot.Id == First ? Second : First;
        if (slots.Find(s => s.Id == other) is { } target)
            target.Replace(copy);
        else
            slots.Add(new LiveSlot(other, copy));
        return Changed(slots.Find(s => s.Id == other));
    }

    private JsonObject Drop(LiveSlot slot)
    {
        if (slots.Count == 1)
            throw new ArgumentException("there is only one run");
        slots.Remove(slot);
        slot.Dispose();
        if (slot.Id == First) // the one that is left is the first
        {
            slots[0].Id = First;
            return Changed(slots[0]);
        }

        return Changed();
    }

    private JsonObject Phase(LiveSlot slot)
    {
        (slot.IsPlaying, slot.Goal) = (false, null);
        if (slot.Anatomy is { IsOver: true })
            slot.LeaveAnatomy();
        slot.Anatomy ??= new StepAnatomy(slot.Run);
        var answer = slot.Anatomy.Next();
        PushRuns();
        return answer;
    }

    private JsonObject CSharp(LiveSlot slot)
    {
        if (slot.Run.IsForeign)
            throw new ArgumentException("this run is that of a notebook's cell already");
        var state = slot.Run.State;
        return new JsonObject { ["text"] = CSharpCell.Of(slot.Run.Start, state.Marks, state.Step, others) };
    }

    private JsonObject Changed(LiveSlot? rewound = null)
    {
        rewound?.Layers.Forget();
        rewound?.Rate();
        PushRuns(rewound?.Id);
        return [];
    }

    private JsonArray Infos(string? rewound) => [.. slots.OrderBy(s => s.Id, StringComparer.Ordinal).Select(s => s.Info(s.Id == rewound))];

    private LiveSlot SlotOf(LiveMessage message)
    {
        string id = message.TextOrNull("run") ?? First;
        return slots.Find(s => s.Id == id) ?? throw new ArgumentException("there is no such run");
    }

    private static LiveView ViewOf(LiveMessage message)
    {
        var layers = message.Json("layers");
        if (layers.ValueKind != JsonValueKind.Array || layers.GetArrayLength() > MostLayers
            || layers.EnumerateArray().Any(l => l.ValueKind != JsonValueKind.String))
        {
            throw new ArgumentException("'layers' must be a list of names");
        }

        int every = message.Whole("every", (int)LiveView.Fastest.TotalMilliseconds, 60_000);
        return new LiveView(layers.EnumerateArray().Select(l => l.GetString()!).ToHashSet(StringComparer.Ordinal),
            message.Whole("grid", LiveView.LeastGrid, LiveView.LargestGrid), TimeSpan.FromMilliseconds(every));
    }
}
