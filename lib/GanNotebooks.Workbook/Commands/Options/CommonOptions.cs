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
            foreach (string name in result.Tokens.Select(token => token.Value))
            {
                if (name.StartsWith('-'))
                    result.AddError($"Unknown option: {OneLine.Value(name)}. --help lists the options.");
                else if (PathOptions.Wrong(name) is { } reason)
                    result.AddError($"notebook: {reason}");
                else if (Missing(name) is { } missing)
                    result.AddError(missing);
            }
        });
        return notebooks;
    }

    public static Option<string?> Out() => PathOptions.Folder("--out",
        "Output folder. Default: out/ of the repository, or out/own for notebooks of your own.");

    public static Option<RunProfile> Profile()
    {
        var profile = new Option<RunProfile>("--profile")
        {
            Description =
                "quick: each notebook within a minute. full: longer and over more seeds, with published set-ups where a notebook says so.",
        };
        profile.OneOf("quick", "full");
        return profile;
    }

    public static Option<RunDevice> Device()
    {
        var device = new Option<RunDevice>("--device") { Description = "Where tensors live; auto takes a GPU if there is one." };
        device.OneOf("auto", "cpu", "cuda");
        return device;
    }

    public static Option<int?> Seed() => NumberOptions.Whole("--seed", "Replaces every notebook's own seed.", least: 0, most: int.MaxValue);

    /// <summary>Taken before anything else by <see cref="LibTorchOption"/>; declared for the help and its checks.</summary>
    public static Option<string?> LibTorch() => PathOptions.ExistingFolder(LibTorchOption.Name,
        "Folder of another libtorch, such as the lib folder of a Python torch of the same minor version.");

    /// <summary>An option that is given or not; <c>true</c> and <c>false</c> may follow it.</summary>
    public static Option<bool> Flag(string name, string description)
    {
        var option = new Option<bool>(name) { Description = description };
        option.Validators.Add(result => Switch(name, result.Tokens.Select(token => token.Value), result.AddError));
        return option;
    }

    /// <summary>An option that is given or not, and that a resumed run can tell apart from one that was not given.</summary>
    public static Option<bool?> OptionalFlag(string name, string description)
    {
        var option = new Option<bool?>(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };
        option.Validators.Add(result => Switch(name, result.Tokens.Select(token => token.Value), result.AddError));
        return option;
    }

    /// <summary>Only these values, and a message on one line that names the option.</summary>
    public static void OneOf<T>(this Option<T> option, params string[] values)
    {
        option.HelpName = "name";
        option.CompletionSources.Clear(); // an enum's own names, in capitals
        option.CompletionSources.Add(values);
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => !values.Contains(t.Value, StringComparer.OrdinalIgnoreCase)))
                result.AddError($"{option.Name}: '{OneLine.Value(token.Value)}' is none of {string.Join(", ", values)}.");
        });
    }

    /// <summary>Only values that can be read, and a message on one line that names the option.</summary>
    /// <param name="option">The option.</param>
    /// <param name="read">Reads a value, and throws an <see cref="ArgumentException"/> that says what is wrong.</param>
    /// <param name="wrong">What is wrong with a value before it is read; null for nothing.</param>
    public static void Readable<T>(this Option<T> option, Action<string> read, Func<string, string?>? wrong = null) =>
        option.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value))
            {
                if ((wrong?.Invoke(text) ?? Reason(text)) is { } reason)
                    result.AddError($"{option.Name}: {reason}");
            }

            string? Reason(string text)
            {
                try
                {
                    read(text);
                    return null;
                }
                catch (ArgumentException error)
                {
                    return OneLine.Message(error.Message.Split(" (Parameter '")[0]) + ".";
                }
            }
        });

    /// <summary>Only these values, and a message on one line that names the argument.</summary>
    public static void OneOf(this Argument<string> argument, params string[] values)
    {
        argument.CompletionSources.Add(values);
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => !values.Contains(t.Value, StringComparer.Ordinal)))
                result.AddError($"{argument.Name}: '{OneLine.Value(token.Value)}' is none of {string.Join(", ", values)}.");
        });
    }

    /// <summary>Resolves names.</summary>
    /// <exception cref="UsageException">There are no notebooks of these names.</exception>
    public static IReadOnlyList<string> Find(Repository repository, string[] names)
    {
        var found = NotebookFinder.Find(repository, names);
        return found.Count > 0 ? found : throw new UsageException(NoNotebooks(repository, names));
    }

    /// <summary>What there is not, in words.</summary>
    internal static string NoNotebooks(Repository repository, string[] names)
    {
        string where = names.Length == 0 ? repository.Notebooks : string.Join(", ", names.Select(OneLine.Value));
        return $"There are no notebooks in {where}." + (names.Length > 0 ? ""
            : Directory.Exists(repository.Notebooks) ? " Name a notebook."
            : " Run this inside a clone of GAN Notebooks, or name a notebook.");
    }

    private static string? Missing(string name)
    {
        try
        {
            return NotebookFinder.Find(Repository.Find(), [name]).Count > 0 ? null : NoNotebooks(Repository.Find(), [name]);
        }
        catch (ArgumentException error)
        {
            return OneLine.Message(error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{OneLine.Value(name)}: {error.Message}";
        }
    }

    private static void Switch(string name, IEnumerable<string> values, Action<string> refuse)
    {
        foreach (string value in values.Where(value => !bool.TryParse(value, out _)))
            refuse($"{name} must be true or false, or have no value, not '{OneLine.Value(value)}'.");
    }
}
