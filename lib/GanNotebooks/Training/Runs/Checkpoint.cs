using System.Reflection;
using System.Text.Json;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Saves the state of a <see cref="Trainer"/> or of a <see cref="ModelTrainer"/> in a file and restores it from there.</summary>
public static class Checkpoint
{
    internal static string Library { get; } =
        typeof(Trainer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Numbers of headers and logs.</summary>
    internal static JsonSerializerOptions Json => RecordLog.Json;

    /// <summary>
    /// Saves everything that the rest of the run depends on: both networks, the average, both optimisers, the data's position, step and
    /// history. The file is written completely or not at all.
    /// </summary>
    /// <param name="trainer">The trainer whose state is saved.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; a previous file is unchanged.</exception>
    public static void Save(this Trainer trainer, string path)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        Save(KeptRun.Of(trainer), path);
    }

    /// <summary>
    /// Saves everything that the rest of the run depends on: the model with its <see cref="ITrainableModel.State"/>, the optimiser, the
    /// data's position, step and history. The file is written completely or not at all.
    /// </summary>
    /// <param name="trainer">The trainer whose state is saved.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; a previous file is unchanged.</exception>
    public static void Save(this ModelTrainer trainer, string path)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        Save(KeptRun.Of(trainer), path);
    }

    internal static void Save(KeptRun run, string path)
    {
        using var scope = NewDisposeScope();
        CheckpointFile.Write(path, run.Header(), [.. run.Tensors.Select(t => CheckpointBlock.Of(t.Name, t.Tensor))]);
    }

    /// <summary>
    /// Restores the state of a saved run in a trainer. From there on, every number equals that of the uninterrupted run.
    /// </summary>
    /// <param name="trainer">A trainer with the settings, data and networks of the saved run.</param>
    /// <param name="path">A file that <see cref="Save(Trainer, string)"/> wrote.</param>
    /// <exception cref="CheckpointException">The file is damaged, does not hold the state of a run, or belongs to a run with other
    /// settings, data or networks. The trainer and its data are unchanged.</exception>
    public static void Load(this Trainer trainer, string path)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        Load(KeptRun.Of(trainer), path);
    }

    /// <summary>
    /// Restores the state of a saved run in a trainer. From there on, every number equals that of the uninterrupted run.
    /// </summary>
    /// <param name="trainer">A trainer with the settings, data and model of the saved run.</param>
    /// <param name="path">A file that <see cref="Save(ModelTrainer, string)"/> wrote.</param>
    /// <exception cref="CheckpointException">The file is damaged, does not hold the state of a run, or belongs to a run with other
    /// settings, data or models. The trainer and its data are unchanged.</exception>
    public static void Load(this ModelTrainer trainer, string path)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        Load(KeptRun.Of(trainer), path);
    }

    internal static void Load(KeptRun run, string path) => Load(run, path, state => state.RequireFor(run, path));

    /// <summary>Restores the state of a saved run.</summary>
    /// <param name="run">The run that takes the state.</param>
    /// <param name="path">The checkpoint.</param>
    /// <param name="require">Throws if the state does not fit the run.</param>
    /// <returns>The state, and the SHA-256 of the checkpoint in hexadecimal digits.</returns>
    internal static (RunState State, string Digest) Load(KeptRun run, string path, Action<RunState> require)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var content = CheckpointFile.Open(path);
        var state = run.Read(content.Header, path);
        require(state);
        var tensors = run.Tensors.ToDictionary(t => t.Name, t => t.Tensor, StringComparer.Ordinal);
        if (content.Lengths.Keys.Concat(tensors.Keys).FirstOrDefault(k => !Fits(k)) is { } odd)
            throw new CheckpointException($"{path} belongs to other networks: {odd} does not fit. {state.Versions()}");
        var values = tensors.Keys.ToDictionary(k => k, k => content.Read(k, tensors[k]), StringComparer.Ordinal);
        Seek(run, state, path);

        // From here on nothing can fail.
        run.Adopt();
        foreach (var (name, tensor) in tensors)
            tensor.copy_(values[name]);
        run.Restore(state);
        return (state, content.Digest);

        bool Fits(string key) => content.Lengths.TryGetValue(key, out long length) && tensors.TryGetValue(key, out var tensor)
            && length == tensor.numel() * tensor.element_size();
    }

    /// <summary>Reads the state of a saved run without its tensors.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or does not hold the state of a run of this kind.</exception>
    internal static RunState StateOf(KeptRun run, string path)
    {
        using var content = CheckpointFile.Open(path);
        return run.Read(content.Header, path);
    }

    // A source refuses a position outside its data, and a reader's own source may refuse it in any way.
    private static void Seek(KeptRun run, RunState state, string path)
    {
        var before = run.Data.Position;
        try
        {
            run.Data.Seek(state.Position);
        }
        catch (Exception e)
        {
            run.Data.Seek(before);
            throw new CheckpointException($"{path} does not fit {run.Data.Name}: {e.Message}", isDamage: false, e);
        }
    }
}
