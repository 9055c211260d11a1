using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using GanNotebooks.Data;
using GanNotebooks.Experiments;
using GanNotebooks.Interop;
using GanNotebooks.Live;
using GanNotebooks.Studies;
using GanNotebooks.Workbook.Experiments;
using GanNotebooks.Workbook.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Commands;

/// <summary>
/// workbook study: the long runs behind the recorded tables of notebooks 08 to 10 and 12 to 17. Resumable; what is finished is not done
/// again.
/// </summary>
internal static class StudyCommand
{
    /// <summary>All studies. Names, help and refusals of the command come from this list: a new study is a new entry.</summary>
    internal static IReadOnlyList<StudyEntry> All { get; } =
    [
        .. CollapseSetup.All.Select(setup => Collapse(setup.Name, setup, [.. CollapseMethod.All.Where(m => m.Fits(setup))])),
        Collapse("ring-rates", CollapseSetup.RotatingRing, CollapseMethod.Rates),
        new(RecordedClasses.Study, ClassStudy.Methods, TakesSteps: false,
            request => new ClassStudy(request.Results, request.Scratch).Run(
                request.Methods.Count > 0
                    ? [.. ClassStudy.Methods.Where(m => request.Methods.Contains(m, StringComparer.OrdinalIgnoreCase))]
                    : ClassStudy.Methods,
                request.Seeds)),
        new(RecordedConditionalImages.Study, ConditionalImagesRecipe.Methods, TakesSteps: false,
            request => new ConditionalImagesStudy(request.Results, request.Scratch).Run(
                request.Methods.Count > 0
                    ? [.. ConditionalImagesRecipe.Methods.Where(m => request.Methods.Contains(m, StringComparer.OrdinalIgnoreCase))]
                    : ConditionalImagesRecipe.Methods,
                request.Seeds)),
        new(RecordedDataEfficiency.Study, RecordedDataEfficiency.Methods, TakesSteps: false,
            request => new DataEfficiencyStudy(request.Results, request.Scratch).Run(Mnist.Train(), Mnist.Test(),
                DataEfficiencyStudy.Cells.Where(c => request.Methods.Count == 0
                    || request.Methods.Contains(c.Method, StringComparer.OrdinalIgnoreCase)), request.Seeds)),
        new(RecordedText.Study, TextStudy.Methods, TakesSteps: false,
            request => new TextStudy(request.Results).Run(
                request.Methods.Count > 0 ? Chosen(TextStudy.Methods, request.Methods) : TextStudy.Methods, request.Seeds)),
        .. ((CharacterCorpus[])[CharacterCorpus.NumberWords, CharacterCorpus.Captions]).Select(corpus =>
            new StudyEntry(corpus.Study, WordStudy.Methods, TakesSteps: false, request => new WordStudy(request.Results, corpus).Run(
                request.Methods.Count > 0 ? Chosen(WordStudy.Methods, request.Methods) : WordStudy.Methods, request.Seeds))),
        new(RecordedGradients.Study, [], TakesSteps: false,
            request => new GradientStudy(request.Results, request.Scratch).Run(Mnist.Train(), Mnist.Test(), request.Seeds)),
        new(RecordedLatent.Study, LatentStudy.Methods, TakesSteps: false,
            request => new LatentStudy(request.Results, request.Scratch).Run(Mnist.Train(), Mnist.Test(),
                request.Methods.Count > 0
                    ? [.. LatentStudy.Methods.Where(m => request.Methods.Contains(m, StringComparer.OrdinalIgnoreCase))]
                    : LatentStudy.Methods,
                request.Seeds)),
        new(RecordedOriginal.Study, OriginalStudy.Methods, TakesSteps: true,
            request => new OriginalStudy(request.Results, request.Scratch).Run(Mnist.Train(), Mnist.Test(),
                request.Methods.Count > 0 ? request.Methods : OriginalStudy.Methods, request.Seeds, request.Steps)),
        new(RecordedRbm.Study, RbmStudy.Methods, TakesSteps: false,
            request => new RbmStudy(request.Results, request.Scratch).Run(Mnist.Train(), Mnist.Test(),
                request.Methods.Count > 0 ? request.Methods : RbmStudy.Methods, request.Seeds)),
        new(RecordedProbes.Study, [], TakesSteps: false,
            request => CompareFeatures(request.Seeds).Write(Path.Combine(request.Results, "results.json"))),
        new(RecordedStacked.Study, StackedStudy.Methods, TakesSteps: false,
            request => new StackedStudy(request.Results, request.Scratch)
            {
                Keep = (generator, file) => generator.save_safetensors(file)
            }.Run(StackedRows(request.Methods), request.Seeds))
        {
            OwnKind = OwnDataKind.Folder,
            OnOwnData = (data, request) => StudyPlan.OfStacked(StackedRows(request.Methods), data, request.Steps, request.Seeds),
        },
        new(RecordedStuck.Study, [], TakesSteps: false,
            request => new StuckStudy(request.Results, request.Scratch).Run(Mnist.Train(), request.Seeds)),
        new(RecordedFrames.Study, FrameRecipe.Methods, TakesSteps: false,
            request => new FrameStudy(request.Results, request.Scratch).Run(Mnist.Train(), Mnist.Test(),
                request.Methods.Count > 0
                    ? [.. FrameRecipe.Methods.Where(m => request.Methods.Contains(m, StringComparer.OrdinalIgnoreCase))]
                    : FrameRecipe.Methods,
                request.Seeds)),
        new(RecordedSwap.Study, SwapStudy.Methods, TakesSteps: false,
            request => new SwapStudy(request.Results, request.Scratch).Run(
                request.Methods.Count > 0
                    ? [.. SwapStudy.Methods.Where(m => request.Methods.Contains(m, StringComparer.OrdinalIgnoreCase))]
                    : SwapStudy.Methods,
                request.Seeds)),
        new(RecordedSession.Study, [], TakesSteps: false, request => new SessionStudy(request.Results).Run()) { TakesSeeds = false },
    ];

