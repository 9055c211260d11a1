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

    public static Command Create()
    {
        var preset = new Option<string?>("--preset") { Description = $"What the page begins with: {string.Join(", ", LiveSession.Presets)}." };
        preset.OneOf([.. LiveSession.Presets]);
        var port = NumberOptions.Whole("--port", "Port on 127.0.0.1. [default: any that is free]", least: LeastPort, most: MostPort);
        var data = OwnData();
        var quiet = CommonOptions.Flag("--no-browser", "Print the address and open no browser.");
        var command = new Command(Name, Description) { preset, port, data, quiet, CommonOptions.LibTorch() };
        command.SetAction(async (parse, cancel) =>
        {
            var server = await LoopbackServer.StartAsync(Site(parse.GetValue(preset), parse.GetValue(data)), parse.GetValue(port) ?? 0, cancel)
                .ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                await Console.Out.WriteLineAsync($"lab     {server.Address}\n        Ctrl-C ends it.").ConfigureAwait(false);
                await Console.Out.FlushAsync(cancel).ConfigureAwait(false);
                if (!parse.GetValue(quiet))
                    BrowserWindow.TryOpen(server.AddressForOneVisit().ToString());
                // Only now, beside the page: a reader who waits for torch sees something meanwhile.
                await Task.Run(LoadTorch, cancel).ConfigureAwait(false);
                await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(false);
            }

            return ExitCode.Success;
        });
        return command;
    }

    // A session is made for the first page, because it loads the library; all pages share it.
    private static LoopbackSite Site(string? preset, string? data)
    {
        var session = new Lazy<LiveSession>(() => new LiveSession(preset, data));
        return new LoopbackSite
        {
            File = PageFiles.Find,
            Socket = (channel, cancel) => Task.Run(() => session.Value.ServeAsync(channel, cancel), cancel),
            Failed = error => Console.Error.WriteLine("lab: " + Failures.Line(error)),
        };
    }

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
