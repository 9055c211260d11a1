using System.CommandLine;
using GanNotebooks.Data;

namespace GanNotebooks.Workbook.Commands;

/// <summary>Options that name data: those of the repository, or a reader's own.</summary>
internal static class OwnDataOptions
{
    /// <summary>Takes these names, and texts of <see cref="OwnDataName"/>; says what is wrong with any other in one line.</summary>
    public static void Allow(Option<string?> option, params string[] names)
    {
        option.HelpName = "name";
        option.CompletionSources.Clear();
        option.CompletionSources.Add(names);
        option.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value))
            {
                if (!names.Contains(text, StringComparer.OrdinalIgnoreCase) && Wrong(text, names) is { } reason)
                    result.AddError($"{option.Name}: {reason}");
            }
        });
    }

    private static string? Wrong(string text, string[] names)
    {
        if (!OwnDataName.IsOne(text))
            return $"'{OneLine.Value(text)}' is none of {string.Join(", ", names.Concat(["folder:DIR", "csv:FILE"]))}.";
        try
        {
            return PathOptions.Wrong(OwnDataName.Parse(text).Path);
        }
        catch (ArgumentException error)
        {
            return OneLine.Message(error.Message.Split(" (Parameter '")[0]) + ".";
        }
    }
}
