using System.CommandLine;
using GanNotebooks.Workbook.Commands;

namespace GanNotebooks.Workbook.Tests.Commands;

/// <summary>
/// Every option of every command, as the command line itself lists them, with every kind of wrong value. All of them end in one line and
/// exit code 2, before anything is done.
/// </summary>
public sealed class WrongArgumentsTests : IDisposable
{
    private static readonly string[] NoText = ["", " ", "\t\n"],
        Controls = ["a\0b", "\0", "\u001b[31mred", "a\rb", "a\nb", "\u0007", "\ud800"],
        Long = [new string('9', 5000), new string('a', 5000), new string('/', 3) + new string('b', 300), new string('-', 300)];

    private static readonly string[] NoNumber =
    [
        .. NoText, .. Controls, .. Long, "many", "NaN", "nan", "Infinity", "-Infinity", "∞", "1e300", "-1e300", "1e309", "-1", "-0.5",
        "0,5", "0,0002", "1,000", "1.000,5", "1 000", "1'000", "1_000", "0x10", "1e", "e5", "--", "+", "1+1", "½", "٣", "３", "1.2.3",
        "5 ", " 5", "true", "null", "5;rm", "2147483648", "99999999999999999999", "-2147483649", "(5)", "$5", "5%", "1e-300", "1e-400",
    ];

    private static readonly string[] NoWholeNumber = [.. NoNumber, "0.5", "1.0", "1e3"];

    // A digit after a switch is the number of a notebook.
    private static readonly string[] NoSwitch =
        [" ", "\t\n", .. Controls, .. Long, "yes", "no", "on", "maybe", "NaN", "0,5", "-1", "tru", "trueish"];

    private static readonly string[] NoName =
        [.. NoText, .. Controls, .. Long, "cats", "NaN", "1e300", "-1", "0", "0,5", "cpu,cuda", "cpu cuda", "/", "..", "true", "CUDA:0"];

    private readonly TemporaryFolder folder = new();
    private readonly string file, below;

