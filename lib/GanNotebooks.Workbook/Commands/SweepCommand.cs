using System.CommandLine;
using System.Text.RegularExpressions;
using GanNotebooks.Experiments;
using GanNotebooks.Workbook.Experiments;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook sweep: many runs of a plan, on this machine, on several machines with one file system, or on a cluster.</summary>
internal static partial class SweepCommand
{
    public const string Name = "sweep", Description = "Train the runs of a plan over settings and seeds, and compare them.";

    private const int MostJobs = 256;

    public static Command Create() => new(Name, Description)
    {
        SweepCreateCommand.Create(), Run(), One(), Status(), Table(), Slurm(), SweepRecordCommand.Create(),
    };

    private static Command Run()
    {
        var (folder, checkpoints, remove, any) = Training();
        var jobs = NumberOptions.Whole("--jobs", "Processes that train side by side, each with one thread.", usual: 1, least: 1,
            most: MostJobs);
        var worker = new Option<bool>("--worker") { Hidden = true };
        var command = new Command("run", "Train what is not done yet. Ctrl-C stops at checkpoints; the same command continues. Several "
            + "machines with one file system may run it at the same time.")
        {
            folder, jobs, checkpoints, remove, any, worker, CommonOptions.LibTorch(),
        };
        command.SetAction((parse, cancel) =>
        {
            var options = Options(parse, folder, checkpoints, remove, any);
            int count = parse.GetValue(jobs);
            return parse.GetValue(worker) ? Task.Run(() => AsWorker(options, cancel), CancellationToken.None)
                : count == 1 ? Task.Run(() => Here(options, cancel), CancellationToken.None)
                : SideBySideAsync(options, count, cancel);
        });
        return command;
    }

    private static Command One()
    {
        var (folder, checkpoints, remove, any) = Training();
        var run = new Argument<int>("run") { Description = "Number of the run, from 0.", HelpName = "number" };
        run.Validators.Add(result =>
        {
            if (!int.TryParse(result.Tokens[0].Value, System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture, out _))
            {
                result.AddError($"run must be the number of a run, from 0, not '{OneLine.Value(result.Tokens[0].Value)}'.");
            }
        });
        var rung = NumberOptions.Whole("--rung", "Train to this rung of successive halving only, from 1.");
        var command = new Command("one", "Train one run. Exit code 0: it has its result; 75: to be continued, by the same command; 1: it "
            + "failed. SIGUSR1 stops it at a checkpoint, with exit code 75.")
        {
            folder, run, rung, checkpoints, remove, any, CommonOptions.LibTorch(),
        };
        command.SetAction((parse, cancel) =>
        {
            var options = Options(parse, folder, checkpoints, remove, any);
            return Task.Run(() => new SweepSession(options.Open(), options, Console.Out)
                .RunOne(parse.GetValue(run), parse.GetValue(rung) - 1, cancel), CancellationToken.None);
        });
        return command;
    }

    private static Command Status()
    {
        var folder = Folder();
        var command = new Command("status", "Say which runs are done, running, failed, stale and waiting.") { folder };
        command.SetAction(parse =>
        {
            var sweep = SweepFolder.Open(parse.GetValue(folder)!);
            foreach (string line in StatusText.Of(sweep, SweepStatus.Of(sweep)).Concat(SlurmJobs.Status(sweep)))
                Console.Out.WriteLine(line);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Table()
    {
        var folder = Folder();
        string[] measures = [.. RunMeasures.All.Where(m => m.HigherIsBetter is not null).Select(m => m.Name)];
        var by = new Option<string?>("--by") { Description = $"Measure to compare by: {string.Join(", ", measures)}." };
        by.OneOf(measures);
        var budget = NumberOptions.Whole("--budget", "Runs in the column of the expected best.", SweepTable.UsualBudget, 1,
            NumberOptions.Many);
        var json = CommonOptions.Flag("--json", "Write JSON instead of a text table.");
        var command = new Command("table", "Compare the settings over their seeds: medians, intervals, tests against the first setting.")
        {
            folder, by, budget, json,
        };
        command.SetAction(parse =>
        {
            var table = SweepTable.Of(SweepFolder.Open(parse.GetValue(folder)!), parse.GetValue(by), parse.GetValue(budget));
            Console.Out.Write(parse.GetValue(json) ? table.ToJson() : table.ToString());
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Slurm()
    {
        var folder = Folder();
        var submit = CommonOptions.Flag("--submit", "Submit the scripts, and the job of the table after them.");
        var partition = Word("--partition", "Partition of the jobs.", "partition");
        var time = Word("--time", "Time limit of a task, as sbatch takes it. Longer runs are continued in the next turn.", "time");
        time.Readable(RequireTime);
        var atOnce = NumberOptions.Whole("--at-once", "Most tasks that run at the same time.");
        var warning = NumberOptions.Whole("--warning", "Seconds before the time limit at which a run writes its checkpoint.", 120, 10,
            3600);
        var checkpoints = NumberOptions.Whole("--checkpoint-every", "Steps between two checkpoints of a run. [default: 500]");
        var further = new Option<string[]>("--sbatch")
        {
            Description = "A further argument of sbatch, such as --sbatch=--mem=2G; may be repeated.", HelpName = "argument",
            Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false,
        };
        further.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(t => !t.StartsWith('-') || t.Any(char.IsControl)))
                result.AddError($"--sbatch: '{OneLine.Value(text)}' is no argument of sbatch, such as --mem=2G.");
        });
        var command = new Command("slurm",
            "Write the batch scripts of the sweep into its folder: a job array that is continued until all runs "
            + "are done, and the table after it.")
        {
            folder, submit, partition, time, atOnce, warning, checkpoints, further,
        };
        command.SetAction(parse =>
        {
            var sweep = SweepFolder.Open(parse.GetValue(folder)!);
            sweep.RequireThisLibrary();
            var scripts = new SlurmScripts(sweep, new SlurmOptions(parse.GetValue(partition), parse.GetValue(time), parse.GetValue(atOnce),
                parse.GetValue(further) ?? [], parse.GetValue(checkpoints) ?? 500, parse.GetValue(warning)));
            scripts.Write();
            if (parse.GetValue(submit))
            {
                var jobs = SlurmJobs.Submit(sweep, scripts);
                Console.Out.WriteLine(
                    $"submitted as {(jobs.Count > 2 ? "jobs" : "job")} {string.Join(", ", jobs.SkipLast(1))}; job {jobs[^1]} "
                    + $"writes {Path.Combine(sweep.Path, "table.txt")}. `workbook sweep status {sweep.Path}` says how far they are.");
            }
            else
            {
                Console.Out.WriteLine($"{scripts.RunFile} and {scripts.TableFile} are written; --submit submits them.");
            }
            return ExitCode.Success;
        });
        return command;
    }

    // Minutes, minutes:seconds, hours:minutes:seconds, and each with days before it, as the manual of sbatch has them.
    private static void RequireTime(string text)
    {
        if (text.Length > 0 && !SlurmTime().IsMatch(text))
            throw new ArgumentException($"'{OneLine.Value(text)}' is no time limit such as 90, 2:00:00 or 1-12");
    }

    [GeneratedRegex(@"^(\d{1,6}(:\d{1,2}){0,2}|\d{1,4}-\d{1,2}(:\d{1,2}){0,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex SlurmTime();

    // One word of a line that sbatch reads.
    private static Option<string?> Word(string name, string description, string kind)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = kind };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && (token.Value == "" || token.Value.Any(letter =>
                    char.IsWhiteSpace(letter) || char.IsControl(letter) || letter == 0xfffd || char.IsSurrogate(letter))))
            {
                result.AddError($"{name}: '{OneLine.Value(token.Value)}' is not one word.");
            }
        });
        return option;
    }