    public const string Name = "study", Description = "Compute the long runs behind the recorded tables of the notebooks; resumable.";

    private const int MostSeeds = 1000;

    private static string WithMethods => Names(All.Where(s => s.Methods.Count > 0));

    private static string WithSteps => Names(All.Where(s => s.TakesSteps));

    public static Command Create()
    {
        var study = new Argument<string>("study") { Description = $"Which study: {Names(All)}.", HelpName = "study" };
        study.OneOf([.. All.Select(s => s.Name)]);
        var methods = new Option<string[]>("--method")
        {
            Description = "Rows to compute, by name; a wrong name is answered with those of the study. Default: those that data/results "
                + "has at this length, or all.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "names",
        };
        var data = new Option<string?>("--data")
        {
            Description = $"Your own data instead of the study's, folder:DIR or csv:FILE, for {Names(OnOwnData)}. The runs are a sweep.",
        };
        OwnDataOptions.Allow(data);
        methods.CompletionSources.Add([.. All.SelectMany(s => s.Methods).Distinct()]);
        var seeds = NumberOptions.Whole("--seeds", "Runs of each, with the seeds 1, 2, ...", usual: 5, least: 1, most: MostSeeds);
        var steps = NumberOptions.Whole("--steps", "Updates of the generator, where a study leaves the number open.", usual: 20_000,
            least: 1, most: NumberOptions.Many);
        var threads = NumberOptions.Whole("--threads", "Threads of torch. Another number rounds otherwise: the record names it.",
            usual: 1, least: 1, most: TrainOptions.MostThreads);
        var scratch = PathOptions.Folder("--scratch", "Folder of unfinished runs. Default: out/study of the repository.");
        var output = PathOptions.Folder("--out", "Folder of finished runs. Default: out/results of the repository.");
        var record = CommonOptions.Flag("--record", "Compute what data/results does not have yet, and write it there.");
        var command = new Command(Name, Description) { study, methods, data, seeds, steps, threads, scratch, output, record };
        command.Validators.Add(result =>
        {
            if (result.Errors.Any() || All.FirstOrDefault(s => s.Name == result.GetValue(study)) is not { } chosen)
                return;
            if (result.GetResult(methods) is { Implicit: false } given)
            {
                if (chosen.Methods.Count == 0)
                    result.AddError($"--method is for {WithMethods}.");
                else if (given.Tokens.FirstOrDefault(t => !chosen.Methods.Contains(t.Value, StringComparer.OrdinalIgnoreCase)) is { } odd)
                    result.AddError($"--method: '{OneLine.Value(odd.Value)}' is none of {Listed(chosen.Methods)}.");
            }
            if (result.GetValue(record) && result.GetResult(output) is { Implicit: false })
                result.AddError("--record and --out name two places for the same runs: leave one of them out.");
            if (result.GetResult(data) is not null)
            {
                if (chosen.OnOwnData is null)
                    result.AddError($"--data is for {Names(OnOwnData)}; `workbook sweep` compares any settings on your own data.");
                if (result.GetValue(record))
                    result.AddError("--record is for the studies' own data: leave it or --data out.");
                if (result.GetResult(scratch) is { Implicit: false })
                    result.AddError("--scratch is for the studies' own data: with --data all is in the folder of the sweep.");
                if (result.GetResult(threads) is { Implicit: false })
                    result.AddError("--threads is for the studies' own data: with --data the runs go side by side, one thread each.");
            }
            if (!chosen.TakesSeeds && result.GetResult(seeds) is { Implicit: false })
                result.AddError($"--seeds is not for {chosen.Name}: it has the seed of its preset.");
            if (!chosen.TakesSteps && result.GetResult(data) is null && result.GetResult(steps) is { Implicit: false })
                result.AddError($"--steps is for {WithSteps}.");
        });
        command.SetAction((parse, cancel) =>
        {
            var repository = Repository.Find();
            var chosen = All.First(s => s.Name == parse.GetValue(study));
            if (parse.GetValue(data) is { } given && OwnDataName.Parse(given).Kind != chosen.OwnKind)
            {
                throw new UsageException(
                    $"--data: {chosen.Name} takes {(chosen.OwnKind is OwnDataKind.Csv ? "points, csv:FILE" : "images, folder:DIR")}.");
            }
            string results = parse.GetValue(record)
                ? OutputFolder.Of(repository, Path.Combine(DataFolder.Find(), "results"), record.Name, Console.Error.WriteLine)
                : parse.GetValue(output) is { } named ? OutputFolder.Of(repository, named, output.Name, Console.Error.WriteLine)
                : Path.Combine(OutputFolder.Of(repository, null, output.Name, Console.Error.WriteLine), "results");
            string unfinished = parse.GetValue(scratch) is { } folder
                ? OutputFolder.Of(repository, folder, scratch.Name, Console.Error.WriteLine)
                : Path.Combine(OutputFolder.Of(repository, null, scratch.Name, _ => { }), "study");
            if (parse.GetValue(data) is { } own)
            {
                var asked = new StudyRequest(OwnDataStudy.Folder(results, chosen.Name, own), "", parse.GetValue(methods) ?? [],
                    [.. Enumerable.Range(1, parse.GetValue(seeds))], parse.GetValue(steps));
                return Task.Run(() => OwnDataStudy.Run(asked.Results, chosen.OnOwnData!(own, asked), cancel), CancellationToken.None);
            }
            var request = new StudyRequest(Path.Combine(results, chosen.Name), Path.Combine(unfinished, chosen.Name),
                parse.GetValue(methods) ?? [], [.. Enumerable.Range(1, parse.GetValue(seeds))], parse.GetValue(steps));
            set_num_threads(parse.GetValue(threads));
            return Task.Run(() => Run(chosen, request, parse.GetValue(record), cancel), CancellationToken.None);
        });
        return command;
    }

