using System.CommandLine;
using GanNotebooks.Live;

namespace GanNotebooks.Workbook.Commands;

/// <summary>What the commands share that open a page on this machine.</summary>
internal static class LivePages
{
    private const int LeastPort = 1024, MostPort = 65535;

    public static Option<int?> Port() =>
        NumberOptions.Whole("--port", "Port on 127.0.0.1. [default: any that is free]", least: LeastPort, most: MostPort);

    public static Option<bool> NoBrowser() => CommonOptions.Flag("--no-browser", "Print the address and open no browser.");

    /// <summary>The lab's files, and its engine, which is made for the first page: it loads the library.</summary>
    /// <param name="command">The command's name, for messages.</param>
    /// <param name="session">The engine; all pages share it.</param>
    public static LoopbackSite Lab(string command, Lazy<LiveSession> session) => new()
    {
        File = PageFiles.Find,
        Socket = (channel, cancel) => Task.Run(() => session.Value.ServeAsync(channel, cancel), cancel),
        Failed = error => Console.Error.WriteLine($"{command}: {Failures.Line(error)}"),
    };

    /// <summary>Serves pages until somebody ends the command.</summary>
    /// <param name="command">The command's name.</param>
    /// <param name="site">The pages.</param>
    /// <param name="session">The lab's engine; it ends with the pages, if it was made.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="opens">Whether a browser is opened.</param>
    /// <param name="begin">What happens when the page is there.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task ServeAsync(string command, LoopbackSite site, Lazy<LiveSession> session, int port, bool opens, Action begin,
        CancellationToken cancel)
    {
        try
        {
            var server = await LoopbackServer.StartAsync(site, port, cancel).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                await Console.Out.WriteLineAsync($"{command,-7} {server.Address}\n        Ctrl-C ends it.").ConfigureAwait(false);
                await Console.Out.FlushAsync(cancel).ConfigureAwait(false);
                if (opens)
                    BrowserWindow.TryOpen(server.AddressForOneVisit());
                await Task.Run(begin, cancel).ConfigureAwait(false);
                await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            if (session.IsValueCreated)
                session.Value.Dispose();
        }
    }
}
