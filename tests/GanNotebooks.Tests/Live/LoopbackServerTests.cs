using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using GanNotebooks.Live;

namespace GanNotebooks.Tests.Live;

/// <summary>What the page itself gets from the server.</summary>
public sealed class LoopbackServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_PageAndFile_HaveTheirTypesAndTheHeadersOfThePolicy()
    {
        await using var server = await TestServer.StartAsync();
        using var client = new HttpClient();
        foreach (var (path, type, text) in new[] { ("", "text/html", TestServer.Secret), ("index.html", "text/html", TestServer.Secret),
            ("a/lab.css", "text/css", TestServer.Style), ("a/lab.css?v=2", "text/css", TestServer.Style) })
        {
            using var answer = await client.GetAsync(new Uri(server.Address, path), Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal(text, await answer.Content.ReadAsStringAsync(Cancel));
            AssertPolicy(answer.Headers);
        }
    }

    [Fact]
    public async Task Get_NoSuchFile_Is404WithTheSamePolicy()
    {
        await using var server = await TestServer.StartAsync();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(server.Address, "nowhere.js"), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync(Cancel));
        AssertPolicy(answer.Headers);
    }

    [Fact]
    public async Task Get_NameLocalhost_IsServedToo()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Contains(TestServer.Secret, await server.SendAsync(server.Get(host: $"localhost:{server.Port}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressForOneVisit_SecondVisit_IsNotFound()
    {
        await using var server = await TestServer.StartAsync();
        Uri unused = server.Once(), once = server.Once();
        Assert.DoesNotContain(server.Token, once.AbsoluteUri, StringComparison.Ordinal);
        string Ask(Uri address, string? host = null) => server.Get(address.AbsolutePath, host: host);
        TestServer.AssertRefused(await server.SendAsync(Ask(unused)), "void", HttpStatusCode.NotFound);
        TestServer.AssertRefused(await server.SendAsync(Ask(once, "evil.example")), "host", HttpStatusCode.Forbidden);
        using var client = new HttpClient();
        Assert.Equal(TestServer.Secret, await client.GetStringAsync(once, Cancel));
        TestServer.AssertRefused(await server.SendAsync(Ask(once)), "twice", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Head_Page_HasLengthAndNoContent()
    {
        await using var server = await TestServer.StartAsync();
        string answer = await server.SendAsync(server.Get(method: "HEAD"));
        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {TestServer.Secret.Length}", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServer.Secret, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SiteThatThrows_Is500AndTheNextOneIsServed()
    {
        await using var server = await TestServer.StartAsync();
        TestServer.AssertRefused(await server.SendAsync(server.Get($"/{server.Token}/fault")), "fault", HttpStatusCode.InternalServerError);
        Assert.Single(server.Faults);
        await server.WorksAsync();
    }

    [Fact]
    public async Task Post_OwnOriginAndJson_ArrivesAndAnythingElseDoesNot()
    {
        await using var server = await TestServer.StartAsync();
        string Post(string headers, string body, string path = "say") => server.Get($"/{server.Token}/{path}",
            $"{headers}\nContent-Length: {body.Length}\nConnection: close\n", "POST") + body;
        string own = $"Origin: http://{server.Host}", json = "Content-Type: application/json";
        Assert.StartsWith("HTTP/1.1 200", await server.SendAsync(Post($"{own}\n{json}", "{}")), StringComparison.Ordinal);
        Assert.Equal(["{}"], server.Heard);
        foreach (var (headers, path) in new[] { (json, "say"), (own, "say"), ($"Origin: http://evil.example\n{json}", "say"),
            ($"{own}\nContent-Type: text/plain", "say"), ($"{own}\n{json}", ""), ($"{own}\n{json}", "index.html"),
                ($"{own}\n{json}", "ws") })
        {
            TestServer.AssertRefused(await server.SendAsync(Post(headers, "{}", path)), headers, HttpStatusCode.Forbidden);
        }

        TestServer.AssertRefused(await server.SendAsync(Post($"{own}\n{json}", new string('x', 300_000))), "long");
        Assert.Single(server.Heard);
    }

    [Fact]
    public async Task Socket_TextAndFrames_ArriveWholeAndInOrder()
    {
        const int senders = 4, each = 200;
        await using var server = await TestServer.StartAsync(null, async (channel, cancel) =>
        {
            await channel.ReceiveAsync(cancel);
            await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(async () =>
            {
                byte[] frame = new byte[5000];
                for (int i = 0; i < each; i++)
                {
                    await channel.SendAsync($"{sender}:{i}:{new string('é', i)}", cancel);
                    Array.Fill(frame, (byte)i);
                    await channel.SendAsync(frame, cancel);
                }
            }, cancel)));
        });
        using var socket = await server.OpenAsync();
        await socket.SendAsync("go"u8.ToArray(), WebSocketMessageType.Text, true, Cancel);
        int[] next = new int[senders];
        int frames = 0;
        byte[] buffer = new byte[1 << 16];
        while (await ReceiveAsync(socket, buffer) is { } message)
        {
            if (message.Type is WebSocketMessageType.Binary)
            {
                frames++;
                Assert.Equal(5000, message.Bytes.Length);
                Assert.Single(message.Bytes.Distinct());
                continue;
            }

            string[] parts = Encoding.UTF8.GetString(message.Bytes).Split(':');
            int sender = int.Parse(parts[0], null);
            Assert.Equal($"{next[sender]++}", parts[1]);
            Assert.Equal(next[sender] - 1, parts[2].Length);
        }

        Assert.Equal(senders * each, frames);
        Assert.All(next, count => Assert.Equal(each, count));
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Socket_HandlerThatThrows_ClosesWithAnErrorAndTheServerGoesOn()
    {
        await using var server = await TestServer.StartAsync(null, (_, _) => throw new InvalidOperationException("a fault of the engine"));
        using var socket = await server.OpenAsync();
        Assert.Null(await ReceiveAsync(socket, new byte[64]));
        Assert.Equal(WebSocketCloseStatus.InternalServerError, socket.CloseStatus);
        Assert.Single(server.Faults);
    }

    [Fact]
    public async Task Dispose_OpenSocket_TellsThePageAndWaitsForItsHandler()
    {
        bool ended = false;
        var server = await TestServer.StartAsync(null, async (channel, cancel) =>
        {
            await channel.SendAsync("open", cancel);
            try
            {
                await channel.ReceiveAsync(cancel);
            }
            finally
            {
                ended = true;
            }
        });
        using var socket = await server.OpenAsync();
        Assert.NotNull(await ReceiveAsync(socket, new byte[64]));
        var closing = server.DisposeAsync().AsTask();
        Assert.Null(await ReceiveAsync(socket, new byte[64]));
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
        await closing;
        Assert.True(ended);
        await server.DisposeAsync();
    }

    // To a page that has gone everything can be sent, and nothing happens.
    [Fact]
    public async Task Send_PageThatHasGone_IsNoFault()
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(null, async (channel, cancel) =>
        {
            Assert.Null(await channel.ReceiveAsync(cancel));
            await channel.SendAsync("hello", CancellationToken.None);
            await channel.SendAsync(new byte[10], CancellationToken.None);
            Assert.Null(await channel.ReceiveAsync(CancellationToken.None));
            sent.SetResult();
        });
        using var socket = await server.OpenAsync();
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        await sent.Task.WaitAsync(Cancel);
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Start_PortInUse_SaysSoAndAnyFreeOneWorks()
    {
        await using var first = await TestServer.StartAsync();
        var site = new LoopbackSite { File = _ => null };
        var error = await Assert.ThrowsAsync<LivePageException>(() => LoopbackServer.StartAsync(site, first.Port, Cancel));
        Assert.Contains($"Port {first.Port} of 127.0.0.1", error.Message, StringComparison.Ordinal);
        await using var second = await LoopbackServer.StartAsync(site, 0, Cancel);
        Assert.NotEqual(first.Port, second.Port);
        Assert.NotEqual(first.Token, second.Address.AbsolutePath.Trim('/'));
        Assert.Equal(32, first.Token.Length);
    }

    internal static async Task<(WebSocketMessageType Type, byte[] Bytes)?> ReceiveAsync(ClientWebSocket socket, byte[] buffer)
    {
        for (int length = 0; ;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), Cancel);
            if (read.MessageType is WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
                return null;
            }

            length += read.Count;
            if (read.EndOfMessage)
                return (read.MessageType, buffer[..length]);
        }
    }

    private static void AssertPolicy(HttpResponseHeaders headers)
    {
        string policy = string.Join(",", headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], headers.GetValues("Referrer-Policy"));
        Assert.Equal(["same-origin"], headers.GetValues("Cross-Origin-Opener-Policy"));
        Assert.Equal(["same-origin"], headers.GetValues("Cross-Origin-Resource-Policy"));
        Assert.True(headers.CacheControl!.NoStore);
        Assert.False(headers.Contains("Server"));
        Assert.False(headers.Contains("Access-Control-Allow-Origin"));
    }
}
