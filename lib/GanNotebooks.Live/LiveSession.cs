using GanNotebooks.Training;

namespace GanNotebooks.Live;

/// <summary>A stand-in for the engine: it answers every message with an error.</summary>
public sealed class LiveSession
{
    /// <summary>A session with the targets of the library, and with a reader's own data.</summary>
    /// <param name="data">The reader's own data, such as <c>csv:points.csv</c>; null for none.</param>
    public LiveSession(string? data = null) => Data = data;

    /// <summary>The reader's own data; null for none.</summary>
    public string? Data { get; }

    /// <summary>A session that trains a trainer of the caller's.</summary>
    /// <param name="trainer">The trainer.</param>
    public static LiveSession Of(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return new LiveSession();
    }

    /// <summary>Serves one page until it goes.</summary>
    /// <param name="channel">The connection to the page.</param>
    /// <param name="cancel">Ends the service.</param>
    public async Task ServeAsync(ILiveChannel channel, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        while (await channel.ReceiveAsync(cancel).ConfigureAwait(false) is not null)
            await channel.SendAsync("""{"re":null,"error":"This build has no engine yet."}""", cancel).ConfigureAwait(false);
    }
}
