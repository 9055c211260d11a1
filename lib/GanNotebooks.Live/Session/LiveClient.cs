using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace GanNotebooks.Live;

/// <summary>What a page wants to see.</summary>
/// <param name="Layers">Names of the layers.</param>
/// <param name="Grid">Cells along each axis of a field.</param>
/// <param name="Every">Time between two frames.</param>
internal sealed record LiveView(IReadOnlySet<string> Layers, int Grid, TimeSpan Every)
{
    /// <summary>Least time between two frames: 30 in a second.</summary>
    public static readonly TimeSpan Fastest = TimeSpan.FromMilliseconds(33);

    /// <summary>Least and largest number of cells along an axis.</summary>
    public const int LeastGrid = 16, LargestGrid = 96;

    /// <summary>Samples and D's field.</summary>
    public static LiveView Default { get; } = new(new HashSet<string> { RunLayers.Samples, RunLayers.Field }, 48, Fastest);
}

/// <summary>One open page. A page that does not read is closed; frames wait for it, so that it never has more than one to read.</summary>
internal sealed class LiveClient(ILiveChannel channel)
{
    private const int MostWaiting = 256;

    private readonly Channel<object> outgoing =
        System.Threading.Channels.Channel.CreateBounded<object>(new BoundedChannelOptions(MostWaiting)
        {
            SingleReader = true,
        });

    private int lastFrame;
    private double meanCost;

    /// <summary>What the page wants to see.</summary>
    public LiveView View { get; set; } = LiveView.Default;

    /// <summary>Step of the last record that each run of the page has.</summary>
    public Dictionary<string, int> Records { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether something changed since the last frame.</summary>
    public bool IsDue { get; set; } = true;

    /// <summary>Time from which on the next frame may be made.</summary>
    public long NotBefore { get; set; }

    /// <summary>Whether the page has drawn the last frame.</summary>
    public bool IsReady { get; private set; } = true;

    /// <summary>Number of the next frame.</summary>
    public int NextFrame => lastFrame + 1;

    /// <summary>What a frame costs on average, after one more of them; a single slow one does not count for much.</summary>
    /// <param name="seconds">What the last one cost.</param>
    public double MeanCostAfter(double seconds) => meanCost += (seconds - meanCost) / 10;

    /// <summary>The page has drawn a frame.</summary>
    public void Acknowledge(int frame) => IsReady |= frame == lastFrame;

    /// <summary>Sends a message; one that finds no place closes the connection.</summary>
    public void Send(JsonObject message)
    {
        if (!outgoing.Writer.TryWrite(message.ToJsonString(Finite.Json)))
            outgoing.Writer.TryComplete(new IOException("the page does not read"));
    }

    /// <summary>Sends a frame.</summary>
    public void Send(byte[] frame)
    {
        (IsReady, IsDue) = (false, false);
        lastFrame++;
        if (!outgoing.Writer.TryWrite(frame))
            outgoing.Writer.TryComplete(new IOException("the page does not read"));
    }

    /// <summary>Writes the waiting messages to the connection until it ends.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        await foreach (object message in outgoing.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
        {
            if (message is byte[] frame)
                await channel.SendAsync(frame, cancel).ConfigureAwait(false);
            else
                await channel.SendAsync((string)message, cancel).ConfigureAwait(false);
        }
    }
}
