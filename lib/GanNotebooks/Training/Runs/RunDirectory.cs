using System.Globalization;
using GanNotebooks.Runtime;

namespace GanNotebooks.Training;

/// <summary>
/// A run as a folder: <c>config.json</c> (settings, versions), <c>metrics.jsonl</c> (the history, a line for each record), <c>samples/</c>
/// (NumPy files), <c>tensorboard/</c> and <c>checkpoints/</c>, the two newest. An interrupted run continues from the newest
/// undamaged checkpoint, and the log is cut back to its step. What a reader has written into <c>config.json</c> or <c>metrics.jsonl</c>
/// is kept in another file. Files in <c>samples/</c> with the name of a step belong to the run, which writes them again.
/// </summary>
/// <param name="path">Path of the folder; it is created when needed.</param>
public sealed class RunDirectory(string path) : IDisposable
{
    private const int Kept = 2, SampleCount = 1000;

    private RunFolder? folder;
    private KeptRun? owner;
    private MetricsLog? log;
    private int written;

    /// <summary>Full path of the folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Number of steps between two checkpoints. The last step always has one.</summary>
    public int CheckpointEvery { get; init; } = 1000;

    /// <summary>Number of steps between two files of samples; 0 for no files.</summary>
    public int SampleEvery { get; init; }

    /// <summary>Whether an event file for TensorBoard is written.</summary>
    public bool TensorBoard { get; init; } = true;

    /// <summary>
    /// Function that returns the names of the measures that the run will have (<see cref="LogMeasures"/>): TensorBoard lists them as
    /// metrics of its hyperparameters.
    /// </summary>
    public Func<IReadOnlyList<string>> Measures { get; init; } = () => [];

    /// <summary>Callback that receives warnings, for example about a damaged checkpoint that was skipped.</summary>
    public Action<string> Warn { get; init; } = Console.Error.WriteLine;

    /// <summary>Paths of the checkpoints, newest first. Other files in their folder are not among them.</summary>
    public IReadOnlyList<string> Checkpoints =>
        [.. Files(CheckpointFolder).Where(f => StepOf(f) is not null).OrderByDescending(StepOf).ThenBy(f => f, StringComparer.Ordinal)];

    /// <summary>
    /// Trains as <see cref="Trainer.Run"/> does, and keeps the run in this folder. If the folder holds an interrupted run, the
    /// trainer continues from its newest undamaged checkpoint, and every number equals that of the uninterrupted run.
    /// </summary>
    /// <param name="trainer">The trainer to run. To continue a run of the folder it must be at step 0.</param>
    /// <param name="observe">Callback that is called before the first step, then after every <paramref name="every"/> steps, and at the
    /// end.</param>
    /// <param name="every">Number of steps between two calls; with 0 the callback is called only at the start and at the end.</param>
    /// <param name="title">Name of the computation in the progress line.</param>
    /// <param name="until">Step at which this call stops before the end; another call continues from there.</param>
    /// <returns>The given trainer.</returns>
    /// <exception cref="CheckpointException">The folder holds another run, or one whose checkpoints are all damaged. Nothing of it was
    /// changed.</exception>
    /// <exception cref="ForeignFolderException">The folder holds something that no run has made.</exception>
    /// <exception cref="RunInUseException">Another process, or another object of this one, holds the folder.</exception>
    /// <exception cref="IOException">The folder cannot be written. The earlier checkpoints are unchanged.</exception>
    /// <exception cref="NonFiniteLossException">A loss or a gradient became infinite or NaN.</exception>
    /// <exception cref="DeviceMemoryException">The device has too little memory for a step.</exception>
    /// <exception cref="OperationCanceledException">The reader asked to stop; another call continues.</exception>
    public Trainer Train(Trainer trainer, Action<Trainer>? observe = null, int every = 0, string title = "training", int? until = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        Train(KeptRun.Of(trainer), () => observe?.Invoke(trainer), every, title, until);
        return trainer;
    }

