using GanNotebooks.Data;
using GanNotebooks.Experiments;
using GanNotebooks.Interop;
using GanNotebooks.Runtime;
using GanNotebooks.Studies;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Workbook.Training;

/// <summary>
/// A long run outside a notebook. It reports its progress, writes samples and checkpoints, and prints a message at the end, also after an
/// error.
/// </summary>
internal sealed class TrainingSession(TrainOptions options, TextWriter output, TextWriter errors, CancellationToken cancel)
{
    private const int Named = 3;

    private RecordedRequest? run, before; // before: the run that this one begins from
    private bool trains; // false while the run is prepared, and nothing is written

    /// <summary>Trains or continues the run, and reports errors as messages.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public int Run()
    {
        using var directory = new RunDirectory(options.Directory)
        {
            CheckpointEvery = options.CheckpointEvery,
            Warn = errors.WriteLine,
            Measures = () => run is null ? [] : RunMeasures.NamesFor(Recipe),
        };
        if (directory.Checkpoints.Count > 0 && !options.Resume)
            return Fail($"{options.Directory} holds a run already. Add --resume to continue it, or name another folder.");
        if (directory.Checkpoints.Count == 0 && options.Resume)
            return Fail($"{options.Directory} holds no checkpoint to continue from. Leave --resume out to start a new run.");
        try
        {
            if (!options.Resume)
                run = NewRun();
            directory.Take(); // before the first byte is read or written
            run ??= options.Request.Resolve(RecordedRequest.Read(options.Directory));
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
            return Fail($"{error.Message} Use --batch {half} in a new folder, because a run keeps its batch size.");
        }
        catch (Exception error) when (error is CheckpointException or ForeignFolderException or RunInUseException or DataFileException)
        {
            return Fail(error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A refusal says what to do; the same command would be refused again.
            if (!trains && !DiskIsFull(error))
                return Fail(error.Message);
            string last = directory.Checkpoints is [var newest, ..]
                ? $"The last whole checkpoint is {newest}. {(DiskIsFull(error) ? "Free some disk space. " : "")}{Continue()}"
                : "There is no checkpoint yet.";
            return Fail($"{(trains ? "Writing failed: " : "")}{error.Message.TrimEnd('.')}. {last}");
        }
        catch (Exception error) when (error is NonFiniteLossException or InvalidOperationException or TorchLoadException)
        {
            return Fail(error.Message);
        }
    }

    // ENOSPC and EDQUOT of Linux and macOS, ERROR_DISK_FULL of Windows. A writer of checkpoints wraps the exception of the system.
    private static bool DiskIsFull(Exception error) =>
        (error.HResult & 0xffff) is 28 or 122 or 69 or 112 || error.InnerException is { } inner && DiskIsFull(inner);

    private int Train(RunDirectory directory)
    {
        if (NativeTorch.Report.Warning is { } warning)
            errors.WriteLine(warning);
        set_num_threads(run!.Threads);
        var choice = DeviceChoice.For(options.Device);
        backends.cuda.matmul.allow_tf32 = run.TensorFloat32;
        backends.cudnn.allow_tf32 = run.TensorFloat32;
        using var trainer = Recipe.Create(choice.Device);
        Notes(trainer.Data);
        Begin(directory, trainer);
        trains = true;
        output.WriteLine(
            $"{RecipeData.Named(Recipe.Data).Title}, {RecipeModel.Named(Recipe.Model).Title(Recipe)}, seed {Recipe.Seed}, "
                + $"on {choice.Reason}, {(run.Threads == 1 ? "1 thread" : $"{run.Threads} threads")}"
                + (Recipe.BFloat16 ? ", layers in bfloat16" : ""));
        output.WriteLine(
            $"{trainer.Config.Steps} steps of {trainer.Config.BatchSize}; G {Count(trainer.Generator):N0} and D "
                + $"{Count(trainer.Discriminator):N0} parameters; {options.Directory}");
        foreach (string line in TrainingStart.Lines(run, before, trainer))
            output.WriteLine(line);
        using var samples = new SampleFiles(options.Directory, trainer, Recipe.IsImages);
        var progress = new TrainingLine(output, trainer.Config, Recipe.IsImages ? "images" : "points");
        bool observed = false; // stays false if the run was finished before
        directory.Train(trainer, Observe, every: 1);
        if (!observed)
        {
            output.WriteLine("This run was finished already; nothing was trained. "
                + $"For a longer run: train --from {Pasted(options.Directory)} --steps N --run NEW");
        }
        else
        {
            progress.End(trainer);
        }
        Pretrained.Save(Path.Combine(options.Directory, "weights"), trainer, Recipe);
        Measure(directory, trainer, again: observed);
        output.WriteLine($"samples: {Path.Combine(options.Directory, "samples")}; weights: {Path.Combine(options.Directory, "weights")}");
        return ExitCode.Success;

        void Observe(Trainer now)
        {
            observed = true;
            progress.Show(now);
            if (options.SampleEvery > 0 && (now.Step % options.SampleEvery == 0 || now.Step == now.Config.Steps))
                directory.LogPicture(now.Step, samples.Write(now));
            if (!cancel.IsCancellationRequested)
                return;
            directory.SaveCheckpoint(now);
            cancel.ThrowIfCancellationRequested();
        }
    }

    // What a reader's own data were made into.
    private void Notes(IBatchSource data)
    {
        if (data is ImageFolder folder)
        {
            output.WriteLine(OneLine.Message(folder.Name
                + (folder.Broken.Count > 0 ? $"; left out: {Listed(folder.Broken.Select(b => b.File), folder.Broken.Count)}" : "")
                + (folder.Others.Count > 0 ? $"; no pictures: {Listed(folder.Others, folder.Others.Count)}" : "")));
        }
        else if (data is PointsCsv)
        {
            output.WriteLine(OneLine.Message($"{data.Name}; samples are in the units of the file"));
        }
    }

    private static string Listed(IEnumerable<string> names, int count) =>
        string.Join(", ", names.Take(Named)) + (count > Named ? $" and {count - Named} more" : "");

    // With the settings of the run that it begins from, where no option changes them.
    private RecordedRequest NewRun()
    {
        if (options.From is { } from)
            return options.Request.Branch(before = RecordedRequest.Read(from));
        if (options.Weights is not { } weights)
            return options.Request.Resolve(null);
        return options.Request.Combine(File.Exists(Path.Combine(weights, RecordedRequest.FileName))
            ? before = RecordedRequest.Read(weights) : null);
    }

    private void Begin(RunDirectory directory, Trainer trainer)
    {
        if (options.From is { } from)
        {
            directory.Branch(trainer, from, Write);
        }
        else if (options.Weights is { } weights)
        {
            directory.BeginWithNetworks(trainer, weights, Write);
        }
        else
        {
            directory.Open(trainer);
            if (!options.Resume) // a reader may have added to it
                run!.Write(options.Directory);
        }

        void Write(RunOrigin origin)
        {
            run = run! with { Origin = origin };
            run.Write(options.Directory);
        }
    }

    private void Measure(RunDirectory directory, Trainer trainer, bool again)
    {
        try
        {
            var result = (again ? null : RunOutcome.Read(options.Directory)) ?? RunOutcome.Of(Recipe, trainer);
            result.Write(options.Directory);
            directory.LogMeasures(result.Steps, result.Measures);
            output.WriteLine(result.Measures.Count > 0
                ? "measures: " + string.Join(", ", result.Measures.Select(m => FormattableString.Invariant($"{m.Key} {m.Value:G4}")))
                : $"no measures: {result.Note}");
        }
        catch (Exception error) when (error is DataFileException or InteropException)
        {
            errors.WriteLine(OneLine.Message($"The run is finished and was not measured: {error.Message}"));
        }
    }

    private static long Count(nn.Module network) => network.parameters().Sum(p => p.numel());

    private string Continue() =>
        $"Continue with: dotnet run -c Release --project lib/GanNotebooks.Workbook -- train --resume --run {Pasted(options.Directory)}";

    // A shell takes a path with other letters apart.
    private static string Pasted(string path) => path.All(letter => char.IsLetterOrDigit(letter) || "/\\:._-+~".Contains(letter))
        ? path
        : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private TrainingRecipe Recipe => run!.Recipe;

    private int Fail(string message)
    {
        errors.WriteLine(OneLine.Message(message));
        return ExitCode.Failed;
    }
}
