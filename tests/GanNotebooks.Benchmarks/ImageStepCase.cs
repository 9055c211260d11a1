using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Benchmarks;

/// <summary>
/// One size of a DCGAN step on grey images: the textbook's time, ours, ours with shared fakes, ours in bfloat16, and what the products
/// alone would need.
/// </summary>
/// <param name="Batch">N.</param>
/// <param name="Width">Channels of D's first and G's last layer.</param>
/// <param name="Size">Side of the images: 28, 32 or 64.</param>
internal sealed record ImageStepCase(int Batch, int Width, int Size = 28)
{
    private const int Noise = 100, Images = 2048;

    // 28, 14, 7; or 64, 32, 16, 8, 4.
    private readonly int[] sides = [.. Halves(Size)];

    public ImageStepResult Measure(BenchmarkPlace place)
    {
        using var weights = new Generator(1);
        var device = place.Device;
        var data = RandomImages();
        using var textbook = new TextbookStep(PlainGenerator(weights).to(device), PlainDiscriminator(weights).to(device),
            new ShuffledBatches(data, device: device), Batch, Noise, device);
        using var fresh = Ours(weights, data, device, share: false);
        using var shared = Ours(weights, data, device, share: true);
        using var rounding = Ours(weights, data, device, share: false, reduced: true);
        // channels last
        using var x = randn(Batch, Width, sides[1], sides[1], device: device).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        using var w = randn(2 * Width, Width, 4, 4, device: device);
        double[] times = Interleaved.Medians(place, 1, textbook.Run, () => Step(fresh), () => Step(shared), () => Step(rounding),
            () => Convolve(x, w));
        double rate = Batch * Layer(2) / times[4]; // multiply-adds per microsecond
        return new ImageStepResult(this, times[0], times[1], times[2], times[3], Batch * Work(share: false) / rate,
            Batch * Work(share: true) / rate, 2 * rate / 1000);
    }

    private static IEnumerable<int> Halves(int side)
    {
        for (; side % 2 == 0 && side > 4; side /= 2)
            yield return side;
        yield return side;
    }

    private int Depth => sides.Length - 1;

    private int Channels(int layer) => layer == 0 ? 1 : Width << (layer - 1);

    // Multiply-adds of one pass over one image: layer k is between the sides k − 1 and k, in D as in G.
    private double Layer(int k) => (double)sides[k] * sides[k] * 16 * Channels(k - 1) * Channels(k);

    private double Middle => Enumerable.Range(2, Depth - 1).Sum(Layer);

    private double LogitLayer => (double)sides[^1] * sides[^1] * Channels(Depth);

    private double ProjectionLayer => LogitLayer * Noise;

    // The least that a step needs for each image of the batch: no gradient by pixels of data, none by D's weights in G's step, none by z.
    private double Work(bool share)
    {
        double d = Layer(1) + Middle + LogitLayer, g = Layer(1) + Middle + ProjectionLayer;
        double discriminatorStep = (share ? 0 : g) + 2 * (3 * d - Layer(1));
        double generatorStep = g + 2 * d + (2 * g - ProjectionLayer);
        return discriminatorStep + generatorStep;
    }

    private Trainer Ours(Generator weights, ImageDataset data, Device device, bool share, bool reduced = false)
    {
        var config = new TrainingConfig
        {
            Steps = int.MaxValue, BatchSize = Batch, RecordEvery = int.MaxValue, NoiseDimension = Noise,
            ShareFakes = share
        };
        var (g, d) = (new DcganGenerator(Size, 1, Noise, Width).Dcgan(weights).to(device), new DcganDiscriminator(Size, 1, Width)
            .Dcgan(weights).to(device));
        return new Trainer(config, reduced ? g.InBFloat16() : g, reduced ? d.InBFloat16() : d,
            new ShuffledBatches(data, device: device), device);
    }

    // As TorchSharp's and PyTorch's examples write them.
    private nn.Module<Tensor, Tensor> PlainGenerator(Generator weights)
    {
        var layers = new List<(string, nn.Module<Tensor, Tensor>)> { ("unflatten", nn.Unflatten(1, [Noise, 1, 1])),
            ("conv0", nn.ConvTranspose2d(Noise, Channels(Depth), sides[^1], bias: false)) };
        for (int k = Depth; k >= 1; k--)
        {
            layers.AddRange([($"norm{k}", nn.BatchNorm2d(Channels(k))), ($"relu{k}", nn.ReLU(inplace: true))]);
            layers.Add(($"conv{k}", nn.ConvTranspose2d(Channels(k), Channels(k - 1), 4, stride: 2, padding: 1, bias: k == 1)));
        }
        return nn.Sequential([.. layers, ("tanh", nn.Tanh())]).Dcgan(weights);
    }

    private nn.Module<Tensor, Tensor> PlainDiscriminator(Generator weights)
    {
        var layers = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (int k = 1; k <= Depth; k++)
        {
            layers.Add(($"conv{k}", nn.Conv2d(Channels(k - 1), Channels(k), 4, stride: 2, padding: 1, bias: k == 1)));
            if (k > 1)
                layers.Add(($"norm{k}", nn.BatchNorm2d(Channels(k))));
            layers.Add(($"relu{k}", nn.LeakyReLU(0.2, inplace: true)));
        }
        return nn.Sequential([.. layers, ("logit", nn.Conv2d(Channels(Depth), 1, sides[^1])), ("flatten", nn.Flatten())]).Dcgan(weights);
    }

    private ImageDataset RandomImages()
    {
        var random = new SeededRandom(1);
        byte[] pixels = Enumerable.Range(0, Images * Size * Size).Select(_ => (byte)random.NextUInt64()).ToArray();
        return ImageDataset.FromIdx("noise", new IdxArray("noise", [Images, Size, Size], pixels),
            new IdxArray("labels", [Images], new byte[Images]), ["none"]);
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
