namespace GanNotebooks.Live;

/// <summary>
/// A web server for one reader at one machine. It listens on 127.0.0.1 only and answers only those who know the secret folder of its
/// address. Everything else gets 403 or 404, and no content. It loads nothing from elsewhere and logs nothing.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly ILoopbackListener listener;

    private LoopbackServer(ILoopbackListener listener, string token)
    {
        this.listener = listener;
        Address = new Uri($"http://127.0.0.1:{listener.Port}/{token}/");
    }

    /// <summary>The address of the page. It contains the secret: whoever has it can use the page.</summary>
    public Uri Address { get; }

    /// <summary>The port.</summary>
    public int Port => listener.Port;

    /// <summary>
    /// An address that leads to the page once, then never again. It may stand in the command line of a browser, which other users of the
    /// machine can read.
    /// </summary>
    public Uri AddressForOneVisit() => new(Address, listener.Issue());

    /// <summary>Starts a server.</summary>
    /// <param name="site">What it serves.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="cancel">Gives up the start.</param>
    /// <exception cref="LivePageException">The port is in use, or ASP.NET Core is missing; the message says what to do.</exception>
    public static Task<LoopbackServer> StartAsync(LoopbackSite site, int port = 0, CancellationToken cancel = default) =>
        StartAsync(site, port, new LoopbackLimits(), cancel);

    internal static async Task<LoopbackServer> StartAsync(LoopbackSite site, int port, LoopbackLimits limits, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        SharedFramework.Require();
        string token = RequestPath.NewToken();
        // Only behind this call stand types of ASP.NET Core.
        return new LoopbackServer(await KestrelListener.StartAsync(site, token, port, limits, cancel).ConfigureAwait(false), token);
    }

    /// <summary>Ends the connections, and waits until the handlers of the sockets have ended.</summary>
    public ValueTask DisposeAsync() => listener.DisposeAsync();
}

/// <summary>The part of a <see cref="LoopbackServer"/> that consists of ASP.NET Core.</summary>
internal interface ILoopbackListener : IAsyncDisposable
{
    /// <summary>The port.</summary>
    int Port { get; }

    /// <summary>A path that leads to the page once.</summary>
    string Issue();
}
