using GanNotebooks.LatentModels;
using GanNotebooks.Networks;
using TorchSharp;
using static TorchSharp.torch;
using Network = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace GanNotebooks.Workbook.Devices;

/// <summary>
/// Every network and layer of the library in training mode: output, gradients by input and parameters, and buffers, in float32 on the
/// device against float64 on the CPU.
/// </summary>
internal static class NetworkCases
{
    // float32 has 6e-8; sums of up to some thousand terms in another order, through up to five layers and their normalisations.
    private const double Tolerance = 2e-4;
    private const int Batch = 8;

    private static readonly (string Name, long[] Input, Func<Network> Make)[] Cases =
    [
        ("perceptron", [2], () => new MultilayerPerceptron(2, [32, 32], [1])),
        ("perceptron, tanh and sigmoid", [5], () => new MultilayerPerceptron(5, [32], [1, 8, 8], Activation.Tanh, Activation.Sigmoid)),
        ("perceptron, spectral norm", [5], () => new MultilayerPerceptron(5, [32, 32], [1], Activation.LeakyReLU, spectralNorm: true)),
        ("perceptron, minibatch deviation", [5], () =>
            new MultilayerPerceptron(5, [32], [1], Activation.LeakyReLU, minibatchDeviation: true)),
        ("perceptron, batch normalisation", [5], () => new MultilayerPerceptron(5, [32, 32], [2], batchNorm: true)),
        ("generator of 2014", [100], () => Goodfellow2014Mlp.Generator(new Generator(1))),
        ("discriminator of 2014", [1, 28, 28], () => Goodfellow2014Mlp.Discriminator(new Generator(1), seed: 3)),
        ("maxout perceptron", [6], () => new MaxoutPerceptron(6, [24, 24], 5)),
        ("maxout perceptron, spectral norm and deviation", [6], () =>
            new MaxoutPerceptron(6, [24], 3, spectralNorm: true, minibatchDeviation: true)),
        ("maxout discriminator", [784], () => new MaxoutDiscriminator(seed: 3)),
        ("maxout layer", [7], () => new Maxout(7, 12, 4)),
        ("change of range", [12], () => new Rescale(0.5, 0.25)),
        ("dropout", [50], () => new SeededDropout(0.3, seed: 5)),
        ("minibatch deviation", [12], () => new MinibatchStandardDeviation()),
        ("spectral norm of a convolution", [3, 8, 8], () => new SpectralNorm(nn.Conv2d(3, 6, 4, stride: 2, padding: 1))),
        .. new[] { (28, 1, false), (28, 1, true), (32, 3, false), (64, 1, false) }.SelectMany(Dcgan),
        ("residual generator", [20], () => new ResidualGenerator(32, 3, 20, 16).Fixup(new Generator(1))),
        ("residual discriminator", [1, 28, 28], () => new ResidualDiscriminator(28, 1, 16).Fixup(new Generator(1))),
        ("autoencoder", [12], () => new Autoencoder(12, [8], 3, new Generator(1), Activation.Sigmoid)),
        ("swap autoencoder", [2, 1, 4, 4], () => new SwapAutoencoder([1, 4, 4], [8], 3, SwapLayout.SharedEncoder, new Generator(1))),
        ("generator of sequences", [6, 5], () => new SequenceGenerator(5, 6, 8, new Generator(1))),
        ("discriminator of sequences", [6, 5], () => new SequenceDiscriminator(5, 6, 8, new Generator(1))),
        ("LeNet", [1, 28, 28], () => new LeNet()),
        ("features of DCGAN", [1, 28, 28], () => new DcganFeatures(width: 8)),
        ("pooled features", [3, 28, 28], () => new PooledFeatures(3, 8, 6)),
        ("caption encoder", [8], () => new CaptionEncoder(5, 6)),
        ("patch discriminator", [2, 28, 28], () => new PatchDiscriminator(2, width: 8)),
    ];

