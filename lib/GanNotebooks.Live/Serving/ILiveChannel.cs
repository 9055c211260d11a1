namespace GanNotebooks.Live;

/// <summary>The connection to one open page: text in both directions, and binary frames to the page.</summary>
public interface ILiveChannel
{
    /// <summary>Waits for the next text message.</summary>
    /// <returns>The text; null when the page has closed the connection.</returns>
    ValueTask<string?> ReceiveAsync(CancellationToken cancel);

    /// <summary>Sends a text message. Several threads may send at once; messages stay whole and in the order of the calls.</summary>
    ValueTask SendAsync(string text, CancellationToken cancel);

    /// <summary>Sends a binary message, a frame.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel);
}
