using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Benchmarks;

/// <summary>One size of a DCGAN step on 28 × 28 grey images: the textbook's time, ours, ours with shared fakes, ours in bfloat16, and what the products alone would need.</summary>
/// <param name="Batch">N.</param>
/// <param name="Width">Channels of D's first and G's last layer.</param>
internal sealed record ImageStepCase(int Batch, int Width)
{
    private const int Noise = 100, Images = 2048;

    public ImageStepResult Measure(int rounds)
    {
        using var weights = new Generator(1);
        var data = RandomImages();
        using var textbook = new TextbookStep(PlainGenerator(weights), PlainDiscriminator(weights), new ShuffledBatches(data), Batch, Noise);
        using var fresh = Ours(weights, data, share: false);
        using var shared = Ours(weights, data, share: true);
        using var rounding = Ours(weights, data, share: false, reduced: true);
        using var x = randn(Batch, Width, 14, 14).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2); // channels last
        using var w = randn(2 * Width, Width, 4, 4);
        var times = Interleaved.Medians(rounds, 1, textbook.Run, () => Step(fresh), () => Step(shared), () => Step(rounding), () => Convolve(x, w));
        double rate = Batch * MiddleLayer / times[4]; // multiply-adds per microsecond
        return new ImageStepResult(this, times[0], times[1], times[2], times[3], Batch * Work(share: false) / rate, Batch * Work(share: true) / rate, 2 * rate / 1000);
    }

    // Multiply-adds of one pass over one image.
    private double PixelLayer => 14 * 14 * 16.0 * Width;

    private double MiddleLayer => 7 * 7 * 16.0 * Width * 2 * Width;

    private double LogitLayer => 7 * 7 * 2.0 * Width;

    private double ProjectionLayer => 7 * 7 * 2.0 * Width * Noise;

    // The least that a step needs for each image of the batch: no gradient by pixels of data, none by D's weights in G's step, none by z.
    private double Work(bool share)
    {
        double d = PixelLayer + MiddleLayer + LogitLayer, g = PixelLayer + MiddleLayer + ProjectionLayer;
        double discriminatorStep = (share ? 0 : g) + 2 * (3 * d - PixelLayer);
        double generatorStep = g + 2 * d + (2 * g - ProjectionLayer);
        return discriminatorStep + generatorStep;
    }

    private Trainer Ours(Generator weights, ImageDataset data, bool share, bool reduced = false)
    {
        var config = new TrainingConfig { Steps = int.MaxValue, BatchSize = Batch, RecordEvery = int.MaxValue, NoiseDimension = Noise, ShareFakes = share };
        var (g, d) = (new DcganGenerator(28, 1, Noise, Width).Dcgan(weights), new DcganDiscriminator(28, 1, Width).Dcgan(weights));
        return new Trainer(config, reduced ? g.InBFloat16() : g, reduced ? d.InBFloat16() : d, new ShuffledBatches(data));
    }

    // As TorchSharp's and PyTorch's examples write them.
    private nn.Module<Tensor, Tensor> PlainGenerator(Generator weights) => nn.Sequential(
        ("unflatten", nn.Unflatten(1, [Noise, 1, 1])),
        ("conv1", nn.ConvTranspose2d(Noise, 2 * Width, 7, bias: false)), ("norm1", nn.BatchNorm2d(2 * Width)), ("relu1", nn.ReLU(inplace: true)),
        ("conv2", nn.ConvTranspose2d(2 * Width, Width, 4, stride: 2, padding: 1, bias: false)), ("norm2", nn.BatchNorm2d(Width)), ("relu2", nn.ReLU(inplace: true)),
        ("conv3", nn.ConvTranspose2d(Width, 1, 4, stride: 2, padding: 1)), ("tanh", nn.Tanh())).Dcgan(weights);

    private nn.Module<Tensor, Tensor> PlainDiscriminator(Generator weights) => nn.Sequential(
        ("conv1", nn.Conv2d(1, Width, 4, stride: 2, padding: 1)), ("relu1", nn.LeakyReLU(0.2, inplace: true)),
        ("conv2", nn.Conv2d(Width, 2 * Width, 4, stride: 2, padding: 1, bias: false)), ("norm2", nn.BatchNorm2d(2 * Width)), ("relu2", nn.LeakyReLU(0.2, inplace: true)),
        ("conv3", nn.Conv2d(2 * Width, 1, 7)), ("flatten", nn.Flatten())).Dcgan(weights);

    private static ImageDataset RandomImages()
    {
        var random = new SeededRandom(1);
        var pixels = Enumerable.Range(0, Images * 28 * 28).Select(_ => (byte)random.NextUInt64()).ToArray();
        return ImageDataset.FromIdx("noise", new IdxArray("noise", [Images, 28, 28], pixels), new IdxArray("labels", [Images], new byte[Images]), ["none"]);
    }

    private static void Step(Trainer trainer)
    {
        trainer.DiscriminatorStep();
        trainer.GeneratorStep();
    }

    private static void Convolve(Tensor x, Tensor w)
    {
        using var noGradient = no_grad();
        nn.functional.conv2d(x, w, null!, [2, 2], [1, 1]).Dispose();
    }
}
