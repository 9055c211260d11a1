using System.CommandLine;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Commands;

/// <summary>Options and arguments that commands share.</summary>
internal static class CommonOptions
{
    public static Argument<string[]> Notebooks()
    {
        var notebooks = new Argument<string[]>("notebook")
        {
            Description = "Notebooks: 00, 00-start-here, a path or a folder. Default: all of notebooks/.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        notebooks.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.StartsWith('-')))
                result.AddError($"Unknown option: {token.Value}. --help lists the options.");
        });
        return notebooks;
    }

    public static Option<string?> Out() => new("--out") { Description = "Output folder. Default: out/ of the repository." };

    /// <summary>Taken before anything else by <see cref="LibTorchOption"/>; declared for the help.</summary>
    public static Option<string?> LibTorch() =>
        new(LibTorchOption.Name)
        {
            Description = "Folder of another libtorch, such as the lib folder of a Python torch of the same minor version.",
        };

    /// <summary>Only these values, and a message on one line that names the option.</summary>
    public static void OneOf<T>(this Option<T> option, params string[] values)
    {
        option.CompletionSources.Clear(); // an enum's own names, in capitals
        option.CompletionSources.Add(values);
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => !values.Contains(t.Value, StringComparer.OrdinalIgnoreCase)))
                result.AddError($"{option.Name}: '{token.Value}' is none of {string.Join(", ", values)}.");
        });
    }

    /// <summary>Resolves names, or says what is wrong with them and returns null.</summary>
    public static IReadOnlyList<string>? Find(Repository repository, string[] names)
    {
        try
        {
            var found = NotebookFinder.Find(repository, names);
            if (found.Count > 0)
                return found;
            Console.Error.WriteLine(names.Length == 0
                ? "There are no notebooks in notebooks/. Run this inside a clone of GAN Notebooks, or name a notebook."
                : $"There are no notebooks in {string.Join(", ", names)}.");
        }
        catch (ArgumentException error)
        {
            Console.Error.WriteLine(TerminalText.Visible(error.Message));
        }

        return null;
    }
}
