using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace GanNotebooks.Live;

/// <summary>
/// A WebSocket as an <see cref="ILiveChannel"/>. A page that sends anything but short text, or that does not read, loses its connection;
/// nobody waits for it for long, and what waits for it is bounded.
/// </summary>
internal sealed class WebSocketChannel : ILiveChannel, IAsyncDisposable
{
    private const int FirstBuffer = 4096;

    private readonly WebSocket socket;
    private readonly LoopbackLimits limits;
    private readonly CancellationTokenSource gone = new();
    private readonly Channel<Message> queue = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock gate = new();
    private readonly Task writing;
    private byte[] buffer = new byte[FirstBuffer];
    private long queued;
    private TaskCompletionSource? room;
    private Task<ValueWebSocketReceiveResult>? reading;

    public WebSocketChannel(WebSocket socket, LoopbackLimits limits)
    {
        (this.socket, this.limits) = (socket, limits);
        Gone = gone.Token;
        writing = WriteAsync();
    }

    /// <summary>Is cancelled when the connection is lost or closed.</summary>
    public CancellationToken Gone { get; }

    public async ValueTask<string?> ReceiveAsync(CancellationToken cancel)
    {
        int length = 0;
        for (int part = 1; !Gone.IsCancellationRequested; part++)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(2 * length, limits.MessageBytes + 1));
            if (await ReadAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false) is not { } read)
                return null;
            length += read.Count;
            if (read.MessageType == WebSocketMessageType.Binary)
                return await RefuseAsync(WebSocketCloseStatus.InvalidMessageType).ConfigureAwait(false);
            if (length > limits.MessageBytes || part > limits.MessageParts)
                return await RefuseAsync(WebSocketCloseStatus.MessageTooBig).ConfigureAwait(false);
            if (read.EndOfMessage)
                return Encoding.UTF8.GetString(buffer, 0, length);
        }

        return null;
    }

    public ValueTask SendAsync(string text, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(text));
        return Enqueue(new Message(bytes, Encoding.UTF8.GetBytes(text, bytes), WebSocketMessageType.Text), cancel);
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(bytes);
        return Enqueue(new Message(bytes, frame.Length, WebSocketMessageType.Binary), cancel);
    }

    /// <summary>Sends what waits and says farewell, both within bounds; then the connection is closed.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status)
    {
        queue.Writer.TryComplete();
        try
        {
            await writing.WaitAsync(limits.CloseTimeout).ConfigureAwait(false);
            using var limit = new CancellationTokenSource(limits.CloseTimeout);
            if (socket.State is WebSocketState.Open && reading is { IsCompleted: false })
            {
                await socket.CloseOutputAsync(status, null, limit.Token).ConfigureAwait(false);
                await reading.WaitAsync(limit.Token).ConfigureAwait(false);
            }

            // Waits for the page's farewell: it might not hear ours if the connection broke off behind it.
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived or WebSocketState.CloseSent)
                await socket.CloseAsync(status, null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (IsLoss(error) || error is TimeoutException)
        {
            // It has gone without a farewell.
        }

        Abandon();
    }

    public async ValueTask DisposeAsync()
    {
        Abandon();
        socket.Abort();
        await writing.ConfigureAwait(false);
        socket.Dispose();
        gone.Dispose();
    }

    private static bool IsLoss(Exception error) =>
        error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;

    // The wait can be cancelled without the socket: it can then still say farewell.
    private async ValueTask<ValueWebSocketReceiveResult?> ReadAsync(Memory<byte> into, CancellationToken cancel)
    {
        try
        {
            reading = socket.ReceiveAsync(into, Gone).AsTask();
            var read = await reading.WaitAsync(cancel).ConfigureAwait(false);
            if (read.MessageType != WebSocketMessageType.Close)
                return read;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && !Gone.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error) when (IsLoss(error))
        {
            // The page has gone.
        }

        Abandon();
        return null;
    }

    private async Task<string?> RefuseAsync(WebSocketCloseStatus status)
    {
        await CloseAsync(status).ConfigureAwait(false);
        return null;
    }

    // Returns at once while there is room. A page that has gone takes everything.
    private ValueTask Enqueue(Message message, CancellationToken cancel)
    {
        Task? wait = null;
        bool drowned = false;
        lock (gate)
        {
            if (Gone.IsCancellationRequested || !queue.Writer.TryWrite(message))
            {
                message.Return();
                return ValueTask.CompletedTask;
            }

            bool isFirst = queued == 0;
            queued += message.Bytes.Length;
            drowned = !isFirst && queued > 2L * limits.QueuedBytes;
            if (!isFirst && queued > limits.QueuedBytes)
                wait = (room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        if (drowned)
            Abandon();
        return wait is null ? ValueTask.CompletedTask : new ValueTask(wait.WaitAsync(cancel));
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var message in queue.Reader.ReadAllAsync(Gone).ConfigureAwait(false))
            {
                using (var limit = CancellationTokenSource.CreateLinkedTokenSource(Gone))
                {
                    limit.CancelAfter(limits.SendTimeout);
                    await socket.SendAsync(message.Bytes.AsMemory(0, message.Length), message.Type, endOfMessage: true, limit.Token)
                        .ConfigureAwait(false);
                }

                message.Return();
                Sent(message.Bytes.Length);
            }
        }
        catch (Exception error) when (IsLoss(error))
        {
            Abandon();
        }
    }

    private void Sent(int length)
    {
        lock (gate)
        {
            queued -= length;
            if (queued <= limits.QueuedBytes)
                (room, _) = (null, room?.TrySetResult());
        }
    }

    // Nothing more is sent or received, and nobody waits any longer.
    private void Abandon()
    {
        lock (gate)
        {
            queue.Writer.TryComplete();
            (room, _) = (null, room?.TrySetResult());
        }

        gone.Cancel();
    }

    private readonly record struct Message(byte[] Bytes, int Length, WebSocketMessageType Type)
    {
        public void Return() => ArrayPool<byte>.Shared.Return(Bytes);
    }
}
