using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using GanNotebooks.Live;

namespace GanNotebooks.Tests.Live;

/// <summary>A page without a browser: it speaks the protocol with a session.</summary>
internal sealed class Page : ILiveChannel, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // These change nothing, and cause no frame: one that came before their answer belongs to the last command.
    private static readonly string?[] Questions = ["hello", "state"];

    private readonly Channel<string> toEngine = Channel.CreateUnbounded<string>();
    private readonly Channel<object> fromEngine = Channel.CreateUnbounded<object>();
    private readonly CancellationTokenSource end = new();
    private readonly Task service;
    private readonly List<JsonObject> events = [];
    private int last;

    // A frame may overtake the answer to the command that has caused it: the two come from different threads.
    private Frame? overtook;

    public Page(LiveSession session) => service = Task.Run(() => session.ServeAsync(this, end.Token));

    /// <summary>Events so far.</summary>
    public IReadOnlyList<JsonObject> Events => events;

    /// <summary>The last answer to a text that was no message.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>Sends a command and waits for its answer; frames on the way are acknowledged.</summary>
    public async Task<JsonObject> Ask(object command)
    {
        var message = System.Text.Json.JsonSerializer.SerializeToNode(command)!.AsObject();
        int id = ++last;
        message["id"] = id;
        if (!Questions.Contains(message["do"]?.ToString()))
            overtook = null;
        await Send(message.ToJsonString());
        while (true)
        {
            object answer = await Read(_ => true);
            if (answer is Frame frame)
                overtook = frame;
            else if (((JsonObject)answer)["re"]?.GetValue<int>() == id)
                return (JsonObject)answer;
        }
    }

    /// <summary>Sends a text.</summary>
    public async Task Send(string text) => await toEngine.Writer.WriteAsync(text);

    /// <summary>Waits for a frame that a condition holds for: one that came with the last answer, or the next one.</summary>
    public async Task<Frame> Next(Func<Frame, bool>? fits = null)
    {
        if (fits is not null && overtook is { } early && fits(early))
            return early;
        while (true)
        {
            var frame = (Frame)await Read(o => o is Frame);
            if (fits?.Invoke(frame) ?? true)
                return frame;
        }
    }

    /// <summary>Waits for an event.</summary>
    public async Task<JsonObject> Event(string name, Func<JsonObject, bool>? fits = null)
    {
        while (true)
        {
            var message = (JsonObject)await Read(o => o is JsonObject);
            if (message["event"]?.GetValue<string>() == name && (fits?.Invoke(message) ?? true))
                return message;
        }
    }

    /// <summary>Scrubs and waits until the run is there.</summary>
    public async Task<JsonObject> GoTo(int step, string run = "A")
    {
        await Ask(new { @do = "scrub", run, step });
        return await Settled(run, step);
    }

    /// <summary>Waits until a run stands at a step.</summary>
    public async Task<JsonObject> Settled(string run, int step)
    {
        while (true)
        {
            var answer = await Ask(new { @do = "hello" });
            var info = answer["runs"]!.AsArray().First(r => r!["id"]!.GetValue<string>() == run)!.AsObject();
            if (info["goal"] is null && info["step"]!.GetValue<int>() == step)
                return info;
        }
    }

    public async ValueTask<string?> ReceiveAsync(CancellationToken cancel)
    {
        try
        {
            return await toEngine.Reader.ReadAsync(cancel);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    public ValueTask SendAsync(string text, CancellationToken cancel) =>
        fromEngine.Writer.WriteAsync(JsonNode.Parse(text)!.AsObject(), cancel);

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel) =>
        fromEngine.Writer.WriteAsync(new Frame(frame), cancel);

    /// <summary>Closes the page and waits until the session has let it go.</summary>
    public void Dispose()
    {
        toEngine.Writer.TryComplete();
        service.Wait(Patience);
        end.Dispose();
    }

    private async Task<object> Read(Func<object, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            object message = await fromEngine.Reader.ReadAsync(patience.Token);
            if (message is Frame frame)
                await Send($$"""{"id":0,"do":"ack","frame":{{frame.Number}}}""");
            else if (((JsonObject)message)["event"] is not null)
                events.Add((JsonObject)message);
            if (message is JsonObject { } answer && answer["re"]?.GetValue<int>() == 0)
            {
                LastError = answer["error"]?.GetValue<string>() ?? LastError; // the others answer acknowledgements
                continue;
            }

            if (wanted(message))
                return message;
        }
    }

    /// <summary>A frame as a page reads it.</summary>
    internal sealed class Frame
    {
        private readonly float[] numbers;

        public Frame(ReadOnlyMemory<byte> message)
        {
            int length = (int)BinaryPrimitives.ReadUInt32LittleEndian(message.Span);
            Header = JsonNode.Parse(message.Span[4..(4 + length)])!.AsObject();
            numbers = MemoryMarshal.Cast<byte, float>(message.Span[((4 + length + 3) / 4 * 4)..]).ToArray();
        }

        public JsonObject Header { get; }

        public int Number => Header["frame"]!.GetValue<int>();

        public JsonObject Run(string id) => Header["runs"]!.AsArray().First(r => r!["id"]!.GetValue<string>() == id)!.AsObject();

        public int Step(string id = "A") => Run(id)["step"]!.GetValue<int>();

        public float[] Array(string name, string id = "A")
        {
            int[] place = [.. Run(id)["arrays"]![name]!.AsArray().Select(n => n!.GetValue<int>())];
            return numbers[place[0]..(place[0] + place[1..].Aggregate(1, (a, b) => a * b))];
        }

        public bool Has(string name, string id = "A") => Run(id)["arrays"]![name] is not null;

        public double Value(string layer, string name, string id = "A") => Run(id)["numbers"]![layer]![name]!.GetValue<double>();
    }
}
