using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GanNotebooks.Tests.Live;

/// <summary>Bytes to a server and bytes back, as any program on the machine can send them.</summary>
internal static class RawRequest
{
    private const int MostRead = 4 << 20;

    // After it the server closes, whatever stood before it: an answer is waited for, not a time.
    private static readonly byte[] Last = "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray();

    /// <summary>Sends, then a request for nothing that ends the connection, and reads until the server closes.</summary>
    public static async Task<string> SendAsync(int port, byte[] bytes, CancellationToken cancel)
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, port, cancel);
        try
        {
            byte[] all = [.. bytes, .. Last];
            for (int sent = 0; sent < all.Length;)
                sent += await client.SendAsync(all.AsMemory(sent), cancel);
        }
        catch (SocketException)
        {
            // The server has heard enough.
        }

        return await ReadAsync(client, cancel);
    }

    /// <summary>The same for a text; a line ends with CR LF.</summary>
    public static Task<string> SendAsync(int port, string text, CancellationToken cancel) =>
        SendAsync(port, Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n")), cancel);

    /// <summary>Reads until the server closes.</summary>
    public static async Task<string> ReadAsync(Socket client, CancellationToken cancel)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[16 << 10];
        try
        {
            while (text.Length < MostRead && await client.ReceiveAsync(buffer, cancel) is > 0 and var read)
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (SocketException)
        {
            // It was reset.
        }

        return text.ToString();
    }
}