    private static readonly (string Name, long[] Input, long[] Condition, Func<ConditionalNetwork> Make)[] Conditional =
    [
        ("condition beside a vector", [5], [3], () => new ConcatenatedCondition(new MultilayerPerceptron(8, [16], [2]))),
        ("condition as planes", [1, 28, 28], [3], () => new ConcatenatedCondition(new PatchDiscriminator(4, width: 8))),
        ("condition at the input, too", [5], [3], () => new ConditionAtInput(
            new ConcatenatedCondition(new MultilayerPerceptron(11, [16], [2])))),
        ("condition ignored", [5], [3], () => new IgnoredCondition(new MultilayerPerceptron(5, [16], [2]))),
        ("condition encoded", [5], [4], () => new EncodedCondition(
            new MultilayerPerceptron(4, [8], [3]), new ConcatenatedCondition(new MultilayerPerceptron(8, [16], [2])))),
        ("conditional batch normalisation", [6, 5, 5], [3], () => new ConditionalBatchNorm2d(6, 3)),
        ("conditional generator of DCGAN", [20], [10], () => new ConditionalDcganGenerator(10, noise: 20, width: 8)),
        ("projection discriminator", [1, 28, 28], [10], () => Judging(f => new ProjectionDiscriminator(f, f.Count, 10))),
        ("auxiliary discriminator", [1, 28, 28], [10], () => Judging(f => new AuxiliaryDiscriminator(f, f.Count, 10))),
        ("matching discriminator", [5], [3], () => new MatchingDiscriminator(
            new ConcatenatedCondition(new MultilayerPerceptron(8, [16], [1])), new MultilayerPerceptron(5, [8], [4]),
            new MultilayerPerceptron(3, [8], [4]))),
        ("displacement generator", [4], [2, 16, 16], () => new DisplacementGenerator(2, 16, 4, 2, sharpness: 1)),
        ("displacement discriminator", [1, 16, 16], [2, 16, 16], () => new DisplacementDiscriminator(2, 16, 2)),
        ("U-Net", [8], [1, 28, 28], () => new UNetGenerator(1, 3, width: 8)),
    ];

    public static IEnumerable<DeviceTest> All =>
    [
        .. Cases.Select(c =>
            new DeviceTest("networks", c.Name, device => Compare(c.Make, c.Input, null, device)) { Covers = Types(c.Make) }),
        .. Conditional.Select(c =>
            new DeviceTest("networks", c.Name, device => Compare(c.Make, c.Input, c.Condition, device)) { Covers = Types(c.Make) }),
    ];

    private static ConditionalNetwork Judging(Func<DcganFeatures, ConditionalNetwork> head) => head(new DcganFeatures(width: 8));

    private static IEnumerable<(string, long[], Func<Network>)> Dcgan((int Size, int Channels, bool Deep) c)
    {
        string name = $"{c.Size} pixels{(c.Channels == 3 ? ", colour" : "")}{(c.Deep ? ", deep" : "")}";
        yield return ($"DCGAN's generator, {name}", [20], () => new DcganGenerator(c.Size, c.Channels, 20, 8, c.Deep));
        yield return ($"DCGAN's discriminator, {name}", [c.Channels, c.Size,
            c.Size], () => new DcganDiscriminator(c.Size, c.Channels, 8, extraLayer: c.Deep));
    }

    private static Finding Compare(Func<Network> make, long[] shape, long[]? condition, Device device)
    {
        manual_seed(7);
        using var reference = make();
        using var tested = make();
        tested.load_state_dict(reference.state_dict());
        reference.to(float64);
        tested.to(device);
        using var random = new Generator(3);
        var x = randn([Batch, .. shape], generator: random);
        var c = condition is null ? null : randn([Batch, .. condition], generator: random);
        var (got, expected) = (Pass(tested, x.to(device), c?.to(device)), Pass(reference, x.to(float64), c?.to(float64)));
        return new Finding(Differences.Relative(got, expected), Tolerance,
            "relative, float32 against float64 on the CPU");
    }

    // The quantities that training uses: output, gradients, buffers.
    private static List<Tensor> Pass(Network network, Tensor input, Tensor? condition)
    {
        network.train();
        var x = input.detach().requires_grad_(true);
        var output = condition is null ? network.call(x) : ((ConditionalNetwork)network).call(x, condition);
        var direction = arange(output.numel(), float64).cos().to(output.dtype).to(output.device).view(output.shape);
        // What a head for another question holds takes no part: zeros.
        var gradients = autograd.grad([(output * direction).mean()], [x, .. network.parameters()], allow_unused: true)
            .Zip(network.parameters().Prepend(x), (gradient, of) => gradient is null || gradient.IsInvalid ? zeros_like(of) : gradient);
        return [output, .. gradients, .. network.buffers().Where(b => b.is_floating_point())];
    }

    private static IEnumerable<Type> Types(Func<Network> make)
    {
        using var network = make();
        return [.. network.modules().Select(m => m.GetType()).Append(network.GetType())];
    }
}
