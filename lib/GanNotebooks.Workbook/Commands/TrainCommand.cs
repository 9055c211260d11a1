using System.CommandLine;
using GanNotebooks.Training;
using GanNotebooks.Workbook.Training;

namespace GanNotebooks.Workbook.Commands;

/// <summary>workbook train: a long run outside a notebook, resumable.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var data = new Option<RecipeData>("--data") { Description = "What to learn.", Required = true };
        var model = new Option<RecipeModel>("--model") { Description = "mlp: the networks of 2014 (points: two hidden layers); dcgan; residual: no normalisation, relativistic loss, R1 and R2.", Required = true };
        data.AcceptOnlyFromAmong("mnist", "fashion", "ring", "grid");
        model.AcceptOnlyFromAmong("mlp", "dcgan", "residual");
        var run = new Option<string>("--run") { Description = "Folder of the run: settings, log, samples, TensorBoard, checkpoints.", Required = true };
        var resume = new Option<bool>("--resume") { Description = "Go on with the run in that folder." };
        var steps = Positive("--steps", "Updates of the generator.", 9000);
        var batch = Positive("--batch", "Samples of each kind in a batch.", 64);
        var width = Positive("--width", "Channels of the convolutional networks.", 48);
        var threads = Positive("--threads", "Threads of torch on the CPU.", 1);
        var checkpoints = Positive("--checkpoint-every", "Steps between two checkpoints.", 500);
        var samples = Positive("--sample-every", "Steps between two grids of samples.", 500);
        var seed = new Option<int>("--seed") { Description = "Of data order, noise and starting weights.", DefaultValueFactory = _ => Lab.DefaultSeed };
        var device = new Option<DeviceWish>("--device") { Description = "auto takes a GPU if there is one.", DefaultValueFactory = _ => DeviceWish.Auto };
        device.AcceptOnlyFromAmong("auto", "cpu", "cuda");
        var tensorFloat = new Option<bool>("--tf32") { Description = "On a GPU, let products round their inputs to TensorFloat-32: faster, less exact." };
        var command = new Command("train", "Train outside a notebook, for as long as it takes; a run that was broken off goes on bit for bit.")
        {
            data, model, run, resume, steps, batch, width, seed, device, threads, tensorFloat, checkpoints, samples, CommonOptions.LibTorch(),
        };
        command.SetAction((parse, cancel) =>
        {
            var recipe = new TrainingRecipe(parse.GetValue(data), parse.GetValue(model))
            {
                Steps = parse.GetValue(steps), BatchSize = parse.GetValue(batch), Width = parse.GetValue(width), Seed = parse.GetValue(seed),
            };
            var options = new TrainOptions(recipe, Path.GetFullPath(parse.GetValue(run)!))
            {
                Resume = parse.GetValue(resume),
                Device = parse.GetValue(device),
                Threads = parse.GetValue(threads),
                TensorFloat32 = parse.GetValue(tensorFloat),
                CheckpointEvery = parse.GetValue(checkpoints),
                SampleEvery = parse.GetValue(samples),
            };
            return Task.Run(() => new TrainingSession(options, Console.Out, Console.Error, cancel).Run(), CancellationToken.None); // Ctrl-C is watched from outside
        });
        return command;
    }

    private static Option<int> Positive(string name, string description, int otherwise)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int given) && given >= 1))
                result.AddError($"{name} must be a whole number, 1 or larger, not '{token.Value}'.");
        });
        return option;
    }
}
