using System.CommandLine;
using System.Globalization;
using GanNotebooks.Experiments;
using GanNotebooks.Plotting;
using GanNotebooks.Workbook.Runs;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook runs: lists, compares and exports what `train` and notebooks have left in folders of runs.</summary>
internal static class RunsCommand
{
    public const string Name = "runs",
        Description = "List the runs in a folder; compare them, find the best, export samples and weights.";

    private const int MostSamples = 100_000, MostColumns = 1000;

    public static Command Create()
    {
        var folder = Folder("folder", "A folder of runs, or one run.");
        var command = new Command(Name, Description) { folder, Compare(), Best(), Export() };
        folder.Arity = ArgumentArity.ZeroOrOne; // the subcommands have their own
        command.Validators.Add(result =>
        {
            if (result.GetResult(folder) is not { Tokens.Count: > 0 })
                result.AddError("Name a folder of runs, or one of compare, best, export.");
        });
        command.SetAction(parse =>
        {
            var runs = RunSummary.In(parse.GetValue(folder)!);
            if (runs.Count == 0)
                throw new UsageException($"{parse.GetValue(folder)} holds no run.");
            Print(runs.Overview());
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Compare()
    {
        var folders = new Argument<string[]>("run") { Description = "Runs, or folders of runs.", Arity = ArgumentArity.OneOrMore };
        folders.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                Require(token.Value, folders.Name, result.AddError);
        });
        var output = PathOptions.NewFile("--out", "HTML file for curves over each other, settings, measures and samples.");
        var command = new Command("compare", "The settings that differ, and the measures with intervals over seeds.") { folders, output };
        command.SetAction(parse =>
        {
            var runs = Found(parse.GetValue(folders)!);
            var (different, same) = RunSummary.Compare(runs);
            Print(runs.DifferenceTable(different.Count == 0 ? "No setting differs."
                : string.Create(CultureInfo.InvariantCulture, $"Settings that differ; {same.Count} are the same.")));
            Console.Out.WriteLine();
            Print(runs.MeasureTable("Measures at the end; several seeds: interquartile mean and its 95 % bootstrap interval."));
            if (parse.GetValue(output) is { } file)
            {
                string path = Path.GetFullPath(file);
                RunReport.WritePage(path, "Runs compared", runs);
                Console.Out.WriteLine(TerminalText.Visible($"curves, settings, measures and samples: {path}"));
            }
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Best()
    {
        var folder = Folder("folder", "A folder of runs.");
        var by = new Option<string>("--by") { Description = "The measure.", Required = true, HelpName = "measure" };
        by.OneOf([.. RunMeasures.All.Where(m => m.HigherIsBetter is not null).Select(m => m.Name)]);
        var count = NumberOptions.Whole("--count", "Rows of the table.", usual: 10, least: 1, most: MostSamples);
        var command = new Command("best", "The settings and the runs with the best values of a measure.") { folder, by, count };
        command.SetAction(parse =>
        {
            var measure = RunMeasures.Named(parse.GetValue(by)!);
            if (measure.HigherIsBetter is not { } higher)
                throw new UsageException($"{measure.Name} describes the data and not the runs: no value of it is better than another.");
            var runs = RunSummary.In(parse.GetValue(folder)!)
                .Where(run => run.Measures.ContainsKey(measure.Name)).ToList();
            if (runs.Count == 0)
                throw new UsageException($"{parse.GetValue(folder)} holds no finished run with the measure {measure.Name}.");
            double sign = higher ? -1 : 1;
            var groups = RunGroup.Of(runs).Where(group => group.Values(measure.Name).Count > 0).ToList();
            if (groups.Count < runs.Count)
            {
                var ordered = groups.OrderBy(g => sign * SeedStatistics.InterquartileMean(g.Values(measure.Name)))
                    .Take(parse.GetValue(count));
                Print(((IReadOnlyList<RunSummary>)[.. ordered.SelectMany(g => g.Runs)]).MeasureTable(
                    $"Settings by {measure.Name}, {(higher ? "higher" : "lower")} is better."));
                Console.Out.WriteLine();
            }

            Print(new Table($"Runs by {measure.Name}, {(higher ? "higher" : "lower")} is better.", "run", "setting", "seed", measure.Name)
                .Rows(runs.OrderBy(run => sign * run.Measures[measure.Name]).Take(parse.GetValue(count)), run =>
                    [run.Name, groups.First(g => g.Runs.Contains(run)).Label, run.Seed?.ToString(CultureInfo.InvariantCulture) ?? "–",
                        run.Measures[measure.Name].ToString("G6", CultureInfo.InvariantCulture)]));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Export()
    {
        var folder = Folder("run", "A run of `workbook train`.");
        var samples = NumberOptions.Whole("--samples", "Number of samples.", usual: 100, least: 1, most: MostSamples);
        var index = NumberOptions.Whole("--index", "Number of the batch of noise; another one gives other samples.", usual: 0, least: 0,
            most: int.MaxValue);
        var grid = NumberOptions.Whole("--grid", "Images in a row of the picture.", usual: 10, least: 1, most: MostColumns);
        var png = PathOptions.NewFile("--png", "File for a picture of the samples in rows.");
        var npy = PathOptions.NewFile("--npy", "File for the samples as an array of NumPy, float32.");
        var csv = PathOptions.NewFile("--csv", "File for samples that are points, one a line.");
        var weights = PathOptions.Folder("--weights", "Folder for the weights of both networks, .safetensors and .pth.");
        var command = new Command("export", "Samples and weights of the newest checkpoint. The run does not change.")
        {
            folder, samples, index, grid, png, npy, csv, weights, CommonOptions.LibTorch(),
        };
        Option<string?>[] outputs = [png, npy, csv, weights];
        command.Validators.Add(result =>
        {
            if (outputs.All(option => result.GetResult(option) is null))
                result.AddError($"Name what to write: {string.Join(", ", outputs.Select(option => option.Name))}.");
        });
        command.SetAction(parse =>
        {
            string? Full(Option<string?> option) => parse.GetValue(option) is { } path ? Path.GetFullPath(path) : null;
            var export = new RunExport(parse.GetValue(samples), parse.GetValue(index), parse.GetValue(grid))
            {
                Png = Full(png),
                Npy = Full(npy),
                Csv = Full(csv),
                Weights = Full(weights),
            };
            foreach (string line in export.Write(Path.GetFullPath(parse.GetValue(folder)!), Console.Error.WriteLine))
                Console.Out.WriteLine(TerminalText.Visible(line));
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The runs in all of these folders, each once; with names that tell them apart.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    internal static IReadOnlyList<RunSummary> Found(IReadOnlyList<string> folders)
    {
        var runs = folders.SelectMany(RunSummary.In).DistinctBy(run => run.Folder).ToList();
        return runs.Count > 0 ? runs : throw new UsageException($"{string.Join(", ", folders.Select(OneLine.Value))}: there is no run.");
    }

    /// <summary>An argument that names a folder to read.</summary>
    internal static Argument<string> Folder(string name, string description)
    {
        var folder = new Argument<string>(name) { Description = description };
        folder.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                Require(token.Value, name, result.AddError);
        });
        return folder;
    }

    private static void Require(string path, string name, Action<string> refuse)
    {
        if (PathOptions.Wrong(path) is { } reason)
            refuse($"{name}: {reason}");
        else if (!Directory.Exists(path))
            refuse($"{name}: there is no folder '{OneLine.Value(path)}'.");
    }

    private static void Print(Table table)
    {
        foreach (string line in table.ToText().Split(Environment.NewLine))
            Console.Out.WriteLine(TerminalText.Visible(line));
    }
}
