using System.CommandLine;
using GanNotebooks.Data;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook study: the long runs behind notebook 09's recorded tables. Resumable; what is finished is not done again.</summary>
internal static class StudyCommand
{
    private const double PacGanRadius = 1, PacGanSigma = 0.01;

    public static Command Create()
    {
        var data = new Argument<string>("data") { Description = "ring: 8 modes, radius 1, sigma 0.01. grid: 5 x 5, step 2, sigma 0.05. Both as in PacGAN." };
        data.AcceptOnlyFromAmong("ring", "grid");
        var methods = new Option<string[]>("--method") { Description = "Rows to compute. Default: all.", AllowMultipleArgumentsPerToken = true };
        var seeds = new Option<int>("--seeds") { Description = "Runs of each, with the seeds 1, 2, ...", DefaultValueFactory = _ => 5 };
        var steps = new Option<int>("--steps") { Description = "Updates of the discriminator.", DefaultValueFactory = _ => 20_000 };
        var scratch = new Option<string?>("--scratch") { Description = "Where unfinished runs live. Default: out/study of the repository." };
        var output = new Option<string?>("--out") { Description = "Where finished runs go. Default: data/results of the repository." };
        var command = new Command("study", "Long runs on the ring or the grid, recorded under data/results for notebook 09.") { data, methods, seeds, steps, scratch, output };
        command.SetAction(parse =>
        {
            var (repository, name) = (Repository.Find(), parse.GetValue(data)!);
            set_num_threads(1);
            CollapseMethod[] rows = parse.GetValue(methods) is { Length: > 0 } named ? [.. named.Select(CollapseMethod.Named)] : [.. CollapseMethod.All];
            new CollapseStudy(
                Path.Combine(parse.GetValue(output) ?? Path.Combine(DataFolder.Find(), "results"), name), Path.Combine(parse.GetValue(scratch) ?? Path.Combine(repository.Output, "study"), name))
                .Run(seed => NewData(name, seed), rows, [.. Enumerable.Range(1, parse.GetValue(seeds))], parse.GetValue(steps));
            return ExitCode.Success;
        });
        return command;
    }

    private static GaussianModesData NewData(string name, int seed) => name switch
    {
        "ring" => new RingData(radius: PacGanRadius, sigma: PacGanSigma, seed: seed),
        "grid" => new GridData(seed: seed),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "ring or grid"),
    };
}
