using System.CommandLine;
using GanNotebooks.Data;
using GanNotebooks.Live;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook lab: a page on this machine, on which a GAN trains while the reader watches and changes it.</summary>
internal static class LabCommand
{
    public const string Name = "lab", Description = "Open a page on which a GAN trains while you watch it and change it.";

    private const int LeastPort = 1024, MostPort = 65535;

    /// <summary>The names of <see cref="LiveSession.Presets"/>, spelled out: to list them must not load the library and torch.</summary>
    internal static readonly string[] Presets =
        ["learns", "rotates", "dropped", "cured", "vanishes", "circles", "damped", "digits"];

    public static Command Create()
    {
        var preset = new Option<string?>("--preset") { Description = $"What the page begins with: {string.Join(", ", Presets)}." };
        preset.OneOf(Presets);
        var port = NumberOptions.Whole("--port", "Port on 127.0.0.1. [default: any that is free]", least: LeastPort, most: MostPort);
        var data = OwnData();
        var quiet = CommonOptions.Flag("--no-browser", "Print the address and open no browser.");
        var command = new Command(Name, Description) { preset, port, data, quiet, CommonOptions.LibTorch() };
        command.SetAction(async (parse, cancel) =>
        {
            string? name = parse.GetValue(preset), table = parse.GetValue(data);
            // Made for the first page, because it loads the library; all pages share it. A table is read before anything opens.
            var session = new Lazy<LiveSession>(() => new LiveSession(name, table));
            if (table is not null)
                _ = session.Value;
            try
            {
                var server = await LoopbackServer.StartAsync(Site(session), parse.GetValue(port) ?? 0, cancel).ConfigureAwait(false);
                await using (server.ConfigureAwait(false))
                    await ShowAsync(server, opens: !parse.GetValue(quiet), cancel).ConfigureAwait(false);
            }
            finally
            {
                if (session.IsValueCreated)
                    session.Value.Dispose();
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static async Task ShowAsync(LoopbackServer server, bool opens, CancellationToken cancel)
    {
        await Console.Out.WriteLineAsync($"lab     {server.Address}\n        Ctrl-C ends it.").ConfigureAwait(false);
        await Console.Out.FlushAsync(cancel).ConfigureAwait(false);
        if (opens)
            BrowserWindow.TryOpen(server.AddressForOneVisit());
        // Only now: the page is there at once, and a library that cannot be loaded ends the command as it ends any other.
        await Task.Run(LoadTorch, cancel).ConfigureAwait(false);
        await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(false);
    }

    private static LoopbackSite Site(Lazy<LiveSession> session) => new()
    {
        File = PageFiles.Find,
        Socket = (channel, cancel) => Task.Run(() => session.Value.ServeAsync(channel, cancel), cancel),
        Failed = error => Console.Error.WriteLine("lab: " + Failures.Line(error)),
    };

    private static void LoadTorch() => NativeTorch.Load();

    private static Option<string?> OwnData()
    {
        var option = new Option<string?>("--data")
        {
            Description = "Points of your own as one more target: csv:FILE,columns=x+y.",
            HelpName = "name",
        };
        option.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value))
            {
                if (Wrong(text) is { } reason)
                    result.AddError($"{option.Name}: {reason}");
            }
        });
        return option;
    }

    private static string? Wrong(string text)
    {
        if (!text.StartsWith("csv:", StringComparison.OrdinalIgnoreCase))
            return $"'{OneLine.Value(text)}' is not csv:FILE.";
        try
        {
            string path = OwnDataName.Parse(text).Path;
            return PathOptions.Wrong(path) ?? (File.Exists(path) ? null : $"there is no file '{OneLine.Value(path)}'.");
        }
        catch (ArgumentException error)
        {
            return OneLine.Message(error.Message.Split(" (Parameter '")[0]) + ".";
        }
    }
}
