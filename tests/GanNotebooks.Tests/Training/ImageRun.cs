using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>A run of DCGAN small enough for tests: real digits, few channels.</summary>
internal static class ImageRun
{
    private static readonly Lazy<ImageDataset> Digits = new(() => Mnist.Train().Take(500));

    public static TrainingConfig Config { get; } =
        new() { Steps = 6, BatchSize = 8, NoiseDimension = 5, RecordEvery = 2, Seed = 3, AverageHalfLife = 30 };

    public static Trainer Create(TrainingConfig? config = null, bool reduced = false)
    {
        var weights = new Generator(11);
        var (g, d) = (new DcganGenerator(28, 1, 5, width: 4).Dcgan(weights), new DcganDiscriminator(28, 1, width: 4).Dcgan(weights));
        return new Trainer(config ?? Config, reduced ? g.InBFloat16() : g, reduced ? d.InBFloat16() : d,
            new ShuffledBatches(Digits.Value, seed: 1));
    }

    public static byte[] State(this Trainer trainer) => [.. State(trainer.Generator), .. State(trainer.Discriminator)];

    /// <summary>Parameters and buffers, as bytes.</summary>
    public static byte[] State(nn.Module module) =>
        [.. module.state_dict().Values.SelectMany(t => t.detach().contiguous().bytes.ToArray())];
}
