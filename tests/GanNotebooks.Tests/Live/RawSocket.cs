using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GanNotebooks.Tests.Live;

/// <summary>A WebSocket whose frames are written by hand, so that they can be wrong. The handshake is right.</summary>
internal sealed class RawSocket : IDisposable
{
    public const byte Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Last = 0x80;

    private static readonly byte[] Mask = [1, 2, 3, 4];

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RawSocket> OpenAsync(TestServer server, int? receiveBuffer = null)
    {
        var raw = new RawSocket();
        if (receiveBuffer is { } bytes)
            raw.socket.ReceiveBufferSize = bytes;
        await raw.socket.ConnectAsync(IPAddress.Loopback, server.Port, Cancel);
        string request = server.Upgrade($"Origin: http://{server.Host}\n").ReplaceLineEndings("\r\n");
        await raw.socket.SendAsync(Encoding.Latin1.GetBytes(request), Cancel);
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await raw.socket.ReceiveAsync(one, Cancel) == 1)
            head.Append((char)one[0]);
        Assert.StartsWith("HTTP/1.1 101 ", head.ToString(), StringComparison.Ordinal);
        return raw;
    }

    /// <summary>A frame as a browser writes it; a length other than the content's can be claimed.</summary>
    public static byte[] Frame(int first, byte[] content, ulong? claimed = null, bool masked = true)
    {
        ulong length = claimed ?? (ulong)content.Length;
        byte flag = masked ? (byte)0x80 : (byte)0;
        byte[] head = new byte[10];
        head[0] = (byte)first;
        int size = 2;
        if (length < 126)
        {
            head[1] = (byte)(flag | (byte)length);
        }
        else if (length <= ushort.MaxValue)
        {
            head[1] = (byte)(flag | 126);
            BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)length);
            size = 4;
        }
        else
        {
            head[1] = (byte)(flag | 127);
            BinaryPrimitives.WriteUInt64BigEndian(head.AsSpan(2), length);
            size = 10;
        }

        return masked ? [.. head[..size], .. Mask, .. content.Select((b, i) => (byte)(b ^ Mask[i % 4]))] : [.. head[..size], .. content];
    }

    /// <summary>Sends bytes.</summary>
    /// <returns>False when the server has closed the connection.</returns>
    public async Task<bool> SendAsync(byte[] bytes)
    {
        try
        {
            for (int sent = 0; sent < bytes.Length;)
                sent += await socket.SendAsync(bytes.AsMemory(sent), Cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Ends the sending side, and reads until the server closes.</summary>
    /// <returns>The status of the server's farewell; null when there was none.</returns>
    public async Task<int?> CloseStatusAsync(bool endSending = false)
    {
        if (endSending && socket.Connected)
        {
            try
            {
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // It is closed already.
            }
        }

        byte[] answer = Encoding.Latin1.GetBytes(await RawRequest.ReadAsync(socket, Cancel));
        for (int at = 0; at + 2 <= answer.Length;)
        {
            (int length, int head) = answer[at + 1] switch
            {
                126 => (BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(at + 2)), 4),
                127 => ((int)BinaryPrimitives.ReadUInt64BigEndian(answer.AsSpan(at + 2)), 10),
                var small => (small, 2),
            };
            if (answer[at] == (Last | Close) && length >= 2)
                return BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(at + head));
            at += head + length;
        }

        return null;
    }

    public void Dispose() => socket.Dispose();
}
