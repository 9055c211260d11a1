using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using GanNotebooks.Live;

namespace GanNotebooks.Tests.Live;

/// <summary>
/// Text that no page writes, to the engine, through the real server. Each message gets one answer, and the engine serves the next page as
/// before.
/// </summary>
public sealed class HostileMessageTests
{
    private const int Mutants = 300, MutantSeed = 20261129;

    private static readonly string[] Good =
    [
        """{"id":1,"do":"pause","run":"A"}""", """{"id":1,"do":"set","run":"A","name":"Loss","value":"Hinge"}""",
        """{"id":1,"do":"view","layers":["samples","field"],"grid":16,"every":33}""", """{"id":1,"do":"speed","stepsPerFrame":1}""",
        """{"id":1,"do":"ack","frame":1}""", """{"id":1,"do":"scrub","run":"A","step":0}""", """{"id":1,"do":"state","run":"A"}""",
        """{"id":1,"do":"csharp","run":"A"}""", """{"id":1,"do":"drop","run":"B"}""",
    ];

    private static readonly string[] Hostile =
    [
        "", " ", "null", "true", "0", "\"text\"", "[]", "{}", "{", "}", "{\"do\":", "[1,2", "\u0000", "nul", "NaN", "{'do':'hello'}",
            "{\"do\":\"hello\",}",
        "// {\"do\":\"hello\"}", "{\"do\":null}", "{\"do\":1}", "{\"do\":[]}", "{\"do\":{}}", "{\"do\":\"\"}", "{\"do\":\"Hello\"}",
            "{\"do\":\"\\ud800\"}",
        "{\"do\":\"state\",\"run\":\"\\ud800\"}", "{\"do\":\"state\",\"run\":\"C\"}", "{\"do\":\"state\",\"run\":1}",
        "{\"id\":1e400,\"do\":\"ack\",\"frame\":1e400}", "{\"id\":-9999999999999,\"do\":\"ack\",\"frame\":-1}",
            "{\"do\":\"ack\",\"frame\":1.5}",
        "{\"do\":\"ack\"}", "{\"do\":\"view\"}", "{\"do\":\"view\",\"layers\":1,\"grid\":48,\"every\":33}",
        "{\"do\":\"view\",\"layers\":[1],\"grid\":48,\"every\":33}", "{\"do\":\"view\",\"layers\":[],\"grid\":1000000000,\"every\":33}",
        "{\"do\":\"view\",\"layers\":[\"truth\"],\"grid\":97,\"every\":0}", "{\"do\":\"speed\",\"stepsPerFrame\":-1}",
        "{\"do\":\"speed\",\"stepsPerFrame\":2147483648}", "{\"do\":\"set\",\"run\":\"A\"}",
            "{\"do\":\"set\",\"run\":\"A\",\"name\":\"x\",\"value\":\"y\"}",
        "{\"do\":\"set\",\"run\":\"A\",\"name\":\"Loss\",\"value\":\"\"}",
            "{\"do\":\"set\",\"run\":\"A\",\"name\":\"Loss\",\"value\":null}",
        "{\"do\":\"set\",\"run\":\"A\",\"name\":\"Generator\",\"value\":\"999999999-999999999 ReLU\"}",
        "{\"do\":\"set\",\"run\":\"A\",\"name\":\"Generator\",\"value\":\"-1 ReLU\"}",
            "{\"do\":\"set\",\"run\":\"A\",\"name\":\"Seed\",\"value\":\"-1\"}",
        "{\"do\":\"set\",\"run\":\"A\",\"name\":\"BatchSize\",\"value\":\"2000000000\"}",
            "{\"do\":\"set\",\"run\":\"A\",\"name\":\"BatchSize\",\"value\":\"0\"}",
        "{\"do\":\"set\",\"run\":\"A\",\"name\":\"Target\",\"value\":\"../../etc/passwd\"}",
        "{\"do\":\"set\",\"run\":\"A\",\"name\":\"Target\",\"value\":\"csv:/etc/passwd\"}",
        "{\"do\":\"set\",\"run\":\"A\",\"name\":\"Target\",\"value\":\"drawing:NaN,0;0,0\"}",
        "{\"do\":\"set\",\"run\":\"A\",\"name\":\"Target\",\"value\":\"drawing:1e308,0;0,0\"}",
        "{\"do\":\"set\",\"run\":\"A\",\"name\":\"Target\",\"value\":\"drawing:\"}", "{\"do\":\"load\",\"run\":\"A\"}",
        "{\"do\":\"load\",\"run\":\"A\",\"state\":null}", "{\"do\":\"load\",\"run\":\"A\",\"state\":[]}",
            "{\"do\":\"load\",\"run\":\"A\",\"state\":{}}",
        "{\"do\":\"load\",\"run\":\"A\",\"state\":{\"step\":-1}}", "{\"do\":\"load\",\"run\":\"A\",\"state\":{\"marks\":[null]}}",
        "{\"do\":\"scrub\",\"run\":\"A\",\"step\":-1}", "{\"do\":\"scrub\",\"run\":\"A\",\"step\":1e18}",
            "{\"do\":\"scrub\",\"run\":\"A\",\"step\":\"0\"}",
        "{\"do\":\"step\",\"run\":\"A\",\"player\":\"x\"}", "{\"do\":\"preset\",\"run\":\"A\",\"name\":\"../x\"}",
            "{\"do\":\"drop\",\"run\":\"A\"}",
        "{\"do\":\"drop\",\"run\":\"B\"}", "{\"do\":\"phase\",\"run\":\"B\"}", "{\"do\":\"hello\",\"do\":\"nothing\"}",
            "{\"do\":\"__proto__\"}",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_ThatNoPageSends_GetOneAnswerEachAndTheEngineGoesOn()
    {
        using var session = new LiveSession();
        var site = new LoopbackSite { File = _ => null, Socket = session.ServeAsync };
        await using var server = await LoopbackServer.StartAsync(site, 0, Cancel);
        using (var page = await OpenAsync(server))
        {
            foreach (string message in Hostile.Concat(
                [new string('[', 100_000), new string('{', 1000), "{\"do\":\"" + new string('x', 250_000) + "\"}",
                    "{\"do\":\"set\",\"run\":\"A\",\"name\":\"Loss\",\"value\":\"" + new string('x', 250_000) + "\"}",
                    string.Concat(Enumerable.Repeat("{\"do\":", 20_000)),
                        "{\"do\":\"set\",\"run\":\"A\",\"name\":\"Target\",\"value\":\"drawing:"
                        + string.Concat(Enumerable.Repeat("1,1;", 60_000)) + "\"}"]))
            {
                var answer = await AskAsync(page, message);
                Assert.True(answer["error"]?.ToString() is { Length: > 0 and < 1000 },
                    $"{message[..Math.Min(100, message.Length)]}: {answer}");
                Assert.DoesNotContain("   at ", answer.ToJsonString(), StringComparison.Ordinal);
            }

            var random = new Random(MutantSeed);
            for (int i = 0; i < Mutants; i++)
                await AskAsync(page, Mutate(Good[i % Good.Length], random));
        }

        using var good = await OpenAsync(server);
        var hello = await AskAsync(good, """{"id":7,"do":"hello"}""");
        Assert.True(hello["ok"]?.GetValue<bool>(), hello.ToJsonString());
        Assert.Equal(7, hello["re"]!.GetValue<int>());
        Assert.NotEmpty(hello["runs"]!.AsArray());
    }

    private static async Task<ClientWebSocket> OpenAsync(LoopbackServer server)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", $"http://127.0.0.1:{server.Port}");
        await socket.ConnectAsync(new UriBuilder(new Uri(server.Address, "ws")) { Scheme = "ws" }.Uri, Cancel);
        return socket;
    }

    // Frames and events stand between a message and its answer.
    private static async Task<JsonObject> AskAsync(ClientWebSocket socket, string message)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, Cancel);
        byte[] buffer = new byte[4 << 20];
        while (await LoopbackServerTests.ReceiveAsync(socket, buffer) is { } answer)
        {
            if (answer.Type is WebSocketMessageType.Text && JsonNode.Parse(answer.Bytes)!.AsObject() is var json && json.ContainsKey("re"))
                return json;
        }

        throw new InvalidOperationException($"The socket was closed after {message[..Math.Min(100, message.Length)]}");
    }

    // Numbers stay: a mutant that trains a million steps would prove nothing.
    private static string Mutate(string message, Random random)
    {
        var mutant = new StringBuilder(message);
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(mutant.Length);
            if (char.IsAsciiDigit(mutant[at]))
                continue;
            if (random.Next(2) == 0)
                mutant[at] = (char)random.Next(32, 48);
            else
                mutant.Insert(at, mutant.ToString(at, Math.Min(random.Next(1, 9), mutant.Length - at)));
        }

        return mutant.ToString();
    }
}
