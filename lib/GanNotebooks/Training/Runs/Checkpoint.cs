using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Saves the state of a <see cref="Trainer"/> in a file and restores it from there.</summary>
public static class Checkpoint
{
    internal static string Library { get; } =
        typeof(Trainer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Numbers of headers and logs. A gradient's norm may be infinite in a run that diverges.</summary>
    internal static JsonSerializerOptions Json { get; } = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

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
        var (config, data, players) = (trainer.Config, trainer.Data, trainer.Players);
        var state = new TrainingState(
            Library, ConfigText.Of(config), data.Name, data.Position, trainer.Step, players.DiscriminatorOptimizer.Updates,
            players.GeneratorOptimizer.Updates, [.. trainer.History], data.SampleCount);
        using var scope = NewDisposeScope();
        CheckpointFile.Write(path, JsonSerializer.Serialize(state, Json),
            [.. Tensors(trainer).Select(t => CheckpointBlock.Of(t.Name, t.Tensor))]);
    }

    /// <summary>
    /// Restores the state of a saved run in a trainer. From there on, every number equals that of the uninterrupted run.
    /// </summary>
    /// <param name="trainer">A trainer with the settings, data and networks of the saved run.</param>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <exception cref="CheckpointException">The file is damaged, does not hold the state of a run, or belongs to a run with other
    /// settings, data or networks. The trainer and its data are unchanged.</exception>
    public static void Load(this Trainer trainer, string path)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var content = CheckpointFile.Open(path);
        var state = TrainingState.Read(content.Header, path);
        state.RequireFor(trainer, path);
        var tensors = Tensors(trainer).ToDictionary(t => t.Name, t => t.Tensor, StringComparer.Ordinal);
        if (content.Lengths.Keys.Concat(tensors.Keys).FirstOrDefault(k => !Fits(k)) is { } odd)
            throw new CheckpointException($"{path} belongs to other networks: {odd} does not fit. {state.Versions()}");
        var values = tensors.Keys.ToDictionary(k => k, k => content.Read(k, tensors[k]), StringComparer.Ordinal);
        Seek(trainer, state, path);

        // From here on nothing can fail.
        trainer.Players.Adopt();
        foreach (var (name, tensor) in tensors)
            tensor.copy_(values[name]);
        (trainer.Players.DiscriminatorOptimizer.Updates, trainer.Players.GeneratorOptimizer.Updates, trainer.Step) =
            (state.DiscriminatorUpdates, state.GeneratorUpdates, state.Step);
        trainer.History.Replace(state.History);

        bool Fits(string key) => content.Lengths.TryGetValue(key, out long length) && tensors.TryGetValue(key, out var tensor)
            && length == tensor.numel() * tensor.element_size();
    }

    /// <summary>Reads the state of a saved run without its tensors.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or does not hold the state of a run.</exception>
    internal static TrainingState StateOf(string path)
    {
        using var content = CheckpointFile.Open(path);
        return TrainingState.Read(content.Header, path);
    }

    // A source refuses a position outside its data, and a reader's own source may refuse it in any way.
    private static void Seek(Trainer trainer, TrainingState state, string path)
    {
        var before = trainer.Data.Position;
        try
        {
            trainer.Data.Seek(state.Position);
        }
        catch (Exception e)
        {
            trainer.Data.Seek(before);
            throw new CheckpointException($"{path} does not fit {trainer.Data.Name}: {e.Message}", isDamage: false, e);
        }
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
}