    private static string[] Chosen(IReadOnlyList<string> all, IReadOnlyList<string> named) =>
        [.. all.Where(m => named.Contains(m, StringComparer.OrdinalIgnoreCase))];

    // Names of methods may contain commas.
    private static string Listed(IReadOnlyList<string> methods) => string.Join("; ", methods);

    private static int Run(StudyEntry chosen, StudyRequest request, bool record, CancellationToken cancel)
    {
        AppContext.SetData("GanNotebooks.Host.Cancellation", cancel);
        try
        {
            chosen.Run(request);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"stopped. Finished runs are in {request.Results}; the same command continues, at the last checkpoint of "
                + "the run that was stopped.");
            return ExitCode.Stopped;
        }

        Console.WriteLine($"finished runs are in {request.Results}"
            + (record ? "; notebooks read them once data/results/SHA256SUMS lists them (see data/results/README.md)" : ""));
        return ExitCode.Success;
    }

    private static IEnumerable<StudyEntry> OnOwnData => All.Where(s => s.OnOwnData is not null);

    private static string Names(IEnumerable<StudyEntry> studies) => string.Join(", ", studies.Select(s => s.Name));

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

    private static IReadOnlyList<string> StackedRows(IReadOnlyList<string> named) =>
        named.Count > 0
            ? [.. StackedStudy.Methods.Where(m => named.Contains(m, StringComparer.OrdinalIgnoreCase))]
            : StackedStudy.Methods;

    private static StudyEntry Collapse(string name, CollapseSetup setup, IReadOnlyList<CollapseMethod> methods) => new(
        name, [.. methods.Select(m => m.Name)], TakesSteps: true,
        request => new CollapseStudy(setup, request.Results, request.Scratch).Run(
            request.Methods.Count > 0 ? [.. request.Methods.Select(named => methods.First(m => m.HasName(named)))]
            : Recorded(name, methods, request.Steps) is { Count: > 0 } rows ? rows
            : methods,
            request.Seeds, request.Steps))
    {
        OnOwnData = setup.Model is null ? null : (data, request) => StudyPlan.Of(setup,
            request.Methods.Count > 0 ? [.. request.Methods.Select(named => methods.First(m => m.HasName(named))).Distinct()] : methods,
            data, request.Steps, request.Seeds),
    };

    // The recorded table again: rows that it does not have would be added to it.
    private static IReadOnlyList<CollapseMethod> Recorded(string study, IReadOnlyList<CollapseMethod> methods, int steps) =>
        Directory.Exists(Path.Combine(DataFolder.Find(), "results", study))
            ? [.. methods.Where(m => RecordedRun.Of(study).Any(r => r.Steps == steps && m.HasName(r.Method)))]
            : [];
}

