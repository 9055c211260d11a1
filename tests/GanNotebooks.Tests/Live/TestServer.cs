using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using GanNotebooks.Live;

namespace GanNotebooks.Tests.Live;

/// <summary>A real server with a page that is easy to recognise, and a socket that answers every text with itself.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string Secret = "canary-in-the-page", Style = "canary{}";

    private readonly LoopbackServer server;

    private TestServer(LoopbackServer server, ConcurrentQueue<string> heard, ConcurrentQueue<Exception> faults) =>
        (this.server, Heard, Faults) = (server, heard, faults);

    public Uri Address => server.Address;

    public int Port => server.Port;

    public Uri Once() => server.AddressForOneVisit();

    public string Token => Address.AbsolutePath.Trim('/');

    public string Host => $"127.0.0.1:{Port}";

    /// <summary>The messages that reached the handler of the socket.</summary>
    public ConcurrentQueue<string> Heard { get; }

    /// <summary>What handlers have thrown.</summary>
    public ConcurrentQueue<Exception> Faults { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<TestServer> StartAsync(LoopbackLimits? limits = null) => StartAsync(limits, null);

    public static async Task<TestServer> StartAsync(LoopbackLimits? limits, Func<ILiveChannel, CancellationToken, Task>? socket)
    {
        var heard = new ConcurrentQueue<string>();
        var faults = new ConcurrentQueue<Exception>();
        var site = new LoopbackSite
        {
            File = path => path switch
            {
                "index.html" => new LoopbackFile("text/html; charset=utf-8", Encoding.UTF8.GetBytes(Secret)),
                "a/lab.css" => new LoopbackFile("text/css; charset=utf-8", Encoding.UTF8.GetBytes(Style)),
                "fault" => throw new InvalidOperationException("a fault of the site"),
                _ => null,
            },
            Socket = socket ?? EchoAsync,
            Posts = new Dictionary<string, Func<string, CancellationToken, Task<LoopbackFile>>>
            {
                ["say"] = (body, _) =>
                {
                    heard.Enqueue(body);
                    return Task.FromResult(new LoopbackFile("application/json", Encoding.UTF8.GetBytes("{}")));
                },
            },
            Failed = faults.Enqueue,
        };
        return new TestServer(await LoopbackServer.StartAsync(site, 0, limits ?? new LoopbackLimits(), Cancel), heard, faults);

        async Task EchoAsync(ILiveChannel channel, CancellationToken cancel)
        {
            while (await channel.ReceiveAsync(cancel) is { } text)
            {
                heard.Enqueue(text);
                await channel.SendAsync(text, cancel);
            }
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>A request with the right host and, unless another target is given, for the page.</summary>
    public string Get(string? target = null, string headers = "", string method = "GET", string? host = null) =>
        $"{method} {target ?? $"/{Token}/"} HTTP/1.1\nHost: {host ?? Host}\n{headers}\n";

    /// <summary>The request that opens a socket, with these headers in the place of a right Origin.</summary>
    public string Upgrade(string headers, string? target = null, string? host = null) => Get(target ?? $"/{Token}/ws",
        $"Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n{headers}",
        host: host);

    public Task<string> SendAsync(string request) => RawRequest.SendAsync(Port, request, Cancel);

    /// <summary>Opens a socket as the page does.</summary>
    public async Task<ClientWebSocket> OpenAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", $"http://{Host}");
        await socket.ConnectAsync(new Uri($"ws://{Host}/{Token}/ws"), Cancel);
        return socket;
    }

    /// <summary>The page loads, and its socket answers; opened again while the server still closes other connections.</summary>
    public async Task WorksAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (true)
        {
            try
            {
                Assert.Equal(Secret, await client.GetStringAsync(Address, Cancel));
                using var socket = await OpenAsync();
                await socket.SendAsync("still there?"u8.ToArray(), WebSocketMessageType.Text, true, Cancel);
                byte[] answer = new byte[64];
                var read = await socket.ReceiveAsync(answer, Cancel);
                Assert.Equal("still there?", Encoding.UTF8.GetString(answer, 0, read.Count));
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
                return;
            }
            catch (Exception error) when (error is HttpRequestException or WebSocketException)
            {
                await Task.Delay(10, Cancel);
            }
        }
    }

    /// <summary>Asserts that answers are refusals without any content.</summary>
    /// <param name="answers">One or more, as they came.</param>
    /// <param name="what">What was asked.</param>
    /// <param name="allowed">What the first one may be; any refusal if there is none. No answer at all is a refusal, too.</param>
    public static void AssertRefused(string answers, string what, params HttpStatusCode[] allowed)
    {
        string[] parts = answers.Split("\r\n\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(parts, part => Assert.True(part.StartsWith("HTTP/1.1 4", StringComparison.Ordinal)
            || part.StartsWith("HTTP/1.1 5", StringComparison.Ordinal), $"{what}: {answers}"));
        Assert.True(parts.Length == 0 || allowed.Length == 0
            || allowed.Any(code => parts[0].StartsWith($"HTTP/1.1 {(int)code} ", StringComparison.Ordinal)), $"{what}: {answers}");
        Assert.DoesNotContain("canary", answers, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answers, StringComparison.OrdinalIgnoreCase);
    }
}
