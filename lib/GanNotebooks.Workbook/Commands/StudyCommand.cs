using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Interop;
using GanNotebooks.Studies;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Commands;

/// <summary>
/// workbook study: the long runs behind the recorded tables of notebooks 08, 09, 12 and 13. Resumable; what is finished is not done again.
/// </summary>
internal static class StudyCommand
{
    public static Command Create()
    {
        string collapseStudies = string.Join(", ", CollapseSetup.All.Select(s => s.Name));
        string[] rows = [.. CollapseMethod.All.Select(m => m.Name)];
        string[] names = [.. CollapseSetup.All.Select(s => s.Name), RecordedGradients.Study, RecordedProbes.Study, RecordedStacked.Study];
        var setup = new Argument<string>("study") { Description = $"Which study: {string.Join(", ", names)}." };
        setup.AcceptOnlyFromAmong(names);
        var methods = new Option<string[]>("--method")
        {
            Description =
                $"Rows to compute. For {collapseStudies}, of {string.Join(", ", rows)}; default: those that data/results has at this "
                    + $"length, or all if it has none. For {RecordedStacked.Study}, of {string.Join(", ", StackedStudy.Methods)}; "
                        + "default: all.",
            AllowMultipleArgumentsPerToken = true,
        };
        methods.CompletionSources.Add([.. rows, .. StackedStudy.Methods]);
        var seeds = new Option<int>("--seeds") { Description = "Runs of each, with the seeds 1, 2, ...", DefaultValueFactory = _ => 5 };
        var steps = new Option<int>("--steps")
        {
            Description = $"For {collapseStudies}: updates of the generator.",
            DefaultValueFactory = _ => 20_000
        };
        foreach (var counted in new[] { seeds, steps })
        {
            counted.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < 1)
                    result.AddError($"{counted.Name} must be at least 1.");
            });
        }
        var scratch =
            new Option<string?>("--scratch") { Description = "Where unfinished runs live. Default: out/study of the repository." };
        var output = new Option<string?>("--out") { Description = "Where finished runs go. Default: data/results of the repository." };
        var command =
            new Command("study",
                "Long runs, recorded under data/results: remedies against mode collapse, DCGAN's generator gradients, features of a "
                    + "discriminator, modes of stacked MNIST.") { setup, methods, seeds, steps, scratch, output };
        command.Validators.Add(result =>
        {
            string? study = result.GetValue(setup);
            bool collapses = CollapseSetup.All.Any(s => s.Name == study);
            if (result.GetResult(methods) is { Implicit: false } given)
            {
                var known = collapses ? rows : study == RecordedStacked.Study ? StackedStudy.Methods : [];
                if (known.Count == 0)
                    result.AddError($"--method is for {collapseStudies} and {RecordedStacked.Study}.");
                else if (given.Tokens.FirstOrDefault(t => !known.Contains(t.Value, StringComparer.OrdinalIgnoreCase)) is { } odd)
                    result.AddError($"--method: '{odd.Value}' is none of {string.Join(", ", known)}.");
            }
            if (!collapses && result.GetResult(steps) is { Implicit: false })
                result.AddError($"--steps is for {collapseStudies}.");
        });
        command.SetAction(parse =>
        {
            set_num_threads(1);
            string name = parse.GetValue(setup)!;
            string results = Path.Combine(parse.GetValue(output) ?? Path.Combine(DataFolder.Find(), "results"), name);
            string unfinished = Path.Combine(parse.GetValue(scratch) ?? Path.Combine(Repository.Find().Output, "study"), name);
            int[] seedList = [.. Enumerable.Range(1, parse.GetValue(seeds))];
            if (name == RecordedGradients.Study)
            {
                new GradientStudy(results, unfinished).Run(Mnist.Train(), Mnist.Test(), seedList);
            }
            else if (name == RecordedProbes.Study)
            {
                CompareFeatures(seedList).Write(Path.Combine(results, "results.json"));
            }
            else if (name == RecordedStacked.Study)
            {
                new StackedStudy(results, unfinished) { Keep = (generator, file) => generator.save_safetensors(file) }
                    .Run(StackedRows(parse.GetValue(methods)), seedList);
            }
            else
            {
                new CollapseStudy(CollapseSetup.All.First(s => s.Name == name), results, unfinished)
                    .Run(Rows(parse.GetValue(methods), name, parse.GetValue(steps)), seedList, parse.GetValue(steps));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static RecordedProbes CompareFeatures(int[] seeds)
    {
        int[] budgets = [100, 1000, 10_000];
        var clock = Stopwatch.StartNew();
        using var dcgan = Pretrained.MnistDcgan();
        var (train, test) = (Mnist.Train(), Mnist.Test());
        using var comparison =
            new LinearProbeComparison(train, test, LinearProbeComparison.Standard(dcgan.Discriminator, train, Lab.DefaultSeed));
        var results = comparison.Run(budgets, seeds).ToList();
        foreach (var (budget, seed) in budgets.SelectMany(b => seeds.Select(s => (b, s))))
            results.Add(comparison.Supervised(test, budget, seed));
        string description = string.Create(CultureInfo.InvariantCulture,
            $"discriminator of {dcgan.Name}; {test.Count:N0} test images of MNIST; seeds 1 to {seeds.Length}; "
            + $"TorchSharp {typeof(Tensor).Assembly.GetName().Version?.ToString(3)}, libtorch {__version__}, .NET {Environment.Version}");
        return new RecordedProbes(description, Math.Round(clock.Elapsed.TotalSeconds), results);
    }

    private static IReadOnlyList<string> StackedRows(string[]? named) =>
        named is { Length: > 0 }
            ? [.. StackedStudy.Methods.Where(m => named.Contains(m, StringComparer.OrdinalIgnoreCase))]
            : StackedStudy.Methods;

    private static CollapseMethod[] Rows(string[]? named, string study, int steps) =>
        named is { Length: > 0 } ? [.. named.Select(CollapseMethod.Named)]
            : Recorded(study, steps) is { Length: > 0 } rows ? rows
            : [.. CollapseMethod.All];

    // The recorded table again: rows that it does not have would be added to it.
    private static CollapseMethod[] Recorded(string study, int steps) => Directory.Exists(Path.Combine(DataFolder.Find(), "results", study))
        ? [.. RecordedRun.Of(study).Where(r => r.Steps == steps).Select(r => r.Method).Distinct().Select(CollapseMethod.Named)]
        : [];
}
