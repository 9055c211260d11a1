using GanNotebooks.Regularizers;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Augments the images of a run (<see cref="TrainingConfig.Augmentation"/>) and moves the probability by ADA's rule.</summary>
internal sealed class Augmenter : IDisposable
{
    private readonly Augmentation augmentation;
    private readonly int batchSize;
    private readonly RandomStreams random;

    public Augmenter(TrainingConfig config)
    {
        augmentation = config.Augmentation ?? throw new ArgumentException("the settings have no augmentation", nameof(config));
        (batchSize, random) = (config.BatchSize, new RandomStreams(config.Seed));
        State = new AugmentationState(augmentation.Start, 0, 0);
    }

    /// <summary>What a checkpoint must hold.</summary>
    public AugmentationState State { get; set; }

    /// <summary>Augments samples. The random numbers depend on the seed of the run, the stream and the counter alone.</summary>
    public Tensor Apply(Tensor samples, int stream, long counter) =>
        augmentation.Apply(samples, State.Probability, random.At(stream, counter));

    /// <summary>Counts the signs of D's logits on a batch of training images, and moves the probability when it is due.</summary>
    /// <param name="real">Logits of D on augmented training images, [N, 1].</param>
    public void Observe(Tensor real)
    {
        if (augmentation.Adaptive is not { } rule)
            return;
        using var scope = NewDisposeScope();
        double signs = State.Signs + real.detach().sign().mean().item<float>();
        int batches = State.Batches + 1;
        State = batches < rule.Every
            ? State with { Signs = signs, Batches = batches }
            : new AugmentationState(rule.Next(State.Probability, signs / batches, batchSize), 0, 0);
    }

    public void Dispose() => random.Dispose();
}

/// <summary>The state of an augmentation between two steps.</summary>
/// <param name="Probability">Probability p of each change.</param>
/// <param name="Signs">Sum of the batches' mean signs of D on training images since p last moved.</param>
/// <param name="Batches">Number of these batches.</param>
internal sealed record AugmentationState(double Probability, double Signs, int Batches);