    internal static Argument<string> Folder() => PathOptions.FolderArgument("folder", "Folder of the sweep.");

    private static (Argument<string> Folder, Option<int?> Checkpoints, Option<bool> Remove, Option<bool> Any) Training() => (
        Folder(),
        NumberOptions.Whole("--checkpoint-every", "Steps between two checkpoints of a run. [default: 500]"),
        CommonOptions.Flag("--remove-checkpoints", "Remove the checkpoints of a run when it is finished."),
        CommonOptions.Flag("--any-library", "Continue a sweep that another version or build of the library has begun."));

    private static SweepOptions Options(ParseResult parse, Argument<string> folder, Option<int?> checkpoints, Option<bool> remove,
        Option<bool> any) => new(
        Path.GetFullPath(parse.GetValue(folder)!), parse.GetValue(checkpoints) ?? 500, parse.GetValue(remove), parse.GetValue(any));

    private static int AsWorker(SweepOptions options, CancellationToken cancel)
    {
        using var stop = SweepWorkers.StopWithParent(cancel);
        return new SweepSession(options.Open(), options, Console.Out).RunAll(stop.Token);
    }

    private static int Here(SweepOptions options, CancellationToken cancel) =>
        Ended(options, new SweepSession(options.Open(), options, Console.Out).RunAll(cancel));

    private static async Task<int> SideBySideAsync(SweepOptions options, int count, CancellationToken cancel)
    {
        options.Open();
        var workers = new SweepWorkers(
        [
            Name, "run", options.Path, "--worker", "--checkpoint-every",
            options.CheckpointEvery.ToString(System.Globalization.CultureInfo.InvariantCulture),
            .. options.RemovesCheckpoints ? ["--remove-checkpoints"] : Array.Empty<string>(),
            .. options.AnyLibrary ? ["--any-library"] : Array.Empty<string>(),
        ], count, Console.Error);
        var codes = await workers.RunAsync(cancel).ConfigureAwait(false);
        if (codes.FirstOrDefault(code => code is not (ExitCode.Success or ExitCode.ToBeContinued or ExitCode.Stopped)) is not 0 and int odd)
        {
            Console.Error.WriteLine(odd is ExitCode.Failed or ExitCode.Usage
                ? $"{Ending(SweepStatus.Of(options.Open()))} {Continue(options)}"
                : $"A worker ended with exit code {odd}. {Continue(options)}");
            return ExitCode.Failed;
        }
        return Ended(options, cancel.IsCancellationRequested ? ExitCode.Stopped : codes.Any(code => code == ExitCode.Success)
            ? ExitCode.Success : codes[0]);
    }

    private static int Ended(SweepOptions options, int code)
    {
        string state = Ending(SweepStatus.Of(options.Open()));
        Console.Out.WriteLine(code switch
        {
            ExitCode.Success => $"{state} `workbook sweep table {options.Path}` compares the settings.",
            ExitCode.Stopped => $"stopped at checkpoints: {state} {Continue(options)}",
            _ => $"{state} Other processes compute the rest.",
        });
        return code;
    }

    private static string Ending(SweepStatus status) =>
        $"{status.Done} of {status.Runs} runs done, {status.Failed.Count} failed"
            + (status.Dropped > 0 ? $", {status.Dropped} left out." : ".");

    private static string Continue(SweepOptions options) => $"`workbook sweep run {options.Path}` continues.";
}
