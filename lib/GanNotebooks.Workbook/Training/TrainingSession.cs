using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Interop;
using GanNotebooks.Plotting;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Training;

/// <summary>
/// A long run outside a notebook: it says how far it is, writes samples and checkpoints, and ends with a message, whatever ends it.
/// </summary>
internal sealed class TrainingSession(TrainOptions options, TextWriter output, TextWriter errors, CancellationToken cancel)
{
    private const int GridSide = 10;

    private RecordedRequest? run;

    /// <returns>An <see cref="ExitCode"/>.</returns>
    public int Run()
    {
        using var directory = new RunDirectory(options.Directory) { CheckpointEvery = options.CheckpointEvery, Warn = errors.WriteLine };
        if (directory.Checkpoints.Count > 0 && !options.Resume)
            return Fail($"{options.Directory} holds a run already. Add --resume to go on with it, or name another folder.");
        if (directory.Checkpoints.Count == 0 && options.Resume)
            return Fail($"{options.Directory} holds no checkpoint to go on from. Leave --resume out to begin.");
        try
        {
            run = options.Request.Resolve(options.Resume ? RecordedRequest.Read(options.Directory) : null);
            return Train(directory);
        }
        catch (OperationCanceledException)
        {
            output.WriteLine($"stopped; a checkpoint is written. {Continue()}");
            return ExitCode.Stopped;
        }
        catch (DeviceMemoryException error)
        {
            int half = Math.Max(1, Recipe.BatchSize / 2);
            return Fail($"{error.Message} That is --batch {half} in a new folder: a run keeps its batch size.");
        }
        catch (Exception error) when (error is CheckpointException or RunInUseException)
        {
            return Fail(error.Message);
        }
        catch (IOException error)
        {
            string last = directory.Checkpoints is [var newest, ..]
                ? $"The last whole checkpoint is {newest}. Make room, then: {Continue()}"
                : "There is no checkpoint yet.";
            return Fail($"Writing failed: {error.Message} {last}");
        }
        catch (Exception error) when (error is NonFiniteLossException or ArgumentException or InvalidOperationException
            or TorchLoadException)
        {
            return Fail(error.Message);
        }
    }