    public WrongArgumentsTests()
    {
        file = folder.Write("file.txt", "");
        below = Path.Combine(file, "below");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Command_EveryWrongValueOfEveryOption_EndsInOneLineAndExitCodeTwo()
    {
        int cases = 0;
        var wrong = new List<string>();
        foreach (string[] arguments in Commands().SelectMany(c => Cases(c.Path, c.Command)))
        {
            cases++;
            if (await Complaint(arguments) is { } complaint)
                wrong.Add($"{string.Join(" | ", arguments.Select(OneLine.Value))}: {complaint}");
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases}:\n{string.Join("\n", wrong.Take(40))}");
        Assert.InRange(cases, 1000, int.MaxValue);
    }

    // The same without a value, and twice.
    [Fact]
    public async Task Command_OptionWithoutValueOrUnknown_EndsInOneLineAndExitCodeTwo()
    {
        foreach (var (path, command) in Commands())
        {
            foreach (var option in Tried(command).Where(o => o.Arity.MinimumNumberOfValues > 0))
                Assert.Null(await Complaint([.. path, .. Required(path, option), option.Name]));
            Assert.Null(await Complaint([.. path, .. Required(path, null), "--no-such-option"]));
            Assert.Null(await Complaint([.. path, .. Required(path, null), "--no-such-option=5"]));
        }

        Assert.Null(await Complaint(["no-such-command"]));
        Assert.Null(await Complaint(["--no-such-option"]));
        Assert.Null(await Complaint(["@file-of-arguments"]));
        Assert.Null(await Complaint([""]));
        Assert.Null(await Complaint(["\0"]));
    }

    // A new kind of option needs a kind of wrong values: without this it would be tried with nothing.
    [Fact]
    public void Cases_EveryOption_HasManyWrongValues() => Assert.All(Commands(), one =>
        Assert.All(Tried(one.Command), option => Assert.InRange(Values(option).Count(), 12, 1000)));

    [Fact]
    public void Numbers_RightOnes_AreTaken()
    {
        foreach (string[] right in (string[][])
            [["train", "--run", "r", "--g-rate", "2e-4", "--d-rate", "0.0002", "--steps", "1", "--seed", "0", "--batch", "64", "--tf32"],
            ["run", "--timeout", "0.5", "--jobs", "2", "--seed", "2147483647"], ["run", "5"], ["run", "00", "05-global-optimum"],
            ["doctor", "--full", "x", "--only", "tests,times", "--max-steps", "5"], ["study", "ring-rates", "--method", "D 3e-4, G 1e-3"],
            ["bench", "mlp", "--rounds", "1"], ["check", "--fix"], ["book", "--out", "x"], ["study", "ring-rates", "--record"],
            ["train", "--help"], ["--help"], []])
        {
            Assert.Empty(CommandLine.Parse(right).Errors);
        }
    }

    // Without this a wrong value would be refused for something else that is missing, and prove nothing.
    [Fact]
    public void Required_EveryCommand_IsAllThatACommandNeeds() => Assert.All(Commands(),
        one => Assert.Empty(CommandLine.Parse([.. one.Path, .. Required(one.Path, null)]).Errors));

    // Also `sweep create`, `runs export` and the others below a command. A command that only holds others is left out.
    private static IEnumerable<(string[] Path, Command Command)> Commands() =>
        CommandLine.Create().Subcommands.SelectMany(command => Below(command, [command.Name]));

    private static IEnumerable<(string[] Path, Command Command)> Below(Command command, string[] path) =>
        command.Subcommands.SelectMany(c => Below(c, [.. path, c.Name])).Concat(command.Action is null ? [] : [(path, command)]);

    private IEnumerable<string[]> Cases(string[] path, Command command)
    {
        foreach (var option in Tried(command))
        {
            foreach (string value in Values(option))
            {
                yield return [.. path, .. Required(path, option), $"{option.Name}={value}"];
                if (option.ValueType != typeof(bool) && option.ValueType != typeof(bool?)) // there a value that stands apart is a notebook
                    yield return [.. path, .. Required(path, option), option.Name, value];
            }
        }

        foreach (var argument in path.Length == 1 ? command.Arguments : [])
        {
            string[] values =
                [.. NoName.Where(v => v is not (".." or "/" or "0")), "nowhere.ipynb", "no/where", below,
                    // A folder without notebooks is none to run. That a folder holds no runs is said by the commands that look into it.
                    .. command.Name is "film" or "runs" or "report" ? Array.Empty<string>() : [Path.GetDirectoryName(file)!]];
            foreach (string value in values)
                yield return [command.Name, value];
        }
    }

    private static IEnumerable<Option> Tried(Command command) => command.Options.Where(o => o.Name is not ("--help" or "--version"));

    private IEnumerable<string> Values(Option option) =>
        option.ValueType == typeof(int) || option.ValueType == typeof(int?) ? NoWholeNumber
        : option.ValueType == typeof(double) || option.ValueType == typeof(double?) ? NoNumber
        : option.ValueType == typeof(bool) || option.ValueType == typeof(bool?) ? NoSwitch
        : option.HelpName is "name" or "names" or "parts" ? NoName
        : option.HelpName is "name=value" or "name=value,value" or "name=from..to"
            ? [.. NoName, "Steps", "=5", "Stepps=5", "GeneratorOptimiser.LearningRate=1e-3"]
        : option.HelpName == "time" ? [.. NoName.Where(v => v != "0"), "1:2:3:4", "1h", "soon"]
        : option.HelpName == "record" ? [.. NoText, .. Controls, .. Long, "a/b", "..", "a b", "-1", "a.b", "/"]
        : option.HelpName == "partition" ? [.. NoText, .. Controls, "two words", "a b c"]
        : option.HelpName == "argument" ? [.. NoText, .. Controls, "two words", "a b c"]
        : option.HelpName is "seeds" or "measure" ? [.. NoName.Where(v => v is not ("0" or "0,5")), "1..", "..2", "1...2", "1,,2", "-1..2"]
        : option.HelpName == "folder" ? [.. Paths(), file, below, Path.Combine(file, "a", "b")]
        : option.HelpName == "file" ? [.. Paths(), folder.Path, below, "/"]
        : option.HelpName == "program" ? [.. Paths(), folder.Path, file, below, "no-such-program", "/nowhere/python"]
        : throw new InvalidOperationException($"{option.Name} is of no known kind: give it a HelpName, and this test its wrong values.");

    private static IEnumerable<string> Paths() => [.. NoText, .. Controls, .. Long.Where(text => text[0] != '/' || text.Length > 255)];

    // What a command line needs besides the option under test.
    private string[] Required(string[] path, Option? tested)
    {
        string[] Unless(string option, string value) => tested?.Name == option ? [] : [$"{option}={value}"];
        return string.Join(' ', path) switch
        {
            "study" => ["ring-rates"],
            "present" => ["05"],
            "train" => Unless("--run", "r"),
            "doctor" => Unless("--full", "r"),
            "film" or "runs" or "report" or "sweep run" or "sweep status" or "sweep table" or "sweep slurm" => [folder.Path],
            "runs export" => [folder.Path, .. tested?.Name == "--png" ? Array.Empty<string>() : ["--png=p.png"]],
            "runs compare" => [folder.Path, folder.Path],
            "runs best" => [folder.Path, .. Unless("--by", "reverse-kl")],
            "sweep create" => ["r"],
            "sweep one" => [folder.Path, "0"],
            "sweep record" => [folder.Path, .. Unless("--name", "n")],
            _ => [],
        };
    }

    private static async Task<string?> Complaint(string[] arguments)
    {
        if (CommandLine.Parse(arguments).Errors.Count == 0)
            return "is accepted"; // and is not run
        using var errors = new StringWriter();
        int code = await CommandLine.RunAsync(arguments, errors);
        string text = errors.ToString();
        return code != 2 ? $"exit code {code}"
            : !text.EndsWith('\n') || text.TrimEnd('\n').Contains('\n', StringComparison.Ordinal) ? $"no single line: {text}"
            : text.Trim().Length < 10 ? $"says nothing: {text}"
            : text.Length > 1200 ? "says too much"
            : text.TrimEnd('\n').Any(char.IsControl) ? "sends control characters to the terminal"
            : text.Contains("System.", StringComparison.Ordinal) || text.Contains("   at ", StringComparison.Ordinal)
                ? $"speaks .NET: {text}"
            : null;
    }
}
