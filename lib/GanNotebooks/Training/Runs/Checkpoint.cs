using System.Reflection;
using System.Text.Json;
using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Saves the state of a <see cref="Trainer"/> in a file and restores it from there.</summary>
public static class Checkpoint
{
    internal static string Library { get; } =
        typeof(Trainer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

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
        using var scope = NewDisposeScope();
        var (config, data, players) = (trainer.Config, trainer.Data, trainer.Players);
        var state = new TrainingState(
            Library, ConfigText.Of(config), data.Name, data.Position, trainer.Step, players.DiscriminatorOptimizer.Updates,
            players.GeneratorOptimizer.Updates, [.. trainer.History]);
        CheckpointFile.Write(path, JsonSerializer.Serialize(state),
            [.. Tensors(trainer).Select(t => (t.Name, t.Tensor.detach().cpu().contiguous().bytes.ToArray()))]);
    }

    /// <summary>
    /// Restores the state of a saved run in a trainer. From there on, every number equals that of the uninterrupted run.
    /// </summary>
    /// <param name="trainer">A trainer with the settings, data and networks of the saved run.</param>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <exception cref="CheckpointException">The file is damaged, or belongs to a run with other settings, data or networks. The
    /// trainer is unchanged.</exception>
    public static void Load(this Trainer trainer, string path)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (data, players) = (trainer.Data, trainer.Players);
        var (header, blocks) = CheckpointFile.Read(path);
        var state = JsonSerializer.Deserialize<TrainingState>(header)!;
        string[] differences = [.. ConfigText.Differences(state.Config, trainer.Config)];
        if (differences.Length > 0)
            throw new CheckpointException($"{path} belongs to a run with other settings. {string.Join("; ", differences)}");
        if (state.Data != data.Name)
            throw new CheckpointException($"{path} belongs to a run on {state.Data}, not on {data.Name}");
        var tensors = Tensors(trainer).ToDictionary(t => t.Name, t => t.Tensor);
        if (blocks.Keys.Concat(tensors.Keys).FirstOrDefault(k => !blocks.TryGetValue(k, out byte[]? b) || !tensors.TryGetValue(k, out var t)
            || b.Length != t.numel() * t.element_size()) is { } odd)
        {
            throw new CheckpointException($"{path} belongs to other networks: {odd} does not fit");
        }

        players.Adopt();
        foreach (var (name, tensor) in tensors)
            tensor.copy_(FromBytes(blocks[name], tensor));
        (players.DiscriminatorOptimizer.Updates, players.GeneratorOptimizer.Updates, trainer.Step) =
            (state.DiscriminatorUpdates, state.GeneratorUpdates, state.Step);
        data.Seek(state.Position);
        trainer.History.Replace(state.History);
    }

    private static IEnumerable<(string Name, Tensor Tensor)> Tensors(Trainer trainer)
    {
        var players = trainer.Players;
        foreach (var (key, tensor) in trainer.Generator.state_dict())
            yield return ($"generator.{key}", tensor);
        foreach (var (key, tensor) in trainer.Discriminator.state_dict())
            yield return ($"discriminator.{key}", tensor);
        // Layers in bfloat16 hold roundings; the optimiser continues from the exact numbers.
        foreach (var (name, parameters) in new[] { ("generator", players.GeneratorParameters),
            ("discriminator", players.DiscriminatorParameters) }.Where(p => p.Item2.Precision != float32))
        {
            yield return ($"exact.{name}", parameters.Values);
        }

        foreach (var (name, optimizer) in new[] { ("generator", players.GeneratorOptimizer),
            ("discriminator", players.DiscriminatorOptimizer) })
        {
            foreach (var (part, tensor) in optimizer.State)
                yield return ($"{optimizer.Name}.{name}.{part}", tensor);
        }
        foreach (var entry in trainer.AverageState)
            yield return entry;
    }

    private static Tensor FromBytes(byte[] bytes, Tensor like)
    {
        var tensor = empty(like.shape, dtype: like.dtype);
        bytes.CopyTo(tensor.bytes);
        return tensor;
    }
}

/// <summary>
/// The header of a checkpoint: everything except the tensors. Noise needs no state, because it is a function of seed and counter.
/// </summary>
/// <param name="Library">Version of the library that wrote the checkpoint.</param>
/// <param name="Config">The settings, as JSON.</param>
/// <param name="Data">Name of the batch source.</param>
/// <param name="Position">Position of the batch source.</param>
/// <param name="Step">Number of generator updates so far.</param>
/// <param name="DiscriminatorUpdates">Number of updates t of D's optimiser.</param>
/// <param name="GeneratorUpdates">Number of updates t of G's optimiser.</param>
/// <param name="History">The records so far.</param>
internal sealed record TrainingState(
    string Library, string Config, string Data, BatchPosition Position, int Step, long DiscriminatorUpdates, long GeneratorUpdates,
    IReadOnlyList<HistoryRecord> History);
