using System.Net;
using System.Text;
using GanNotebooks.Live;
using static GanNotebooks.Tests.Live.RawSocket;

namespace GanNotebooks.Tests.Live;

/// <summary>
/// Whoever has the secret and sends what no page sends: a page that was taken over, a program of the reader's. It loses its connection;
/// the server, its memory and the other pages stay as they were.
/// </summary>
public sealed class HostileSocketTests
{
    private const int Mutants = 400, MutantSeed = 20261129, TooBig = 1009, WrongType = 1003;

    // The clients of these tests do not answer a farewell.
    private static readonly LoopbackLimits Impatient = new() { CloseTimeout = TimeSpan.FromMilliseconds(100) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frames_Binary_CloseTheSocket()
    {
        await using var server = await TestServer.StartAsync(Impatient);
        foreach (byte[] content in new[] { [], new byte[1], new byte[70_000] })
        {
            using var socket = await OpenAsync(server);
            await socket.SendAsync(Frame(Last | Binary, content));
            Assert.Equal(WrongType, await socket.CloseStatusAsync());
        }

        Assert.Empty(server.Heard);
        await server.WorksAsync();
    }

    [Fact]
    public async Task Message_UpToTheLimit_ArrivesAndOneByteMoreDoesNot()
    {
        await using var server = await TestServer.StartAsync(Impatient);
        byte[] most = Encoding.ASCII.GetBytes(new string('a', Impatient.MessageBytes));
        using (var socket = await OpenAsync(server))
        {
            await socket.SendAsync([.. Frame(Last | Text, most), .. Frame(Last | Close, [])]);
            await socket.CloseStatusAsync();
            Assert.Equal(most.Length, Assert.Single(server.Heard).Length);
        }

        using (var socket = await OpenAsync(server))
        {
            await socket.SendAsync(Frame(Last | Text, [.. most, (byte)'a']));
            Assert.Equal(TooBig, await socket.CloseStatusAsync());
        }

        Assert.Single(server.Heard);
        await server.WorksAsync();
    }

    // 2^62 bytes are claimed, and as many are sent as are taken.
    [Fact]
    public async Task Message_ThatNeverEnds_IsCutOffAtTheLimit()
    {
        await using var server = await TestServer.StartAsync(Impatient);
        byte[] chunk = new byte[1 << 16];
        long before = Environment.WorkingSet;
        using (var socket = await OpenAsync(server))
        {
            await socket.SendAsync(Frame(Last | Text, [], claimed: 1UL << 62));
            while (await socket.SendAsync(chunk))
            {
                // The server has not closed yet.
            }
        }

        foreach (byte[] part in new[] { [], new byte[1], Encoding.ASCII.GetBytes(new string('a', 1000)) })
        {
            using var socket = await OpenAsync(server);
            await socket.SendAsync(Frame(Text, part));
            while (await socket.SendAsync(Frame(Continuation, part)))
            {
                // Each is a frame of a message whose last one does not come.
            }
        }

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 100L << 20);
        Assert.Empty(server.Heard);
        await server.WorksAsync();
    }

    [Fact]
    public async Task Frames_ThatBreakTheProtocol_CloseTheSocket()
    {
        await using var server = await TestServer.StartAsync();
        byte[] hello = "hello"u8.ToArray();
        byte[][] hostile =
        [
            Frame(Last | Text, hello, masked: false), Frame(0xC0 | Text, hello), Frame(0xA0 | Text, hello), Frame(0x90 | Text, hello),
            Frame(Last | 3, hello), Frame(Last | 7, hello), Frame(Last | 11, hello), Frame(Last | 15, hello),
                Frame(Last | Continuation, hello),
            [.. Frame(Text, hello), .. Frame(Last | Text, hello)], Frame(Ping, hello), Frame(Last | Ping, new byte[126]),
            Frame(Last | Close, [1]), Frame(Last | Close, [0, 1]), Frame(Last | Close, [3, 232, 0xff, 0xfe]),
            Frame(Last | Text, [0xff, 0xfe]), Frame(Last | Text, [0xc0, 0xae]), Frame(Last | Text, [0xed, 0xa0, 0x80]),
            [.. Frame(Text, [0xe2, 0x82]), .. Frame(Last | Continuation, [0x41])], Frame(Last | Text, [], claimed: ulong.MaxValue),
            Frame(Last | Text, [], claimed: 1UL << 63), [Last | Text, 0xFF], [Last | Text], Encoding.ASCII.GetBytes(server.Get()),
            Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"), new byte[1000],
        ];
        foreach (byte[] bytes in hostile)
        {
            using var socket = await OpenAsync(server);
            await socket.SendAsync(bytes);
            await socket.CloseStatusAsync(endSending: true);
        }

        Assert.Empty(server.Heard);
        Assert.Empty(server.Faults);
        await server.WorksAsync();
    }

