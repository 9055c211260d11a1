using System.Net;
using System.Net.Sockets;
using System.Text;
using GanNotebooks.Live;

namespace GanNotebooks.Tests.Live;

/// <summary>
/// Whoever is not the page: another site in the reader's browser, another program on the machine. More than two thousand requests; none
/// gets content, none reaches a handler, and the page works as before.
/// </summary>
public sealed class HostileRequestTests
{
    private const int Mutants = 1500, MutantSeed = 20261129;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Socket_ForeignOrAbsentOrigin_IsRefused()
    {
        await using var server = await TestServer.StartAsync();
        string[] origins =
        [
            "", "Origin:\n", "Origin: null\n", "Origin: http://evil.example\n", $"Origin: https://127.0.0.1:{server.Port}\n",
            "Origin: http://127.0.0.1\n", $"Origin: http://127.0.0.1:{server.Port + 1}\n", $"Origin: http://127.0.0.1:{server.Port}/\n",
            $"Origin: http://127.0.0.1:{server.Port}.evil.example\n", $"Origin: http://evil.example:{server.Port}\n",
            $"Origin: http://localhost.evil.example:{server.Port}\n", $"Origin: http://127.1:{server.Port}\n",
            $"Origin: http://[::1]:{server.Port}\n", $"Origin: http://0.0.0.0:{server.Port}\n", $"Origin: HTTP://127.0.0.1:{server.Port}\n",
            $"Origin: http://user@127.0.0.1:{server.Port}\n", $"Origin: http://127.0.0.1:{server.Port} http://evil.example\n",
            $"Origin: http://evil.example\nOrigin: http://127.0.0.1:{server.Port}\n", "Origin: file://\n", "Origin: vscode-webview://x\n",
            $"Referer: http://127.0.0.1:{server.Port}/{server.Token}/\n",
        ];
        foreach (string origin in origins)
            TestServer.AssertRefused(await server.SendAsync(server.Upgrade(origin)), origin, HttpStatusCode.Forbidden);
        Assert.Empty(server.Heard);
        await server.WorksAsync();
    }

    [Fact]
    public async Task Request_WithoutTheSecret_IsNotFound()
    {
        await using var server = await TestServer.StartAsync();
        string token = server.Token, own = $"Origin: http://{server.Host}\n";
        string[] targets =
        [
            "/", "//", "/index.html", "/ws", "/lab.css", "/favicon.ico", "/robots.txt", "/.well-known/x", $"/{token[..^1]}/", $"/{token}0/",
            $"/{token.ToUpperInvariant()}x/", $"/x{token}/", $"/{new string('0', 32)}/", $"//{token}/", $"/./{token}/",
            $"/%{(int)token[0]:x2}{token[1..]}/",
            $"/x/../{token}/", $"/?{token}/", $"/{token}%2f", $"/{token}%00/", $"/{token};/", $"/{token}", $"/{token}?/", $"/ /{token}/",
                "*",
            $"/{string.Concat(token.Reverse())}/", $"/{token[..16]}/{token[16..]}/", $"\\{token}\\", $"/{token}\\",
            $"http://{server.Host}/{token}/",
            $"/{new string('a', 3000)}/", $"/{token}/{new string('a', 2000)}",
        ];
        HttpStatusCode[] refusals = [HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed];
        foreach (string target in targets)
        {
            TestServer.AssertRefused(await server.SendAsync(server.Get(target)), target, refusals);
            TestServer.AssertRefused(await server.SendAsync(server.Upgrade(own, target + "ws")), target, refusals);
        }

        Assert.Empty(server.Heard);
        await server.WorksAsync();
    }

    // DNS rebinding: the browser believes that evil.example is 127.0.0.1, and says so.
    [Fact]
    public async Task Request_OtherHost_IsRefusedEvenWithTheSecret()
    {
        await using var server = await TestServer.StartAsync();
        string[] hosts =
        [
            "evil.example", $"evil.example:{server.Port}", "127.0.0.1", "localhost", "127.0.0.1:80", $"127.0.0.1:{server.Port}0",
            $"[::1]:{server.Port}", $"0.0.0.0:{server.Port}", $"127.0.0.1.evil.example:{server.Port}", $"127.1:{server.Port}",
            $"2130706433:{server.Port}", $"LOCALHOST:{server.Port}", $"localhost.:{server.Port}", $"127.0.0.2:{server.Port}", "",
            $"user@127.0.0.1:{server.Port}", $"127.0.0.1:0{server.Port}", $"{server.Host},evil.example",
                $"{server.Host}\nHost: evil.example",
        ];
        foreach (string host in hosts)
        {
            TestServer.AssertRefused(await server.SendAsync(server.Get(host: host)), host, HttpStatusCode.Forbidden,
                HttpStatusCode.BadRequest);
            string upgrade = server.Upgrade($"Origin: http://{host}\n", host: host);
            TestServer.AssertRefused(await server.SendAsync(upgrade), host, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest);
        }

        TestServer.AssertRefused(await server.SendAsync($"GET /{server.Token}/ HTTP/1.0\n\n"), "no host", HttpStatusCode.Forbidden);
        TestServer.AssertRefused(await server.SendAsync($"GET /{server.Token}/ HTTP/1.1\n\n"), "no host", HttpStatusCode.BadRequest);
        Assert.Empty(server.Heard);
    }

