using GanNotebooks.Runtime;

namespace GanNotebooks.Live;

/// <summary>A page that a cell has opened on its own trainer. It lives until it is closed, or until the kernel ends.</summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class LivePage : IShowable, IDisposable
{
    private const string NobodyLooks =
        "In an editor or in Jupyter a page opens here, on which this trainer trains while you watch it and change it.";

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
        session?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <inheritdoc/>
    public string ToHtml() => $"<p>{ToText()}</p>";

    /// <inheritdoc/>
    public string ToText() => server is not null ? "The lab is open. Close() closes it, and so does the end of the kernel."
        : session is not null ? "The lab is closed."
        : "No page is open.";

    /// <summary>What the reader is shown when the page has been opened.</summary>
    internal HtmlFragment Link() => server?.Address is { } address
        ? new HtmlFragment(
            $"<p><a href=\"{address}\" target=\"_blank\" rel=\"noopener noreferrer\">Open the lab</a>, "
                + "on the machine where the kernel runs.</p>",
            $"The lab, on the machine where the kernel runs: {address}")
        : new HtmlFragment($"<p>{NobodyLooks}</p>", NobodyLooks);

    /// <inheritdoc/>
    public override string ToString() => ToText();
}