    [Fact]
    public async Task Mutants_OfGoodFrames_DoNoHarm()
    {
        await using var server = await TestServer.StartAsync();
        var random = new Random(MutantSeed);
        byte[] good = [.. Frame(Last | Text, "{\"id\":1,\"do\":\"hello\"}"u8.ToArray()), .. Frame(Last | Ping, "p"u8.ToArray()),
            .. Frame(Text, "{\"id\":"u8.ToArray()), .. Frame(Last | Continuation, "2}"u8.ToArray()), .. Frame(Last | Close, [3, 232])];
        long before = Environment.WorkingSet;
        for (int i = 0; i < Mutants; i++)
        {
            byte[] mutant = [.. good];
            for (int change = random.Next(1, 6); change > 0; change--)
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            using var socket = await OpenAsync(server);
            await socket.SendAsync(mutant);
            await socket.CloseStatusAsync(endSending: true);
        }

        Assert.Empty(server.Faults);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 100L << 20);
        await server.WorksAsync();
    }

    [Fact]
    public async Task Sockets_MoreThanTheLimit_AreRefusedUntilOneCloses()
    {
        var limits = new LoopbackLimits();
        await using var server = await TestServer.StartAsync(limits);
        var open = new List<System.Net.WebSockets.ClientWebSocket>();
        for (int i = 0; i < limits.Sockets; i++)
            open.Add(await server.OpenAsync());
        string upgrade = server.Upgrade($"Origin: http://{server.Host}\n");
        for (int i = 0; i < 20; i++)
            TestServer.AssertRefused(await server.SendAsync(upgrade), "one too many", HttpStatusCode.ServiceUnavailable);
        open.ForEach(socket => socket.Dispose());
        await server.WorksAsync();
    }

    // The engine goes on sending without waiting; what waits is bounded, and then the connection is closed.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Page_ThatDoesNotRead_LosesItsConnectionAndMemoryIsBounded(bool senderWaits)
    {
        var gone = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Without waiting, the limit of bytes is what closes; with waiting, the time-out of one message.
        var limits = new LoopbackLimits { SendTimeout = senderWaits ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromHours(1) };
        await using var server = await TestServer.StartAsync(limits, async (channel, cancel) =>
        {
            byte[] frame = new byte[1 << 16];
            long sent = 0, before = Environment.WorkingSet, most = before;
            while (!cancel.IsCancellationRequested && sent < 1L << 30)
            {
                var sending = channel.SendAsync(frame, CancellationToken.None);
                if (senderWaits)
                    await sending;
                sent += frame.Length;
                most = Math.Max(most, Environment.WorkingSet);
            }

            gone.SetResult(most - before);
        });
        using var socket = await OpenAsync(server, receiveBuffer: 4096);
        Assert.InRange(await gone.Task.WaitAsync(Cancel), 0, 100L << 20);
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Page_ThatDoesNotRead_DoesNotKeepTheServerFromStopping()
    {
        var limits = new LoopbackLimits { SendTimeout = TimeSpan.FromHours(1), CloseTimeout = TimeSpan.FromMilliseconds(100) };
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = await TestServer.StartAsync(limits, async (channel, cancel) =>
        {
            ValueTask sending;
            do
                sending = channel.SendAsync(new byte[1 << 16], cancel);
            while (sending.IsCompleted);
            full.SetResult();
            await sending;
        });
        using var socket = await OpenAsync(server, receiveBuffer: 4096);
        await full.Task.WaitAsync(Cancel);
        await server.DisposeAsync();
    }
}
