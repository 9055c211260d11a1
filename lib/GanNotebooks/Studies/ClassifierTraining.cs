using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Runtime;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Studies;

/// <summary>
/// The settings for training a <see cref="LeNet"/>. The loss is cross-entropy, the optimiser is AdamW, and the learning rate falls along
/// half a cosine to zero. Every image is shifted by a few pixels each time it is shown. The weights after the last update are the result;
/// no test set selects them. The same record, data and thread count give the same weights.
/// </summary>
/// <param name="Epochs">Number of passes over the images.</param>
/// <param name="BatchSize">Number of images in one update.</param>
/// <param name="LearningRate">Learning rate of AdamW at the start; β₁ = 0.9, β₂ = 0.999.</param>
/// <param name="WeightDecay">Decoupled weight decay. Every update multiplies each weight by one minus this value times the learning
/// rate.</param>
/// <param name="MaxShift">Largest shift of an image in pixels, horizontally and vertically. Shifts are uniform whole numbers.</param>
/// <param name="Seed">Seed of the initial weights, the order of the images and the shifts.</param>
public sealed record ClassifierTraining(
    int Epochs = 20, int BatchSize = 128, double LearningRate = 2e-3, double WeightDecay = 1e-2, int MaxShift = 2, int Seed = 1998)
{
    private const int ShiftStream = 1_000_000; // far from the epoch numbers, which are the streams of the image order

    /// <summary>Trains a new classifier.</summary>
    /// <param name="data">Labelled images of 28 × 28, ten classes.</param>
    /// <param name="onEpoch">Callback that receives the epoch (from 1) and the mean cross-entropy in that epoch, in nats.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or the images have a different size or number of classes.</exception>
    public LeNet Train(ImageDataset data, Action<int, double>? onEpoch = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Validate(data);
        using var generator = new Generator((ulong)Seed);
        var net = Initialise(new LeNet(), generator);
        using var adam = optim.AdamW(net.parameters(), LearningRate, weight_decay: WeightDecay);
        var shifts = new SeededRandom(Seed, ShiftStream);
        int steps = Epochs * (data.Count / BatchSize), step = 0;
        net.train();
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            double sum = 0;
            foreach (int[]? indices in new SeededRandom(Seed, epoch).NextPermutation(data.Count).Chunk(BatchSize)
                .Where(c => c.Length == BatchSize))
            {
                foreach (var group in adam.ParamGroups)
                    group.LearningRate = LearningRate * (1 + Math.Cos(Math.PI * step / steps)) / 2;
                sum += Update(net, adam, data, indices, shifts);
                step++;
            }
            onEpoch?.Invoke(epoch + 1, sum / (data.Count / BatchSize));
        }
        net.eval();
        return net;
    }

    private double Update(LeNet net, optim.Optimizer adam, ImageDataset data, int[] indices, SeededRandom shifts)
    {
        using var scope = NewDisposeScope();
        adam.zero_grad();
        var images = ImageTensors.FromBytes(Shifted(data, indices, shifts)); // [B, 1, H, W]
        var labels = tensor(Array.ConvertAll(indices, i => (long)data.Labels[i])); // [B]
        var loss = cross_entropy(net.call(images), labels);
        loss.backward();
        adam.step();
        return loss.item<float>();
    }

    // Shifts by whole pixels. Pixels that no source pixel reaches are black.
    private Tensor Shifted(ImageDataset data, int[] indices, SeededRandom random)
    {
        int size = LeNet.ImageSize;
        byte[] bytes = new byte[indices.Length * size * size];
        for (int n = 0; n < indices.Length; n++)
        {
            int dx = random.NextInt(2 * MaxShift + 1) - MaxShift, dy = random.NextInt(2 * MaxShift + 1) - MaxShift;
            var source = data.Image(indices[n]);
            var target = bytes.AsSpan(n * size * size, size * size);
            for (int row = Math.Max(0, dy); row < Math.Min(size, size + dy); row++)
                source.Slice((row - dy) * size + Math.Max(0, -dx), size - Math.Abs(dx)).CopyTo(target[(row * size + Math.Max(0, dx))..]);
        }
        return tensor(bytes, [indices.Length, 1, size, size], dtype: ScalarType.Byte);
    }

    // U(-a, a) with a = √(6 / inputs): a ReLU halves the mean square of its input, and the weights double it again (He et al. 2015,
    // equation 10).
    private static LeNet Initialise(LeNet net, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var parameter in net.parameters())
        {
            double bound = parameter.dim() == 1 ? 0 : Math.Sqrt(6.0 / (parameter.numel() / parameter.size(0)));
            _ = bound == 0 ? parameter.zero_() : parameter.FillUniform(-bound, bound, generator);
        }
        return net;
    }

    private void Validate(ImageDataset data)
    {
        if (Epochs < 1 || BatchSize < 1 || BatchSize > data.Count || MaxShift < 0 || MaxShift >= LeNet.ImageSize || !(LearningRate > 0)
            || !(WeightDecay >= 0))
        {
            throw new ArgumentException($"a setting is out of range for {data.Count} images: {this}");
        }

        if (data.Height != LeNet.ImageSize || data.Width != LeNet.ImageSize || data.ClassNames.Count != LeNet.Classes)
        {
            throw new ArgumentException(
                $"expected images of 28 x 28 in 10 classes, got {data.Height} x {data.Width} in {data.ClassNames.Count}", nameof(data));
        }
    }
}