    /// <summary>
    /// Trains as <see cref="ModelTrainer.Run"/> does, and keeps the run in this folder, like that of a <see cref="Trainer"/>.
    /// </summary>
    /// <param name="trainer">The trainer to run. To continue a run of the folder it must be at step 0.</param>
    /// <param name="observe">Callback that is called before the first step, then after every <paramref name="every"/> steps, and at the
    /// end.</param>
    /// <param name="every">Number of steps between two calls; with 0 the callback is called only at the start and at the end.</param>
    /// <param name="title">Name of the computation in the progress line.</param>
    /// <param name="until">Step at which this call stops before the end; another call continues from there.</param>
    /// <returns>The given trainer.</returns>
    /// <exception cref="CheckpointException">The folder holds another run, or one whose checkpoints are all damaged. Nothing of it was
    /// changed.</exception>
    /// <exception cref="ForeignFolderException">The folder holds something that no run has made.</exception>
    /// <exception cref="RunInUseException">Another process, or another object of this one, holds the folder.</exception>
    /// <exception cref="InvalidOperationException"><see cref="SampleEvery"/> is not 0: a model draws its samples itself.</exception>
    /// <exception cref="IOException">The folder cannot be written. The earlier checkpoints are unchanged.</exception>
    /// <exception cref="NonFiniteLossException">The loss or the gradient became infinite or NaN.</exception>
    /// <exception cref="DeviceMemoryException">The device has too little memory for a step.</exception>
    /// <exception cref="OperationCanceledException">The reader asked to stop; another call continues.</exception>
    public ModelTrainer Train(ModelTrainer trainer, Action<ModelTrainer>? observe = null, int every = 0, string title = "training",
        int? until = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        if (SampleEvery > 0)
            throw new InvalidOperationException($"{nameof(SampleEvery)} is {SampleEvery}, but a model draws its samples itself");
        Train(KeptRun.Of(trainer), () => observe?.Invoke(trainer), every, title, until);
        return trainer;
    }

    /// <summary>Trains a run of either kind in this folder.</summary>
    internal void Train(KeptRun run, Action observe, int every, string title, int? until = null)
    {
        Open(run);
        int end = Math.Min(until ?? run.Steps, run.Steps);
        run.Run(AfterStep, title, until);

        void AfterStep()
        {
            if (run.Step == 0 || Trainer.IsDue(run.Step, every, end))
                observe();
            if (run.Step > 0)
                Write(run, end);
        }
    }

    /// <summary>
    /// Takes the folder for this process. Training does it too; a caller that writes files of its own into the folder does it
    /// first.
    /// </summary>
    /// <exception cref="ForeignFolderException">The folder holds something that no run has made.</exception>
    /// <exception cref="RunInUseException">Another process, or another object of this one, holds the folder.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Take() => folder ??= RunFolder.Take(Path);

