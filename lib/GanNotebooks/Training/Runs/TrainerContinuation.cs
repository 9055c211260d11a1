using GanNotebooks.Data;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanNotebooks.Training;

/// <summary>Changes a run in its middle: other settings, other data, or another network.</summary>
public static class TrainerContinuation
{
    /// <summary>
    /// Continues a run with other settings, networks or data. Step, history and the position in kept data go on. An optimiser goes on if
    /// its
    /// network is kept and its update rule is the same; otherwise it starts anew, and the noise of its player's steps is drawn from the
    /// beginning again. A moving average goes on if G is kept and there was one. This trainer is disposed; its networks are not.
    /// <code>trainer = trainer.Continue(trainer.Config with { Loss = new MinimaxLoss() });</code>
    /// </summary>
    /// <param name="trainer">The run so far.</param>
    /// <param name="config">The settings from now on.</param>
    /// <param name="generator">Another generator; null keeps the present one.</param>
    /// <param name="discriminator">Another discriminator; null keeps the present one.</param>
    /// <param name="data">Another source of real samples; null keeps the present one.</param>
    /// <returns>A trainer at the same step.</returns>
    /// <exception cref="ArgumentException">The settings contradict each other, or do not fit the networks or the data. The trainer is
    /// unchanged.</exception>
    public static Trainer Continue(this Trainer trainer, TrainingConfig config, Module<Tensor, Tensor>? generator = null,
        Module<Tensor, Tensor>? discriminator = null, IBatchSource? data = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(config);
        var before = trainer.Players;
        before.Adopt();
        Trainer next;
        try
        {
            next = new Trainer(config, generator ?? trainer.Generator, discriminator ?? trainer.Discriminator, data ?? trainer.Data,
                trainer.Device);
        }
        catch
        {
            before.Adopt(); // the new trainer may have taken the parameters before it was refused
            throw;
        }

        var after = next.Players;
        bool keepsGenerator = generator is null || generator == trainer.Generator;
        using (no_grad())
        {
            if (keepsGenerator)
            {
                Carry(before.GeneratorOptimizer, after.GeneratorOptimizer);
                Carry(trainer.AverageState, next.AverageState);
            }

            if (discriminator is null || discriminator == trainer.Discriminator)
                Carry(before.DiscriminatorOptimizer, after.DiscriminatorOptimizer);
        }

        next.AugmentationState = trainer.AugmentationState;
        next.History.Replace([.. trainer.History]);
        next.Step = trainer.Step;
        trainer.Dispose();
        after.Adopt(); // the disposed trainer took the gradients along
        return next;
    }

    private static void Carry(FlatOptimizer from, FlatOptimizer to)
    {
        if (from.Name != to.Name)
            return;
        Carry(from.State, to.State);
        to.Updates = from.Updates;
    }

    private static void Carry(IEnumerable<(string Name, Tensor Tensor)> from, IEnumerable<(string Name, Tensor Tensor)> to)
    {
        var saved = from.ToDictionary(t => t.Name, t => t.Tensor, StringComparer.Ordinal);
        foreach (var (name, tensor) in to)
        {
            if (saved.TryGetValue(name, out var value))
                tensor.copy_(value);
        }
    }
}