/// <summary>A study that the command can run.</summary>
/// <param name="Name">Its name, which is also that of its folder below <c>data/results</c>.</param>
/// <param name="Methods">The rows that <c>--method</c> can choose; none if the study has no rows.</param>
/// <param name="TakesSteps">Whether <c>--steps</c> sets the length of its runs.</param>
/// <param name="Run">Computes what is missing.</param>
internal sealed record StudyEntry(string Name, IReadOnlyList<string> Methods, bool TakesSteps, Action<StudyRequest> Run)
{
    /// <summary>Whether <c>--seeds</c> chooses its runs.</summary>
    public bool TakesSeeds { get; init; } = true;

    /// <summary>The sweep that has the study's rows on a reader's own data, by their name; null if they need the study's own.</summary>
    public Func<string, StudyRequest, SweepPlan>? OnOwnData { get; init; }

    /// <summary>What these data are: points in a table, or a folder of images.</summary>
    public OwnDataKind OwnKind { get; init; } = OwnDataKind.Csv;
}

/// <summary>The options of one call of the command.</summary>
/// <param name="Results">The folder of finished runs.</param>
/// <param name="Scratch">The folder of unfinished runs.</param>
/// <param name="Methods">The chosen rows; an empty list means the default.</param>
internal sealed record StudyRequest(string Results, string Scratch, IReadOnlyList<string> Methods, int[] Seeds, int Steps);