    [Fact]
    public async Task Path_UpwardsInAnyEncoding_IsNotFound()
    {
        using var folder = new TestFolder();
        folder.Write("outside.txt", "canary");
        folder.Write("root/inside.txt", "inside");
        folder.Write("root/.hidden.txt", "canary");
        File.CreateSymbolicLink(folder.File("root/link.txt"), folder.File("outside.txt"));
        Directory.CreateSymbolicLink(folder.File("root/up"), folder.Path);
        var site = new LoopbackSite { File = _ => null }.With("f", LoopbackFolder.Files(folder.File("root")));
        await using var server = await LoopbackServer.StartAsync(site, 0, Cancel);
        string Get(string path) => $"GET {server.Address.AbsolutePath}f/{path} HTTP/1.1\nHost: 127.0.0.1:{server.Port}\n\n";
        Assert.Contains("inside", await RawRequest.SendAsync(server.Port, Get("inside.txt"), Cancel), StringComparison.Ordinal);

        string[] ups = ["..", ".", "...", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "..%00", "..;", "%c0%ae%c0%ae",
            "\u00c0\u00ae\u00c0\u00ae", "..%2f..", "..\\..", "..%5c..", "%uff0e%uff0e", "．．", "..\t", " ..", "~", "", "C:", "\\\\server"];
        string[] separators = ["/", "//", "\\", "%2f", "%2F", "%5c", "%252f", "/./", "%c0%af", "∕"];
        string[] targets = [.. from up in ups from separator in separators select $"{up}{separator}outside.txt",
            "link.txt", "up/outside.txt", "up/root/inside.txt", ".hidden.txt", "%2ehidden.txt", "inside.txt/", "inside.txt/..",
                "inside.txt%00",
            "inside.txt::$DATA", "inside.tx", "INSIDE.TXT", "/etc/passwd", "root", "", "f/inside.txt", "inside.txt%20", "inside.txt."];
        foreach (string target in targets)
        {
            TestServer.AssertRefused(await RawRequest.SendAsync(server.Port, Get(target), Cancel), target, HttpStatusCode.NotFound,
                HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Method_AnyOther_IsRefused()
    {
        await using var server = await TestServer.StartAsync();
        foreach (string method in (string[])
            ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "GETT", "G", "PRI"])
        {
            foreach (string headers in new[] { "", "Content-Length: 0\n", "Content-Length: 5\n", "Transfer-Encoding: chunked\n" })
            {
                string request = server.Get(headers: headers + $"Origin: http://{server.Host}\n", method: method) + "0\r\n\r\n";
                TestServer.AssertRefused(await server.SendAsync(request), method + headers, HttpStatusCode.Forbidden,
                    HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.MethodNotAllowed,
                    HttpStatusCode.LengthRequired);
            }
        }

        foreach (string headers in new[] { "Content-Length: 5\n", "Transfer-Encoding: chunked\n", "Content-Length: 99999999999\n" })
            TestServer.AssertRefused(await server.SendAsync(server.Get(headers: headers) + "0\n\n"), headers);
        await server.WorksAsync();
    }

    // Two readers of one stream of bytes that disagree on where a request ends: the second request must not be served as anybody's.
    [Fact]
    public async Task Bytes_ThatSmuggleARequest_AreServedToNobody()
    {
        await using var server = await TestServer.StartAsync();
        string page = server.Get(), start = $"GET / HTTP/1.1\r\nHost: {server.Host}\r\n";
        string[] hostile =
        [
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
            "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "Transfer-Encoding:\tchunked\r\n\r\n0;x=\n\r\n\r\n",
            "Content-Length: +4\r\n\r\nabcd", "Content-Length: 0x4\r\n\r\nabcd", "Content-Length: -1\r\n\r\n",
                "Content-Length: 4, 4\r\n\r\nabcd",
            "X: a\r\n b\r\n\r\n", "X: a\rY: b\r\n\r\n", "X: a\0b\r\n\r\n", "X\0: a\r\n\r\n", ": a\r\n\r\n", "X a\r\n\r\n",
                "X: \u0080\u00ff\r\n\r\n",
            "Host: evil.example\r\n\r\n", "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n",
            "Expect: 100-continue\r\nContent-Length: 1000000\r\n\r\n", $"X: {new string('x', 20_000)}\r\n\r\n",
            string.Concat(Enumerable.Range(0, 100).Select(i => $"X{i}: a\r\n")) + "\r\n", $"{new string('x', 20_000)}: a\r\n\r\n",
            $"Cookie: {new string('c', 1 << 20)}\r\n\r\n",
        ];
        foreach (string bytes in hostile)
        {
            string answer = await RawRequest.SendAsync(server.Port, Encoding.Latin1.GetBytes(start + bytes), Cancel);
            Assert.All(answer.Split("HTTP/1.1 ")[1..], one => Assert.DoesNotContain(one[..3], (string[])["200", "101"]));
        }

        string[] starts = ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u0016\u0003\u0001\u0002\0\u0001\0", "GET / HTTP/9.9\r\n\r\n",
            "GET /\r\n", "\r\n\r\n\r\n", "\0\0\0\0", "SSH-2.0-x\r\n", "*1\r\n$4\r\nPING\r\n", "GET  /  HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\r\n\n\n", $"{new string('A', 1 << 20)} / HTTP/1.1\r\n\r\n"];
        foreach (string bytes in starts)
        {
            string answer = await RawRequest.SendAsync(server.Port, Encoding.Latin1.GetBytes(bytes), Cancel);
            if (!answer.StartsWith('\0')) // HTTP/2's word for farewell
                TestServer.AssertRefused(answer, bytes[..4]);
        }

        // A body that looks like a request for the page is none.
        string hidden = await server.SendAsync(server.Get("/", $"Content-Length: {page.ReplaceLineEndings("\r\n").Length}\n", "POST")
            + page);
        Assert.DoesNotContain("canary", hidden, StringComparison.Ordinal);
        await server.WorksAsync();
    }

    [Fact]
    public async Task Mutants_OfRequestsThatLackTheSecretOrTheOrigin_AreServedToNobody()
    {
        await using var server = await TestServer.StartAsync();
        string[] lacking =
        [
            server.Get("/" + new string('0', 32) + "/"), server.Get($"/{new string('f', 32)}/index.html", "Accept: text/html\n"),
            server.Get(host: $"evil.example:{server.Port}"),
            server.Upgrade($"Origin: http://{server.Host}\n", $"/{new string('0', 32)}/ws"),
            server.Upgrade($"Origin: http://evil.example\n", host: "evil.example"),
            server.Get("/" + new string('0', 32) + "/say", "Content-Type: application/json\nContent-Length: 2\n", "POST") + "{}",
        ];
        var random = new Random(MutantSeed);
        long before = Environment.WorkingSet;
        for (int i = 0; i < Mutants; i++)
        {
            byte[] mutant = Mutate(Encoding.Latin1.GetBytes(lacking[i % lacking.Length].ReplaceLineEndings("\r\n")), random);
            TestServer.AssertRefused(await RawRequest.SendAsync(server.Port, mutant, Cancel), Encoding.Latin1.GetString(mutant));
        }

        Assert.Empty(server.Heard);
        Assert.Empty(server.Faults);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 200L << 20);
        await server.WorksAsync();
    }

