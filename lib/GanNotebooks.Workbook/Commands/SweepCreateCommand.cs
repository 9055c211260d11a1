using System.CommandLine;
using GanNotebooks.Experiments;
using GanNotebooks.Studies;
using GanNotebooks.Workbook.Training;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook sweep create: a plan, from a file or from options, becomes a folder of frozen runs.</summary>
internal static class SweepCreateCommand
{
    public static Command Create()
    {
        var folder = SweepCommand.Folder();
        var plan = PathOptions.ExistingFile("--plan", "File of the plan, JSON. The other options are for a sweep without one.");
        var data = new Option<string?>("--data") { Description = "What to learn, as `workbook train` takes it." };
        OwnDataOptions.Allow(data, [.. RecipeData.All.Select(d => d.Name)]);
        string[] models = [.. RecipeModel.All.Select(m => m.Name)];
        var model = new Option<string?>("--model") { Description = $"Which networks: {string.Join(", ", models)}." };
        model.OneOf(models);
        var steps = NumberOptions.Whole("--steps", "Updates of the generator in each run.");
        var batch = NumberOptions.Whole("--batch", "Samples of each kind in a batch.", most: TrainOptions.MostBatch);
        var set = SettingOptions.Set();
        var settings = SettingOptions.File();
        var axis = new Option<string[]>("--axis")
        {
            Description = "A setting and its values, such as Loss=NonSaturating,Hinge; may be repeated: all combinations.",
            HelpName = "name=value,value", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false,
        };
        axis.Readable(_ => { }, SettingOptions.Wrong);
        var seeds = new Option<string?>("--seeds")
        {
            Description = "Seeds of each setting, such as 1..5 or 1,2,7. [default: 1..5]",
            HelpName = "seeds"
        };
        seeds.Readable(text => SweepPlan.ParseSeeds(text));
        var random = NumberOptions.Whole("--random", "Random search: so many settings, drawn from --axis and --range, instead of all.");
        var searchSeed = NumberOptions.Whole("--search-seed", "Seed of these draws. [default: 1]", least: 0, most: int.MaxValue);
        var range = new Option<string[]>("--range")
        {
            Description = "For --random: a setting and its range, such as GeneratorOptimizer.LearningRate=log:1e-5..1e-2, "
                + "Penalty.OnReal=0.1..10 or BatchSize=whole:16..128.",
            HelpName = "name=from..to", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false,
        };
        range.Readable(text => SearchRange.Parse(SettingOptions.Pairs([text])[0].Key, SettingOptions.Pairs([text])[0].Value),
            SettingOptions.Wrong);
        var halving = new Option<string?>("--halving")
        {
            Description = "Successive halving by this measure: the best third goes on at 1/9 and at 1/3 of the steps.",
            HelpName = "measure",
        };
        halving.OneOf([.. RunMeasures.All.Where(m => m.HigherIsBetter is not null).Select(m => m.Name)]);
        var command = new Command("create", "Freeze the runs of a plan in a new folder.")
        {
            folder, plan, data, model, steps, batch, set, settings, axis, seeds, random, searchSeed, range, halving,
        };
        command.Validators.Add(result =>
        {
            Option[] others = [data, model, steps, batch, set, settings, axis, seeds, random, searchSeed, range, halving];
            if (result.GetResult(plan) is not null && others.FirstOrDefault(o => result.GetResult(o) is { Implicit: false }) is { } other)
                result.AddError($"{plan.Name} and {other.Name} name two plans: leave one of them out.");
            if (result.GetResult(random) is null
                && new Option[] { searchSeed, range }.FirstOrDefault(o => result.GetResult(o) is not null) is { } lone)
            {
                result.AddError($"{lone.Name} is for {random.Name}.");
            }
        });
        command.SetAction(parse =>
        {
            var made = SweepFolder.Create(parse.GetValue(folder)!, parse.GetValue(plan) is { } file ? SweepPlan.Read(file) : Plan());
            var (runs, count) = (made.Manifest.Runs.Count, made.Manifest.Settings.Count);
            Console.Out.WriteLine($"{made.Path}: {runs} runs, {count} settings with {made.Manifest.Plan.Seeds.Count} seeds each");
            Console.Out.WriteLine($"`workbook sweep run {made.Path}` trains them.");
            return ExitCode.Success;

            SweepPlan Plan()
            {
                var request = new TrainRequest
                {
                    Data = parse.GetValue(data), Model = parse.GetValue(model), Steps = parse.GetValue(steps),
                    Batch = parse.GetValue(batch),
                    Set = SettingOptions.Pairs(parse.GetValue(set)),
                    FromFile = parse.GetValue(settings) is { } named ? SettingsFile.Read(named) : [],
                };
                var standard = new SweepPlan(request.Resolve(null).Recipe);
                return standard with
                {
                    Axes = [.. SettingOptions.Pairs(parse.GetValue(axis)).Select(pair => new SweepAxis(pair.Key, Values(pair.Value)))],
                    Seeds = parse.GetValue(seeds) is { } list ? SweepPlan.ParseSeeds(list) : standard.Seeds,
                    Random = parse.GetValue(random) is { } count ? new RandomSearch(count, parse.GetValue(searchSeed) ?? 1,
                        [.. SettingOptions.Pairs(parse.GetValue(range)).Select(pair => SearchRange.Parse(pair.Key, pair.Value))]) : null,
                    Halving = parse.GetValue(halving) is { } measure ? new SuccessiveHalving(measure) : null,
                };
            }
        });
        return command;
    }

    // The comma in R1(0.1, 2) is part of a value.
    internal static IReadOnlyList<string> Values(string text)
    {
        List<string> values = [];
        int depth = 0, start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !(text[i] == ',' && depth == 0))
            {
                depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
                continue;
            }
            values.Add(text[start..i].Trim());
            start = i + 1;
        }
        return values;
    }
}
