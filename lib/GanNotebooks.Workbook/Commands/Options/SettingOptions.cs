using System.CommandLine;
using GanNotebooks.Studies;
using GanNotebooks.Training;

namespace GanNotebooks.Workbook.Commands;

/// <summary>Options that change settings of a run by name. A wrong name is refused with the nearest right one.</summary>
internal static class SettingOptions
{
    /// <summary><c>--set NAME=VALUE</c>, any number of times.</summary>
    public static Option<string[]> Set()
    {
        var option = new Option<string[]>("--set")
        {
            Description = "One setting by name, such as GeneratorOptimizer.LearningRate=1e-3, Loss=Hinge or Penalty=R1(0.5); may be "
                + "repeated. --print-settings shows all names. It goes before every other option.",
            HelpName = "name=value",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
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

    /// <summary><c>--settings FILE</c>.</summary>
    public static Option<string?> File()
    {
        var option = new Option<string?>("--settings")
        {
            Description = "File of settings by name, JSON, as --print-settings writes it. Other options go before it.",
            HelpName = "file",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (PathOptions.Wrong(token.Value) ?? Missing(token.Value)) is { } reason)
                result.AddError($"{option.Name}: {reason}");
        });
        return option;
    }

    /// <summary>The names and values of <c>--set</c>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Pairs(string[]? texts) =>
        [.. (texts ?? []).Select(text => text.Split('=', 2)).Select(sides => KeyValuePair.Create(sides[0].Trim(), sides[1]))];

    /// <summary>What is wrong with NAME=VALUE, as far as it can be said without a model; null for nothing.</summary>
    internal static string? Wrong(string text)
    {
        string[] sides = text.Split('=', 2);
        if (sides.Length < 2 || text.Any(char.IsControl))
            return $"'{OneLine.Value(text)}' is not NAME=VALUE, such as GeneratorOptimizer.LearningRate=1e-3.";
        string name = sides[0].Trim();
        return TrainingRecipe.SettingNames.Contains(name, StringComparer.OrdinalIgnoreCase) ? null
            : $"no setting is called '{OneLine.Value(name)}'; the nearest is {ConfigSettings.Nearest(name, TrainingRecipe.SettingNames)}.";
    }

    private static string? Missing(string path) =>
        Directory.Exists(path) ? $"{OneLine.Value(path)} is a folder; it must be a file."
        : System.IO.File.Exists(path) ? null
        : $"there is no file '{OneLine.Value(path)}'.";
}
