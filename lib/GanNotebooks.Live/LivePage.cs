using GanNotebooks.Runtime;

namespace GanNotebooks.Live;

/// <summary>A page that a cell has opened on its own trainer. It lives until it is closed, or until the kernel ends.</summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class LivePage : IShowable, IDisposable
{
    private readonly LiveSession? session;
    private LoopbackServer? server;

    private LivePage(LoopbackServer? server, LiveSession? session) => (this.server, this.session) = (server, session);

    /// <summary>The address; null when the page is closed, or was never opened because nobody looks.</summary>
    public Uri? Address => server?.Address;

    /// <summary>A page that is not opened: `workbook run` executes notebooks that nobody looks at.</summary>
    internal static LivePage Unopened() => new(null, null);

    /// <summary>Opens a page.</summary>
    internal static LivePage Open(LiveSession session)
    {
        var site = new LoopbackSite { File = PageFiles.Find, Socket = session.ServeAsync };
        return new LivePage(Task.Run(() => LoopbackServer.StartAsync(site)).GetAwaiter().GetResult(), session);
    }

    /// <summary>Closes the page, and waits until nothing more is trained on it. Calling it again does nothing.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref server, null) is not { } open)
            return;
        Task.Run(async () => await open.DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();
        (session as IDisposable)?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <inheritdoc/>
    public string ToHtml() => server is { Address: var address }
        ? $"<p><a href=\"{address}\" target=\"_blank\" rel=\"noopener noreferrer\">Open the lab</a>, on the machine where the kernel runs. "
            + "It closes with <code>Close()</code> or with the kernel.</p>"
        : $"<p>{ToText()}</p>";

    /// <inheritdoc/>
    public string ToText() => server is { Address: var address }
        ? $"The lab is open, on the machine where the kernel runs: {address}. It closes with Close() or with the kernel."
        : session is null
            ? "In an editor or in Jupyter a page opens here, on which this trainer trains while you watch it and change it."
            : "The lab is closed.";

    /// <inheritdoc/>
    public override string ToString() => ToText();
}
