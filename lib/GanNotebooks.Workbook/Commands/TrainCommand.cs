using System.CommandLine;
using System.Globalization;
using GanNotebooks.Studies;
using GanNotebooks.Workbook.Training;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook train: a long run outside a notebook, resumable.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var data = new Option<RecipeData?>("--data")
        {
            Description =
            "What to learn: mnist, fashion, stacked (three digits as the colours of one image), ring or grid. A new run needs it."
        };
        var model = new Option<RecipeModel?>("--model")
        {
            Description =
            "mlp: the networks of 2014 (points: two hidden layers); dcgan; residual: no normalisation, relativistic loss, R1 and R2. A "
                + "new run needs it."
        };
        data.OneOf("mnist", "fashion", "stacked", "ring", "grid");
        model.OneOf("mlp", "dcgan", "residual");
        var run = new Option<string>("--run")
        {
            Description = "Folder of the run: settings, log, samples, TensorBoard, checkpoints.",
            Required = true
        };
        run.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && File.Exists(token.Value))
                result.AddError($"--run names a folder, and '{token.Value}' is a file.");
        });
        var resume = new Option<bool>("--resume") { Description = "Go on with the run in that folder, with its own settings." };
        var standard = new TrainingRecipe(RecipeData.Mnist, RecipeModel.Dcgan);
        var steps = Positive("--steps", $"Updates of the generator. [default: {standard.Steps}]");
        var batch = Positive("--batch", $"Samples of each kind in a batch. [default: {standard.BatchSize}]");
        var width = Positive("--width",
            "Channels of the convolutional networks; learning rates that suit one width need not suit another. "
                + $"[default: {standard.Width}]");
        var threads = Positive("--threads", "Threads of torch on the CPU. [default: 1]");
        var checkpoints = Positive("--checkpoint-every", $"Steps between two checkpoints. [default: {TrainOptions.UsualEvery}]");
        var samples = Positive("--sample-every", $"Steps between two grids of samples. [default: {TrainOptions.UsualEvery}]");
        var discriminatorRate =
            new Option<double?>("--d-rate")
            {
                Description =
                $"First learning rate of DCGAN's discriminator. [default: {Text(standard.DiscriminatorRate)}]"
            };
        var generatorRate =
            new Option<double?>("--g-rate")
            {
                Description =
                $"First learning rate of DCGAN's generator. [default: {Text(standard.GeneratorRate)}]"
            };
        var seed = new Option<int?>("--seed") { Description = $"Of data order, noise and starting weights. [default: {standard.Seed}]" };
        var device = new Option<DeviceOption>("--device")
        {
            Description = "auto takes a GPU if there is one.",
            DefaultValueFactory = _ => DeviceOption.Auto
        };
        device.OneOf("auto", "cpu", "cuda");
        var tensorFloat =
            new Option<bool?>("--tf32")
            {
                Description = "On a GPU, let products round their inputs to TensorFloat-32: faster, less exact.",
                Arity = ArgumentArity.ZeroOrOne
            };
        var bfloat =
            new Option<bool?>("--bfloat16")
            {
                Description =
                "For dcgan and residual: layers compute in bfloat16, the optimiser in float32: less exact, and faster where the "
                    + "processor multiplies such numbers (tensor cores of a GPU, AVX-512 BF16).", Arity = ArgumentArity.ZeroOrOne
            };
        var packing =
            Positive("--packing",
                "Images that dcgan's discriminator judges at once (PacGAN); a batch has so many times the images. [default: 1]");
        var command =
            new Command("train", "Train outside a notebook, for as long as it takes; a run that was broken off goes on bit for bit.")
        {
            data, model, run, resume, steps, batch, width, discriminatorRate, generatorRate, seed, packing, device, threads, tensorFloat,
            bfloat, checkpoints, samples, CommonOptions.LibTorch(),
        };
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
            };
            var options = new TrainOptions(request, Path.GetFullPath(parse.GetValue(run)!))
            {
                Resume = parse.GetValue(resume),
                Device = parse.GetValue(device),
                CheckpointEvery = parse.GetValue(checkpoints) ?? TrainOptions.UsualEvery,
                SampleEvery = parse.GetValue(samples) ?? TrainOptions.UsualEvery,
            };
            // Ctrl-C is watched from outside
            return Task.Run(() => new TrainingSession(options, Console.Out, Console.Error, cancel).Run(), CancellationToken.None);
        });
        return command;
    }

    private static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int given) && given >= 1))
                result.AddError($"{name} must be a whole number, 1 or larger, not '{token.Value}'.");
        });
        return option;
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
