using System.CommandLine;
using GanNotebooks.Data;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook study: the long runs behind notebook 09's recorded tables. Resumable; what is finished is not done again.</summary>
internal static class StudyCommand
{
    public static Command Create()
    {
        string[] names = [.. CollapseSetup.All.Select(s => s.Name)];
        var setup = new Argument<string>("setup") { Description = $"Data, networks and settings: {string.Join(", ", names)}." };
        setup.AcceptOnlyFromAmong(names);
        var methods = new Option<string[]>("--method") { Description = "Rows to compute. Default: all.", AllowMultipleArgumentsPerToken = true };
        methods.AcceptOnlyFromAmong([.. CollapseMethod.All.Select(m => m.Name)]);
        var seeds = new Option<int>("--seeds") { Description = "Runs of each, with the seeds 1, 2, ...", DefaultValueFactory = _ => 5 };
        var steps = new Option<int>("--steps") { Description = "Updates of the generator.", DefaultValueFactory = _ => 20_000 };
        var scratch = new Option<string?>("--scratch") { Description = "Where unfinished runs live. Default: out/study of the repository." };
        var output = new Option<string?>("--out") { Description = "Where finished runs go. Default: data/results of the repository." };
        var command = new Command("study", "Long runs of remedies against mode collapse, recorded under data/results.") { setup, methods, seeds, steps, scratch, output };
        command.SetAction(parse =>
        {
            set_num_threads(1);
            var chosen = CollapseSetup.All.First(s => s.Name == parse.GetValue(setup));
            CollapseMethod[] rows = parse.GetValue(methods) is { Length: > 0 } named ? [.. named.Select(CollapseMethod.Named)] : [.. CollapseMethod.All];
            string results = parse.GetValue(output) ?? Path.Combine(DataFolder.Find(), "results"), unfinished = parse.GetValue(scratch) ?? Path.Combine(Repository.Find().Output, "study");
            new CollapseStudy(chosen, Path.Combine(results, chosen.Name), Path.Combine(unfinished, chosen.Name))
                .Run(rows, [.. Enumerable.Range(1, parse.GetValue(seeds))], parse.GetValue(steps));
            return ExitCode.Success;
        });
        return command;
    }
}
