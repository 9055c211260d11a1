using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// The state of a <see cref="Trainer"/> at one step, in memory: both networks, the average, both optimisers, the data's position and the
/// history. From a restored state on, every number equals that of the uninterrupted run. <see cref="Checkpoint"/> does the same with a
/// file.
/// </summary>
public sealed class TrainerSnapshot : IDisposable
{
    private readonly IReadOnlyList<(string Name, Tensor Tensor)> tensors;
    private readonly HistoryRecord[] history;
    private readonly BatchPosition position;
    private readonly AugmentationState? augmentation;
    private readonly (long Discriminator, long Generator) updates;
    private readonly string data;

    private TrainerSnapshot(Trainer trainer)
    {
        trainer.Players.Adopt();
        using (no_grad())
        {
            tensors = [.. KeptRun.Of(trainer).Tensors.Select(t => (t.Name, t.Tensor.detach().clone().DetachFromDisposeScope()))];
        }

        Step = trainer.Step;
        (history, position, augmentation) = ([.. trainer.History], trainer.Data.Position, trainer.AugmentationState);
        updates = (trainer.Players.DiscriminatorOptimizer.Updates, trainer.Players.GeneratorOptimizer.Updates);
        data = trainer.Data.Name;
    }

    /// <summary>Number of generator updates at the state.</summary>
    public int Step { get; }

    /// <summary>Memory of the tensors, in bytes.</summary>
    public long Bytes => tensors.Sum(t => t.Tensor.numel() * t.Tensor.element_size());

    /// <summary>Copies the state of a trainer.</summary>
    public static TrainerSnapshot Of(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return new TrainerSnapshot(trainer);
    }

    /// <summary>Gives a trainer the state. It may be the trainer of the snapshot or another one with such networks and such data.</summary>
    /// <param name="trainer">The trainer, whose settings stay as they are.</param>
    /// <exception cref="ArgumentException">Networks, optimisers or data are others. The trainer is unchanged.</exception>
    public void Restore(Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        if (trainer.Data.Name != data)
            throw new ArgumentException($"the state belongs to a run on {data}, not on {trainer.Data.Name}", nameof(trainer));
        trainer.Players.Adopt();
        var own = KeptRun.Of(trainer).Tensors.ToDictionary(t => t.Name, t => t.Tensor, StringComparer.Ordinal);
        if (own.Count != tensors.Count
            || tensors.FirstOrDefault(t =>
                !own.TryGetValue(t.Name, out var o) || !o.shape.SequenceEqual(t.Tensor.shape)) is { Name: not null })
        {
            throw new ArgumentException("the state belongs to a run with other networks or optimisers", nameof(trainer));
        }

        trainer.Data.Seek(position);
        using (no_grad())
        {
            foreach (var (name, tensor) in tensors)
                own[name].copy_(tensor);
        }

        (trainer.Players.DiscriminatorOptimizer.Updates, trainer.Players.GeneratorOptimizer.Updates) = updates;
        trainer.AugmentationState = augmentation;
        trainer.History.Replace(history);
        trainer.Step = Step;
    }

    /// <summary>Frees the copies.</summary>
    public void Dispose()
    {
        foreach (var (_, tensor) in tensors)
            tensor.Dispose();
    }
}
