using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GanNotebooks.Live;

/// <summary>Answers the requests of a <see cref="LoopbackServer"/>.</summary>
internal sealed class LoopbackApplication : IHttpApplication<IFeatureCollection>
{
    private const string SocketPath = "ws", Index = "index.html";

    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private readonly LoopbackSite site;
    private readonly LoopbackLimits limits;
    private readonly CancellationToken stopping;
    private readonly WebSocketMiddleware handshake;
    private RequestPath? gate;
    private int sockets;

    public LoopbackApplication(LoopbackSite site, LoopbackLimits limits, CancellationToken stopping)
    {
        (this.site, this.limits, this.stopping) = (site, limits, stopping);
        var options = new WebSocketOptions { KeepAliveInterval = limits.PingEvery, KeepAliveTimeout = limits.PongWithin };
        handshake = new WebSocketMiddleware(AnswerAsync, Options.Create(options), NullLoggerFactory.Instance);
    }

    /// <summary>Begins to answer, now that the port is known. Requests before that are refused.</summary>
    public void Open(RequestPath path) => Volatile.Write(ref gate, path);

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public Task ProcessRequestAsync(IFeatureCollection context) => handshake.Invoke(new DefaultHttpContext(context));

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Head(context.Response.Headers);
        string? path = Allowed(context, out int status);
        try
        {
            if (path is null)
                Refuse(context, status);
            else if (path == SocketPath && site.Socket is { } serve)
                await OpenAsync(context, serve).ConfigureAwait(false);
            else if (HttpMethods.IsPost(context.Request.Method))
                await PostAsync(context, site.Posts[path]).ConfigureAwait(false);
            else if (site.File(path == "" ? Index : path) is { } file)
                await WriteAsync(context, file).ConfigureAwait(false);
            else
                Refuse(context, StatusCodes.Status404NotFound);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or BadHttpRequestException)
        {
            context.Abort(); // whoever asked has gone, or sends what is no request
        }
#pragma warning disable CA1031 // The one net under every request: the next one is answered all the same.
        catch (Exception error)
#pragma warning restore CA1031
        {
            site.Failed?.Invoke(error);
            if (context.Response.HasStarted)
                context.Abort();
            else
                Refuse(context, StatusCodes.Status500InternalServerError);
        }
    }

    private static void Head(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    // Null: refused, or sent on to the page.
    private string? Allowed(HttpContext context, out int status)
    {
        var request = context.Request;
        status = StatusCodes.Status403Forbidden;
        if (Volatile.Read(ref gate) is not { } known || !known.IsOwnHost(request.Headers.Host.ToString()))
            return null;
        status = StatusCodes.Status404NotFound;
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (request.Method == HttpMethods.Get && known.Redeem(target) is { } page)
        {
            context.Response.Headers.Location = page;
            status = StatusCodes.Status303SeeOther;
            return null;
        }

        if (known.Below(target) is not { } path)
            return null;
        status = StatusCodes.Status403Forbidden;
        bool posts = request.Method == HttpMethods.Post && site.Posts.ContainsKey(path);
        bool isOwn = known.IsOwnOrigin(request.Headers.Origin.ToString());
        bool hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        return posts ? isOwn && request.HasJsonContentType() ? path : null
            : hasBody && !context.WebSockets.IsWebSocketRequest ? null
            : path == SocketPath ? request.Method == HttpMethods.Get && context.WebSockets.IsWebSocketRequest && isOwn ? path : null
            : request.Method == HttpMethods.Get || request.Method == HttpMethods.Head ? path
            : null;
    }

    private static void Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = 0;
        // A body that nobody reads is not waited for.
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
            context.Response.Headers.Connection = "close";
    }

    private static async Task WriteAsync(HttpContext context, LoopbackFile file)
    {
        context.Response.ContentType = file.MediaType;
        context.Response.ContentLength = file.Content.Length;
        if (file.Policy is { } policy)
            context.Response.Headers.ContentSecurityPolicy = policy;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.BodyWriter.WriteAsync(file.Content, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task PostAsync(HttpContext context, Func<string, CancellationToken, Task<LoopbackFile>> take)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = limits.MessageBytes;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync(ends.Token).ConfigureAwait(false);
        await WriteAsync(context, await take(body, ends.Token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task OpenAsync(HttpContext context, Func<ILiveChannel, CancellationToken, Task> serve)
    {
        try
        {
            if (Interlocked.Increment(ref sockets) > limits.Sockets || stopping.IsCancellationRequested)
            {
                Refuse(context, StatusCodes.Status503ServiceUnavailable);
                return;
            }

            var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            var channel = new WebSocketChannel(socket, limits);
            await using (channel.ConfigureAwait(false))
            {
                await channel.CloseAsync(await ServeAsync(channel, serve, context.RequestAborted).ConfigureAwait(false))
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref sockets);
        }
    }

    private async Task<WebSocketCloseStatus> ServeAsync(WebSocketChannel channel, Func<ILiveChannel, CancellationToken, Task> serve,
        CancellationToken aborted)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(channel.Gone, aborted, stopping);
        try
        {
            await serve(channel, ends.Token).ConfigureAwait(false);
            return stopping.IsCancellationRequested ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.NormalClosure;
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            return WebSocketCloseStatus.EndpointUnavailable;
        }
#pragma warning disable CA1031 // The page hears that its engine failed; the others go on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            site.Failed?.Invoke(error);
            return WebSocketCloseStatus.InternalServerError;
        }
    }
}
