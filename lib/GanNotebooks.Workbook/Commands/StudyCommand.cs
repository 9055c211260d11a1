using System.CommandLine;
using GanNotebooks.Data;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook study: the long runs behind the recorded tables of notebooks 08 and 09. Resumable; what is finished is not done again.</summary>
internal static class StudyCommand
{
    public static Command Create()
    {
        string[] names = [.. CollapseSetup.All.Select(s => s.Name), RecordedGradients.Study];
        var setup = new Argument<string>("study") { Description = $"Which study: {string.Join(", ", names)}." };
        setup.AcceptOnlyFromAmong(names);
        var methods = new Option<string[]>("--method") { Description = "Rows to compute. Default: all.", AllowMultipleArgumentsPerToken = true };
        methods.AcceptOnlyFromAmong([.. CollapseMethod.All.Select(m => m.Name)]);
        var seeds = new Option<int>("--seeds") { Description = "Runs of each, with the seeds 1, 2, ...", DefaultValueFactory = _ => 5 };
        var steps = new Option<int>("--steps") { Description = "Updates of the generator.", DefaultValueFactory = _ => 20_000 };
        var scratch = new Option<string?>("--scratch") { Description = "Where unfinished runs live. Default: out/study of the repository." };
        var output = new Option<string?>("--out") { Description = "Where finished runs go. Default: data/results of the repository." };
        var command = new Command("study", "Long runs, recorded under data/results: remedies against mode collapse, and DCGAN's generator gradients.") { setup, methods, seeds, steps, scratch, output };
        command.SetAction(parse =>
        {
            set_num_threads(1);
            string name = parse.GetValue(setup)!;
            string results = Path.Combine(parse.GetValue(output) ?? Path.Combine(DataFolder.Find(), "results"), name);
            string unfinished = Path.Combine(parse.GetValue(scratch) ?? Path.Combine(Repository.Find().Output, "study"), name);
            int[] seedList = [.. Enumerable.Range(1, parse.GetValue(seeds))];
            if (name == RecordedGradients.Study)
                new GradientStudy(results, unfinished).Run(Mnist.Train(), Mnist.Test(), seedList);
            else
                new CollapseStudy(CollapseSetup.All.First(s => s.Name == name), results, unfinished).Run(Rows(parse.GetValue(methods)), seedList, parse.GetValue(steps));
            return ExitCode.Success;
        });
        return command;
    }

    private static CollapseMethod[] Rows(string[]? named) => named is { Length: > 0 } ? [.. named.Select(CollapseMethod.Named)] : [.. CollapseMethod.All];
}