    private int Train(RunDirectory directory)
    {
        if (NativeTorch.Report.Warning is { } warning)
            errors.WriteLine(warning);
        set_num_threads(run!.Threads);
        var choice = DeviceChoice.For(options.Device);
        backends.cuda.matmul.allow_tf32 = run.TensorFloat32;
        backends.cudnn.allow_tf32 = run.TensorFloat32;
        using var trainer = Recipe.Create(choice.Device);
        run.Write(options.Directory);
        output.WriteLine(
            $"{DataName}, {ModelName}, seed {Recipe.Seed}, on {choice.Reason}, "
                + $"{(run.Threads == 1 ? "1 thread" : $"{run.Threads} threads")}{(Recipe.BFloat16 ? ", layers in bfloat16" : "")}");
        output.WriteLine(
            $"{trainer.Config.Steps} steps of {trainer.Config.BatchSize}; G {Count(trainer.Generator):N0} and D "
                + $"{Count(trainer.Discriminator):N0} parameters; {options.Directory}");
        var progress = new TrainingLine(output, trainer.Config);
        bool observed = false; // no step was made, if this stays so
        trainer.Run(Observe, every: 1, directory: directory);
        if (!observed)
        {
            output.WriteLine("This run was finished already; nothing was trained. "
                + "A run keeps its number of steps: for a longer one name another folder.");
        }
        else
        {
            progress.End(trainer);
        }
        WriteWeights(trainer);
        output.WriteLine($"samples: {Path.Combine(options.Directory, "samples")}; weights: {Path.Combine(options.Directory, "weights")}");
        return ExitCode.Success;

        void Observe(Trainer now)
        {
            observed = true;
            progress.Show(now);
            if (options.SampleEvery > 0 && (now.Step % options.SampleEvery == 0 || now.Step == now.Config.Steps))
                WriteSamples(now);
            if (!cancel.IsCancellationRequested)
                return;
            directory.SaveCheckpoint(now);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private void WriteSamples(Trainer trainer)
    {
        using var samples = trainer.Sample(GridSide * GridSide, averaged: trainer.Config.AverageHalfLife > 0);
        string name = Path.Combine(options.Directory, "samples", string.Create(CultureInfo.InvariantCulture, $"step-{trainer.Step:D9}"));
        if (Recipe.IsImages)
            PngFile.Write(name + ".png", samples, GridSide);
        else
            File.WriteAllLines(name + ".csv", Rows(samples));
    }

    // What a notebook, or PyTorch, needs of a finished run: the averaged G where there is one, and D.
    private void WriteWeights(Trainer trainer)
    {
        string folder = Directory.CreateDirectory(Path.Combine(options.Directory, "weights")).FullName;
        void Write(nn.Module network, string name) => network.save_safetensors(Path.Combine(folder, name + ".safetensors"));
        if (trainer.Config.AverageHalfLife > 0)
            trainer.WithAverage(g => Write(g, "generator"));
        else
            Write(trainer.Generator, "generator");
        Write(trainer.Discriminator, "discriminator");
        if (Recipe.Model is RecipeModel.Dcgan)
            File.WriteAllText(Path.Combine(folder, "record.json"), Record(trainer.Config));
    }

    // What Pretrained needs to build the networks again, and how they came about.
    private string Record(TrainingConfig config) => new JsonObject
    {
        ["model"] = "dcgan",
        ["size"] = 28,
        ["channels"] = Recipe.Channels,
        ["noise"] = config.NoiseDimension,
        ["width"] = Recipe.Width,
        ["deep"] = true,
        ["packing"] = Recipe.Packing,
        ["seed"] = Recipe.Seed,
        ["weights"] = "generator.safetensors: the moving average of G; discriminator.safetensors: D after the last step",
        ["madeBy"] = ($"workbook train --data {Recipe.Data} --model {Recipe.Model} --steps {config.Steps} --batch {config.BatchSize} "
            + $"--width {Recipe.Width} --d-rate {Recipe.DiscriminatorRate} --g-rate {Recipe.GeneratorRate} --seed {Recipe.Seed}"
            + (Recipe.Packing > 1 ? $" --packing {Recipe.Packing}" : "") + (Recipe.BFloat16 ? " --bfloat16" : "")).ToLowerInvariant(),
        ["sha256"] = new JsonObject { ["generator"] = Hash("generator"), ["discriminator"] = Hash("discriminator") },
        ["run"] = JsonNode.Parse(File.ReadAllText(Path.Combine(options.Directory, "config.json"))),
    }.ToJsonString(new JsonSerializerOptions
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    }) + "\n";

    private string Hash(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(options.Directory, "weights", name + ".safetensors"))));

    private static IEnumerable<string> Rows(Tensor points) =>
        points.cpu().data<float>().Chunk((int)points.shape[1])
            .Select(row => string.Join(',', row.Select(v => v.ToString(CultureInfo.InvariantCulture))));

    private static long Count(nn.Module network) => network.parameters().Sum(p => p.numel());

    private string Continue() =>
        $"Go on with: dotnet run -c Release --project lib/GanNotebooks.Workbook -- train --resume --run {options.Directory}";

    private TrainingRecipe Recipe => run!.Recipe;

    private string DataName => Recipe.Data switch
    {
        RecipeData.Mnist => "MNIST",
        RecipeData.Fashion => "Fashion-MNIST",
        RecipeData.Stacked => "stacked MNIST",
        RecipeData.Ring => "a ring of points",
        _ => "a grid of points"
    };

    private string ModelName => Recipe.Model switch
    {
        RecipeModel.Mlp when Recipe.IsImages => "perceptrons of 2014",
        RecipeModel.Mlp => "perceptrons",
        RecipeModel.Dcgan => $"DCGAN of width {Recipe.Width}" + (Recipe.Packing > 1 ? $", {Recipe.Packing} images to a pack" : ""),
        _ => $"residual networks of width {Recipe.Width}",
    };

    private int Fail(string message)
    {
        errors.WriteLine(message);
        return ExitCode.Failed;
    }
}