    /// <summary>
    /// Takes the folder and makes it that of a trainer. If the folder holds an interrupted run, the trainer takes the state of its newest
    /// undamaged checkpoint.
    /// </summary>
    /// <param name="trainer">The trainer whose run the folder is to hold.</param>
    /// <exception cref="CheckpointException">The folder holds another run; nothing of it was changed.</exception>
    /// <exception cref="ForeignFolderException">The folder holds something that no run has made.</exception>
    /// <exception cref="RunInUseException">Another process, or another object of this one, holds the folder.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Open(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        Open(KeptRun.Of(trainer));
    }

    /// <summary>
    /// Begins the run of this folder with the state of another run: networks, optimisers, averages, the position in the data and the
    /// history, from the newest undamaged checkpoint. <see cref="Train(Trainer, Action{Trainer}?, int, string, int?)"/> then trains to
    /// the trainer's number of steps. With no other setting changed than <see cref="TrainingConfig.Steps"/>, and constant learning rates,
    /// every number equals that of an uninterrupted run. Falling rates fall along half a cosine over the new number of steps. The other
    /// run is read only, and may be in training; this folder holds a checkpoint of its own at once and does not need the other later.
    /// </summary>
    /// <param name="trainer">A trainer at step 0, with the data and networks of the other run. Its settings may differ in the number of
    /// steps, the learning rates and their final fraction, Adam's β and ε, losses, penalties and terms of the losses, clipping, instance
    /// noise, the order and number of updates, and the half-life of the average. Batch, noise, seed, packing, augmentation and the kinds
    /// of the optimisers are part of the state and must be those of the other run.</param>
    /// <param name="from">Folder of the other run.</param>
    /// <param name="opened">Callback that may write further files of the run into this folder, before its first checkpoint.</param>
    /// <returns>The checkpoint that the run begins from.</returns>
    /// <exception cref="InvalidOperationException">The trainer is not at step 0.</exception>
    /// <exception cref="CheckpointException">The other folder has no checkpoint that fits, or this folder holds a run already.</exception>
    /// <exception cref="ForeignFolderException">This folder holds something that no run has made.</exception>
    /// <exception cref="RunInUseException">Another process, or another object of this one, holds this folder.</exception>
    /// <exception cref="IOException">This folder cannot be written.</exception>
    public RunOrigin Branch(Trainer trainer, string from, Action<RunOrigin>? opened = null) =>
        Begin(trainer, from, run => RunBranch.Load(run, from, Warn), opened);

    /// <summary>
    /// Begins the run of this folder at step 0 with the networks of another run, from its newest undamaged checkpoint. Optimisers, data
    /// and noise begin anew, and a moving average of G begins with these networks. The other run is read only.
    /// </summary>
    /// <param name="trainer">A trainer at step 0 with networks of the same layers and shapes.</param>
    /// <param name="from">Folder of the other run.</param>
    /// <param name="opened">Callback that may write further files of the run into this folder, before its first checkpoint.</param>
    /// <returns>The checkpoint that the networks are from.</returns>
    /// <exception cref="InvalidOperationException">The trainer is not at step 0.</exception>
    /// <exception cref="CheckpointException">The other folder has no undamaged checkpoint, its networks have other tensors (the message
    /// names them), or this folder holds a run already.</exception>
    /// <exception cref="ForeignFolderException">This folder holds something that no run has made.</exception>
    /// <exception cref="RunInUseException">Another process, or another object of this one, holds this folder.</exception>
    /// <exception cref="IOException">This folder cannot be written.</exception>
    public RunOrigin BeginWithNetworks(Trainer trainer, string from, Action<RunOrigin>? opened = null) =>
        Begin(trainer, from, _ => RunBranch.LoadNetworks(trainer, from, Warn), opened);

    private RunOrigin Begin(Trainer trainer, string from, Func<KeptRun, RunOrigin> load, Action<RunOrigin>? opened)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        var run = KeptRun.Of(trainer);
        RequireNewFor(run, from);
        var origin = load(run);
        Open(run);
        opened?.Invoke(origin);
        SaveCheckpoint(run);
        return origin;
    }

    private void RequireNewFor(KeptRun run, string from)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(from);
        if (run.Step != 0)
            throw new InvalidOperationException($"the trainer is at step {run.Step}; a run begins with a new trainer, at step 0");
        if (Checkpoints.Count > 0)
            throw new CheckpointException($"{Path} holds a run already. Name a new folder for a run from another one");
        string source = System.IO.Path.GetFullPath(from);
        if ((Path + System.IO.Path.DirectorySeparatorChar).StartsWith(
            source.TrimEnd(System.IO.Path.DirectorySeparatorChar) + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new CheckpointException($"{Path} lies in the folder of the other run, which does not change. Name another folder");
        }
    }

    private void Open(KeptRun run)
    {
        if (IsOwner(run) && run.Step >= written)
            return;
        Take();
        foreach (string name in new[] { "checkpoints", "samples" })
            folder!.Subfolder(name);
        if (TensorBoard)
            folder!.Subfolder("tensorboard");
        if (Checkpoints.Count == 0)
            RequireSameBeginning(run);
        else if (run.Step == 0)
            Resume(run);
        else
            RequireSameRun(run);
        foreach (string leftover in Files(CheckpointFolder).Where(IsLeftover))
            File.Delete(leftover);
        log?.Dispose();
        (owner, log) = (null, null);
        string description = RunDescription.Of(run);
        if (File.Exists(In("config.json")) && !KeptFile.HasMembersOf(In("config.json"), description))
            KeptFile.Keep(In("config.json"), Warn);
        AtomicFile.WriteText(In("config.json"), description);
        log = new MetricsLog(In(RecordLog.FileName), () => NewEvents(run), run.History, run.RecordType, Warn);
        (owner, written) = (run, run.Step);
    }

    /// <summary>Shows a picture of samples in TensorBoard. A file that is no PNG is left out.</summary>
    /// <param name="step">Step of the samples.</param>
    /// <param name="png">The picture, a PNG.</param>
    /// <exception cref="InvalidOperationException">No run was opened in this folder.</exception>
    /// <exception cref="IOException">The event file cannot be written.</exception>
    public void LogPicture(int step, string png)
    {
        ArgumentNullException.ThrowIfNull(png);
        OpenLog.Events?.AddPicture(step, png);
    }

    /// <summary>Shows the measures of a run in TensorBoard, beside its hyperparameters.</summary>
    /// <param name="step">Step at which they were taken.</param>
    /// <param name="measures">Values by name; TensorBoard lists those of <see cref="Measures"/>.</param>
    /// <exception cref="InvalidOperationException">No run was opened in this folder.</exception>
    /// <exception cref="IOException">The event file cannot be written.</exception>
    public void LogMeasures(int step, IReadOnlyDictionary<string, double> measures)
    {
        ArgumentNullException.ThrowIfNull(measures);
        var events = OpenLog.Events;
        events?.AddMeasures(step, measures);
        events?.Flush();
    }

    private MetricsLog OpenLog => log ?? throw new InvalidOperationException($"no run was opened in {Path}");

    // The event file begins anew with each opening, so pictures of earlier steps are shown again.
    private RunEvents? NewEvents(KeptRun run)
    {
        if (!TensorBoard)
            return null;
        var events = new RunEvents(In("tensorboard"), MetricsLog.Ending(RunDescription.Identity(run)),
            ConfigText.Leaves(ConfigText.Of(run.Settings)), run.RecordType, Measures());
        foreach (string picture in Files(In("samples")).Where(f => System.IO.Path.GetExtension(f) == ".png").Order(StringComparer.Ordinal))
        {
            if (SampleStepOf(picture) is { } step && step <= run.Step)
                events.AddPicture(step, picture);
        }
        return events;
    }

    private static int? SampleStepOf(string file) =>
        System.IO.Path.GetFileNameWithoutExtension(file).Split('-') is ["step", var digits]
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int step) ? step : null;

    // Writes the files that are due after a step.
    private void Write(KeptRun run, int end)
    {
        log!.Append();
        if (SampleEvery > 0 && Trainer.IsDue(run.Step, SampleEvery, end))
        {
            using var samples = run.Sample(SampleCount);
            NumpyFile.Write(In(string.Create(CultureInfo.InvariantCulture, $"samples/step-{run.Step:D9}.npy")), samples);
        }
        if (Trainer.IsDue(run.Step, CheckpointEvery, end))
            SaveCheckpoint(run);
    }

    /// <summary>Writes a checkpoint at the current step and removes all checkpoints except the newest two.</summary>
    /// <param name="trainer">The trainer whose run this folder holds.</param>
    /// <exception cref="CheckpointException">The folder holds another run; nothing of it was changed.</exception>
    /// <exception cref="IOException">The checkpoint cannot be written. The earlier checkpoints are unchanged.</exception>
    public void SaveCheckpoint(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        SaveCheckpoint(KeptRun.Of(trainer));
    }

    private void SaveCheckpoint(KeptRun run)
    {
        if (!IsOwner(run) && run.Step == 0 && Checkpoints.Count > 0)
            throw new CheckpointException($"{Path} holds a run already, and the trainer is at step 0. {nameof(Train)} continues it");
        Open(run);
        Checkpoint.Save(run, System.IO.Path.Combine(CheckpointFolder, Name(run.Step)));
        written = run.Step;
        foreach (string? old in Checkpoints.Skip(Kept).Where(RunFolder.IsCheckpoint))
            File.Delete(old);
    }

    /// <summary>Removes the checkpoints of a finished run. Its settings and its history stay.</summary>
    internal void RemoveCheckpoints()
    {
        Take();
        foreach (string file in Checkpoints.Where(RunFolder.IsCheckpoint))
            File.Delete(file);
        RunFolder.RemoveIfEmpty(CheckpointFolder);
    }

    /// <summary>
    /// Removes the run from the disk: its checkpoints, samples, logs and settings, and the folders that are empty then. Files of others
    /// stay.
    /// </summary>
    /// <param name="others">Names of further files in the folder that belong to the run.</param>
    /// <exception cref="RunInUseException">Another process, or another object of this one, holds the folder.</exception>
    internal void Remove(params IReadOnlyList<string> others)
    {
        if (!Directory.Exists(Path))
            return;
        Take();
        log?.Dispose();
        string[] files =
        [
            .. Checkpoints.Where(RunFolder.IsCheckpoint), .. Files(CheckpointFolder).Where(IsLeftover),
            .. owner is null ? [] : EventFile.Find(In("tensorboard"), MetricsLog.Ending(RunDescription.Identity(owner))),
            .. Files(In("samples")).Where(f => System.IO.Path.GetFileName(f).StartsWith("step-", StringComparison.Ordinal)),
            In("config.json"), In(RecordLog.FileName), .. others.Select(In),
        ];
        foreach (string file in files)
            File.Delete(file);
        foreach (string name in new[] { "checkpoints", "samples", "tensorboard" })
            RunFolder.RemoveIfEmpty(In(name));
        folder!.Remove();
        (log, owner, folder) = (null, null, null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        log?.Dispose();
        folder?.Dispose();
        (log, owner, folder) = (null, null, null);
    }

    // A damaged checkpoint is skipped with a warning. Different settings are an error of the reader and throw.
    private void Resume(KeptRun run)
    {
        foreach (string candidate in Checkpoints)
        {
            try
            {
                Checkpoint.Load(run, candidate);
                Compare(Checkpoint.StateOf(run, candidate));
                return;
            }
            catch (CheckpointException damage) when (damage.IsDamage)
            {
                Warn($"{damage.Message}; trying the previous checkpoint");
            }
        }
        throw AllDamaged();
    }

    private void Compare(RunState state)
    {
        if (state.IsOfOtherVersion())
            Warn($"The run in {Path} was started with another library; its numbers may differ in the last digits. {state.Versions()}");
    }

    // A trainer that has made steps may go on in the folder of its own run only: the history of the newest checkpoint is the beginning
    // of its own, to the last digit.
    private void RequireSameRun(KeptRun run)
    {
        var state = Newest(run);
        state.RequireFor(run, Path);
        var records = state.Records();
        if (state.Step > run.Step
            || !run.History.Take(records.Count).Select(run.Timeless).SequenceEqual(records.Select(run.Timeless)))
        {
            throw new CheckpointException($"{Path} holds another run, at step {state.Step}; the trainer is at step {run.Step}. A new "
                + "trainer, at step 0, continues the run of the folder. For this one name another folder");
        }
    }

    private RunState Newest(KeptRun run)
    {
        foreach (string candidate in Checkpoints)
        {
            try
            {
                return Checkpoint.StateOf(run, candidate);
            }
            catch (CheckpointException damage) when (damage.IsDamage)
            {
                Warn($"{damage.Message}; trying the previous checkpoint");
            }
        }
        throw AllDamaged();
    }

    // A run that ended before its first checkpoint has left its settings. The same run may start again there, and no other.
    private void RequireSameBeginning(KeptRun run)
    {
        string file = In("config.json");
        RegularFile.Check(file);
        if (File.Exists(file) && RunDescription.Difference(RegularFile.ReadText(file), run) is { } difference)
            throw new CheckpointException($"{Path} holds the beginning of another run. {difference}. Name another folder");
    }

    private CheckpointException AllDamaged() =>
        new($"all checkpoints in {Path} are damaged; delete the folder to start again", isDamage: true);

    private bool IsOwner(KeptRun run) => ReferenceEquals(owner?.Trainer, run.Trainer);

    private string CheckpointFolder => In("checkpoints");

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static string Name(int step) => string.Create(CultureInfo.InvariantCulture, $"step-{step:D9}.checkpoint");

    // Only names that a run gives: a copy called best.checkpoint is the reader's.
    internal static int? StepOf(string file)
    {
        string name = System.IO.Path.GetFileName(file);
        return name.Split('-', '.') is ["step", var digits, "checkpoint"]
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int step) && Name(step) == name ? step : null;
    }

    private static bool IsLeftover(string file) =>
        System.IO.Path.GetFileName(file).Split('.') is [var name, "checkpoint", _, "tmp"] && StepOf(name + ".checkpoint") is not null
        && AtomicFile.IsTemporary(file, name + ".checkpoint");

    private static string[] Files(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
}
