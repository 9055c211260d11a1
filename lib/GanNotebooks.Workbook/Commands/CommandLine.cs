using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace GanNotebooks.Workbook.Commands;

/// <summary>
/// The command line as a whole. A wrong argument ends in one line and exit code 2, a failure in one line and exit code 1, a signal in
/// exit code 128 plus its number.
/// </summary>
internal static class CommandLine
{
    /// <summary>How long a command may go on after a signal: to end a notebook's process, to write a checkpoint and the report.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly (string Name, string Description, Func<Command> Create)[] Commands =
    [
        (RunCommand.Name, RunCommand.Description, RunCommand.Create),
        (BookCommand.Name, BookCommand.Description, BookCommand.Create),
        (SlidesCommand.Name, SlidesCommand.Description, SlidesCommand.Create),
        (PresentCommand.Name, PresentCommand.Description, PresentCommand.Create),
        (LabCommand.Name, LabCommand.Description, LabCommand.Create),
        (CheckCommand.Name, CheckCommand.Description, CheckCommand.Create),
        (TrainCommand.Name, TrainCommand.Description, TrainCommand.Create),
        (FilmCommand.Name, FilmCommand.Description, FilmCommand.Create),
        (RunsCommand.Name, RunsCommand.Description, RunsCommand.Create),
        (ReportCommand.Name, ReportCommand.Description, ReportCommand.Create),
        (BenchCommand.Name, BenchCommand.Description, BenchCommand.Create),
        (DoctorCommand.Name, DoctorCommand.Description, DoctorCommand.Create),
        (SweepCommand.Name, SweepCommand.Description, SweepCommand.Create),
        (StudyCommand.Name, StudyCommand.Description, StudyCommand.Create),
    ];

    /// <summary>All commands with all their options.</summary>
    public static RootCommand Create() => Create(_ => true);

    /// <summary>Reads the arguments.</summary>
    public static ParseResult Parse(string[] arguments)
    {
        bool completes = arguments is [['[', ..], ..];
        var root = Create(name => completes || arguments.Contains(name));
        // An argument that begins with @ is a name like any other.
        return root.Parse(arguments.Length == 0 ? ["--help"] : arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    /// <summary>Runs a command.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter errors)
    {
        using var stop = new StopRequest();
        int code = await RunAsync(arguments, errors, stop).ConfigureAwait(false);
        return code == ExitCode.Stopped ? stop.Code : code;
    }

    private static async Task<int> RunAsync(string[] arguments, TextWriter errors, StopRequest stop)
    {
        try
        {
            LibTorchOption.Apply(arguments);
            var parsed = Parse(arguments);
            if (parsed.Errors.Count > 0)
            {
                Say(errors, OneLine.Message(Telling(parsed.Errors)));
                return ExitCode.Usage;
            }

            return await RunAsync(parsed, errors, stop).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The one net under every command: whatever it is, the reader sees one line.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Say(errors, Failures.Cause(error) is OperationCanceledException ? "stopped" : Failures.Line(error));
            if (Environment.GetEnvironmentVariable(Failures.TraceVariable) == "1")
                Say(errors, error.ToString());
            return Failures.Code(error);
        }
    }

    private static async Task<int> RunAsync(ParseResult parsed, TextWriter errors, StopRequest stop)
    {
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // StopRequest takes the signals
        };
        var action = Task.Run(() => parsed.InvokeAsync(configuration, stop.Token), CancellationToken.None);
        // A command without a token writes whole files or none, and can end at once.
        var patience = parsed.Action is AsynchronousCommandLineAction ? Patience : TimeSpan.Zero;
        if (!await stop.EndsAsync(action, patience).ConfigureAwait(false))
        {
            Say(errors, "stopped");
            return ExitCode.Stopped;
        }

        int code = await action.ConfigureAwait(false);
        await Console.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return code;
    }

    // What was given and is wrong says more than what is missing.
    private static string Telling(IReadOnlyList<ParseError> errors) =>
        (errors.FirstOrDefault(e => !e.Message.EndsWith("required.", StringComparison.Ordinal)
            && !e.Message.EndsWith("provided.", StringComparison.Ordinal)) ?? errors[0]).Message;

    // Only the commands that are asked for are made in full: the options of some come from the library, which loads torch.
    private static RootCommand Create(Func<string, bool> inFull)
    {
        var root = new RootCommand("GAN Notebooks: run the workbook's notebooks, check them, and make the book.");
        foreach (var (name, description, create) in Commands)
            root.Add(inFull(name) ? create() : new Command(name, description));
        return root;
    }

    private static void Say(TextWriter errors, string line)
    {
        try
        {
            errors.WriteLine(line);
            errors.Flush();
        }
        catch (IOException)
        {
            // Nobody can read it; the exit code remains.
        }
    }
}
