using System.CommandLine;
using GanNotebooks.Data;
using GanNotebooks.Live;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook lab: a page on this machine, on which a GAN trains while the reader watches and changes it.</summary>
internal static class LabCommand
{
    public const string Name = "lab", Description = "Open a page on which a GAN trains while you watch it and change it.";

    /// <summary>The names of <see cref="LiveSession.Presets"/>, spelled out: to list them must not load the library and torch.</summary>
    internal static readonly string[] Presets =
        ["learns", "rotates", "dropped", "cured", "vanishes", "circles", "damped", "digits"];

    public static Command Create()
    {
        var preset = new Option<string?>("--preset") { Description = $"What the page begins with: {string.Join(", ", Presets)}." };
        preset.OneOf(Presets);
        var port = LivePages.Port();
        var data = OwnData();
        var quiet = LivePages.NoBrowser();
        var command = new Command(Name, Description) { preset, port, data, quiet, CommonOptions.LibTorch() };
        command.SetAction(async (parse, cancel) =>
        {
            string? name = parse.GetValue(preset), table = parse.GetValue(data);
            // Made for the first page, because it loads the library; all pages share it. A table is read before anything opens.
            var session = new Lazy<LiveSession>(() => new LiveSession(name, table));
            if (table is not null)
                _ = session.Value;
            // Torch only then: the page is there at once, and a library that cannot be loaded ends the command as it ends any other.
            await LivePages.ServeAsync(Name, LivePages.Lab(Name, session), session, parse.GetValue(port) ?? 0,
                opens: !parse.GetValue(quiet), LoadTorch, cancel).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The preset that shows a notebook's point; null for none.</summary>
    /// <param name="notebook">The notebook's name.</param>
    public static string? PresetOf(string notebook) => notebook switch
    {
        "00-start-here" or "01-what-is-a-gan" => "learns",
        "06-convergence" => "circles",
        "08-vanishing-gradients" => "vanishes",
        "09-mode-collapse" => "dropped",
        "10-train-on-cuda" => "digits",
        _ => null,
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
