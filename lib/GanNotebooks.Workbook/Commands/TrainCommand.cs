using System.CommandLine;
using System.Globalization;
using GanNotebooks.Studies;
using GanNotebooks.Workbook.Training;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook train: a long run outside a notebook, resumable.</summary>
internal static class TrainCommand
{
    public const string Name = "train",
        Description = "Train outside a notebook, for as long as it takes; an interrupted run continues bit for bit.";

    public static Command Create()
    {
        var data = new Option<string?>("--data")
        {
            Description = $"What to learn: {string.Join(", ", RecipeData.All.Select(Described))}, or your own: "
                + "folder:DIR,side=32,channels=3 (PNG, JPEG), csv:FILE,columns=x+y. A new run needs it.",
        };
        var model = new Option<string?>("--model")
        {
            Description = $"Which networks. {string.Join("; ", RecipeModel.All.Select(m => $"{m.Name}: {m.Note}"))}. A new run needs it.",
        };
        OwnDataOptions.Allow(data, [.. RecipeData.All.Select(d => d.Name)]);
        model.OneOf([.. RecipeModel.All.Select(m => m.Name)]);
        var run = PathOptions.Folder("--run", "Folder of the run: settings, log, samples, TensorBoard, checkpoints.");
        var resume = CommonOptions.Flag("--resume", "Continue the run in that folder, with its own settings.");
        var standard = new TrainingRecipe(RecipeData.All[0].Name, RecipeModel.All[0].Name);
        var steps = NumberOptions.Whole("--steps", $"Updates of the generator. [default: {standard.Steps}]");
        var batch = NumberOptions.Whole("--batch", $"Samples of each kind in a batch. [default: {standard.BatchSize}]",
            most: TrainOptions.MostBatch);
        var width = NumberOptions.Whole("--width",
            "Channels of the convolutional networks; learning rates that suit one width need not suit another. "
                + $"[default: {standard.Width}]", most: TrainOptions.MostWidth);
        var threads = NumberOptions.Whole("--threads", "Threads of torch on the CPU. [default: 1]", most: TrainOptions.MostThreads);
        var checkpoints = NumberOptions.Whole("--checkpoint-every", $"Steps between two checkpoints. [default: {TrainOptions.UsualEvery}]");
        var samples = NumberOptions.Whole("--sample-every", $"Steps between two grids of samples. [default: {TrainOptions.UsualEvery}]");
        var discriminatorRate = NumberOptions.Real("--d-rate",
            $"First learning rate of DCGAN's discriminator. [default: {Text(standard.DiscriminatorRate)}]", TrainOptions.LeastRate,
            TrainOptions.MostRate);
        var generatorRate = NumberOptions.Real("--g-rate",
            $"First learning rate of DCGAN's generator. [default: {Text(standard.GeneratorRate)}]", TrainOptions.LeastRate,
            TrainOptions.MostRate);
        var seed = NumberOptions.Whole("--seed", $"Of data order, noise and starting weights. [default: {standard.Seed}]", least: 0,
            most: int.MaxValue);
        var device = new Option<DeviceOption>("--device")
        {
            Description = "auto takes a GPU if there is one.",
            DefaultValueFactory = _ => DeviceOption.Auto
        };
        device.OneOf("auto", "cpu", "cuda");
        var tensorFloat = CommonOptions.OptionalFlag("--tf32",
            "On a GPU, let products round their inputs to TensorFloat-32: faster, less exact.");
        var bfloat = CommonOptions.OptionalFlag("--bfloat16",
            $"For {RecipeModel.Listed(m => m.Options.HasFlag(RecipeOptions.BFloat16))}: layers compute in bfloat16, the optimiser in "
                + "float32: less exact, and faster where the processor multiplies such numbers (tensor cores of a GPU, AVX-512 BF16).");
        var packing = NumberOptions.Whole("--packing",
            $"For {RecipeModel.Listed(m => m.Options.HasFlag(RecipeOptions.Packing))}: samples that the discriminator judges at once "
                + "(PacGAN); a batch has so many times the samples. [default: 1]",
            most: TrainOptions.MostPacking);
        var set = SettingOptions.Set();
        var settings = SettingOptions.File();
        var from = PathOptions.ExistingFolder("--from",
            "Folder of a run to lengthen or to branch: the new run begins from its newest checkpoint, with its settings where no option "
                + "changes them. Nothing there changes.");
        var weights = PathOptions.ExistingFolder("--weights",
            "Folder of a run whose networks the new run begins with, at step 0. Nothing there changes.");
        var print = CommonOptions.Flag("--print-settings", "Print all settings as JSON, for --settings, and train nothing.");
        var command = new Command(Name, Description)
        {
            data, model, run, resume, steps, batch, width, discriminatorRate, generatorRate, seed, packing, device, threads, tensorFloat,
            bfloat, checkpoints, samples, set, settings, from, weights, print, CommonOptions.LibTorch(),
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(run) is null && result.GetResult(print) is null)
                result.AddError($"Option '{run.Name}' is required.");
            string[] starts = [.. new Option[] { resume, from, weights }.Where(o => result.GetResult(o) is not null).Select(o => o.Name)];
            if (starts.Length > 1)
                result.AddError($"{string.Join(" and ", starts)}: a run begins in one way.");
        });
        command.SetAction((parse, cancel) =>
        {
            var request = new TrainRequest
            {
                Data = parse.GetValue(data), Model = parse.GetValue(model), Steps = parse.GetValue(steps), Batch = parse.GetValue(batch),
                Width = parse.GetValue(width),
                Seed = parse.GetValue(seed), DiscriminatorRate = parse.GetValue(discriminatorRate),
                GeneratorRate = parse.GetValue(generatorRate),
                Threads = parse.GetValue(threads), TensorFloat32 = parse.GetValue(tensorFloat), BFloat16 = parse.GetValue(bfloat),
                Packing = parse.GetValue(packing),
                Set = SettingOptions.Pairs(parse.GetValue(set)),
                FromFile = parse.GetValue(settings) is { } file ? SettingsFile.Read(file) : [],
            };
            if (parse.GetValue(print))
            {
                Console.Out.WriteLine(SettingsFile.Text(Resolved(request, parse.GetValue(run), parse.GetValue(from))));
                return Task.FromResult(ExitCode.Success);
            }
            var options = new TrainOptions(request, Path.GetFullPath(parse.GetValue(run)!))
            {
                Resume = parse.GetValue(resume),
                From = FullPath(parse.GetValue(from)),
                Weights = FullPath(parse.GetValue(weights)),
                Device = parse.GetValue(device),
                CheckpointEvery = parse.GetValue(checkpoints) ?? TrainOptions.UsualEvery,
                SampleEvery = parse.GetValue(samples) ?? TrainOptions.UsualEvery,
            };
            // Ctrl-C is watched from outside
            return Task.Run(() => new TrainingSession(options, Console.Out, Console.Error, cancel).Run(), CancellationToken.None);
        });
        return command;
    }

    // Those of a recorded run, or those that a new one would have.
    private static TrainingRecipe Resolved(TrainRequest request, string? folder, string? from)
    {
        if (from is not null)
            return request.Branch(RecordedRequest.Read(from)).Recipe;
        var recorded = folder is not null && Directory.Exists(folder) ? RecordedRequest.Read(folder) : null;
        return request.Resolve(recorded).Recipe;
    }

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);

    private static string Described(RecipeData data) => data.Note == "" ? data.Name : $"{data.Name} ({data.Note})";

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