    [Fact]
    public async Task Connections_ManyThatSayNothing_AreClosedAndThePageWorks()
    {
        await using var server = await TestServer.StartAsync(new LoopbackLimits { HeadTimeout = TimeSpan.FromSeconds(1) });
        string[] halves = ["", "G", "GET /", server.Get()[..40], server.Upgrade("")[..120],
            server.Upgrade($"Origin: http://{server.Host}").TrimEnd()];
        var sockets = new List<Socket>();
        for (int i = 0; i < 300; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            sockets.Add(socket);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, server.Port, Cancel);
                await socket.SendAsync(Encoding.Latin1.GetBytes(halves[i % halves.Length].ReplaceLineEndings("\r\n")), Cancel);
            }
            catch (SocketException)
            {
                // one too many
            }
        }

        // Those that have begun a request are not waited for; the others may stay until they are closed from here.
        foreach (var (socket, _) in sockets.Select((socket, i) => (socket, i)).Where(s => s.i % halves.Length != 0))
            TestServer.AssertRefused(await RawRequest.ReadAsync(socket, Cancel), "half a request");
        sockets.ForEach(socket => socket.Dispose());
        await server.WorksAsync();
        Assert.Equal(["still there?"], server.Heard);
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutant = bytes.ToList();
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(mutant.Count);
            switch (random.Next(6))
            {
                case 0: mutant[at] = (byte)random.Next(256); break;
                case 1: mutant.RemoveRange(at, random.Next(Math.Min(20, mutant.Count - at))); break;
                case 2: mutant.InsertRange(at, Enumerable.Range(0, random.Next(20)).Select(_ => (byte)random.Next(256))); break;
                case 3: mutant.InsertRange(at, bytes); break;
                case 4: mutant.InsertRange(at, "\r\n"u8.ToArray()); break;
                default: mutant.InsertRange(at, Enumerable.Repeat((byte)random.Next(32, 127), random.Next(6000))); break;
            }
        }

        return [.. mutant];
    }
}
