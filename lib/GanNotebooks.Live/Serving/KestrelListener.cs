using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GanNotebooks.Live;

/// <summary>Kestrel by itself, without the host that would read settings, log to the console and take the process's signals.</summary>
internal sealed class KestrelListener : ILoopbackListener
{
    private const int RequestLine = 4 << 10, Headers = 16 << 10, HeaderCount = 64;

    private readonly KestrelServer server;
    private readonly RequestPath path;
    private readonly CancellationTokenSource stopping;
    private readonly LoopbackLimits limits;
    private int stopped;

    private KestrelListener(KestrelServer server, int port, RequestPath path, CancellationTokenSource stopping, LoopbackLimits limits) =>
        (this.server, Port, this.path, this.stopping, this.limits) = (server, port, path, stopping, limits);

    public int Port { get; }

    public string Issue() => path.Issue();

    public static async Task<ILoopbackListener> StartAsync(LoopbackSite site, string token, int port, LoopbackLimits limits,
        CancellationToken cancel)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = limits.Connections;
        options.Limits.MaxConcurrentUpgradedConnections = limits.Sockets;
        options.Limits.MaxRequestLineSize = RequestLine;
        options.Limits.MaxRequestHeadersTotalSize = Headers;
        options.Limits.MaxRequestHeaderCount = HeaderCount;
        options.Limits.MaxRequestBufferSize = RequestLine + Headers;
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.RequestHeadersTimeout = limits.HeadTimeout;
        options.Limits.KeepAliveTimeout = limits.IdleTimeout;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        var stopping = new CancellationTokenSource();
        var application = new LoopbackApplication(site, limits, stopping.Token);
        try
        {
            await server.StartAsync(application, cancel).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            server.Dispose();
            stopping.Dispose();
            if (error is not (IOException or AddressInUseException or System.Net.Sockets.SocketException))
                throw;
            throw new LivePageException($"Port {port} of 127.0.0.1 cannot be used: another program has it, or it may not be opened. "
                + "Name another port, or none: then any free one is taken.", error);
        }

        string address = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        int bound = new Uri(address).Port;
        var path = new RequestPath(token, bound);
        application.Open(path);
        return new KestrelListener(server, bound, path, stopping, limits);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref stopped, 1) == 1)
            return;
        await stopping.CancelAsync().ConfigureAwait(false);
        using (var limit = new CancellationTokenSource(2 * limits.CloseTimeout))
            await server.StopAsync(limit.Token).ConfigureAwait(false);
        server.Dispose();
        stopping.Dispose();
    }
}
