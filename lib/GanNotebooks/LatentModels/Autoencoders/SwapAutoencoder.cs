using GanNotebooks.Networks;
using GanNotebooks.Runtime;
using GanNotebooks.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.LatentModels;

/// <summary>
/// The autoencoder of deepfakes: one encoder for two sets of images, and a decoder for each set. Every decoder learns to reconstruct the
/// images of its own set. The swap encodes an image of one set and decodes it with the decoder of the other: the code says how the image
/// is posed, the decoder says whose image it is (the program deepfakes/faceswap, 2017; Perov et al. 2020, section 3.2). The loss is the
/// mean squared error per pixel, averaged over both sets. Two other layouts are its controls.
/// </summary>
public sealed class SwapAutoencoder : nn.Module<Tensor, Tensor>, ITrainableModel
{
    private readonly ModuleList<MultilayerPerceptron> encoders, decoders;

    /// <summary>Builds encoders and decoders, which mirror each other, with PyTorch's default start.</summary>
    /// <param name="imageShape">Shape of one image, such as [1, 28, 28]; pixels are in [-1, 1].</param>
    /// <param name="hidden">Widths of the encoder's hidden layers; a decoder has them in reverse order.</param>
    /// <param name="code">Number of values in a code, q.</param>
    /// <param name="layout">Which parts the two sets share.</param>
    /// <param name="weights">Source of the initial weights.</param>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public SwapAutoencoder(IReadOnlyList<long> imageShape, IReadOnlyList<int> hidden, int code, SwapLayout layout, Generator weights)
        : base(nameof(SwapAutoencoder))
    {
        ArgumentNullException.ThrowIfNull(imageShape);
        ArgumentNullException.ThrowIfNull(hidden);
        (ImageShape, CodeSize, Layout) = ([.. imageShape], code, layout);
        int inputs = (int)imageShape.Aggregate(1L, (a, b) => a * b);
        var (encoderCount, decoderCount) = layout switch
        {
            SwapLayout.SharedEncoder => (1, 2),
            SwapLayout.OneDecoder => (1, 1),
            SwapLayout.SeparateEncoders => (2, 2),
            _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "unknown layout"),
        };
        encoders = nn.ModuleList(Repeated(encoderCount, () => new MultilayerPerceptron(inputs, hidden, [code])));
        decoders = nn.ModuleList(Repeated(decoderCount,
            () => new MultilayerPerceptron(code, [.. hidden.Reverse()], imageShape, outputActivation: Activation.Tanh)));
        foreach (var part in encoders.Concat(decoders))
            part.UniformFanIn(weights);
        RegisterComponents();
    }

    /// <summary>Shape of one image.</summary>
    public IReadOnlyList<long> ImageShape { get; }

    /// <summary>Number of values in a code, q.</summary>
    public int CodeSize { get; }

    /// <summary>Which parts the two sets share.</summary>
    public SwapLayout Layout { get; }

    /// <inheritdoc/>
    public nn.Module Network => this;

    /// <inheritdoc/>
    public object Settings => new OwnSettings(Layout);

    /// <summary>Maps images to codes.</summary>
    /// <param name="images">[N, ...].</param>
    /// <param name="set">0 or 1: the set that the images come from.</param>
    /// <returns>[N, q].</returns>
    public Tensor Encode(Tensor images, int set) => Of(encoders, set).call(images);

    /// <summary>Maps codes to images of a set.</summary>
    /// <param name="codes">[N, q].</param>
    /// <param name="set">0 or 1: the set whose images are wanted.</param>
    /// <returns>[N, ...] in (-1, 1).</returns>
    public Tensor Decode(Tensor codes, int set) => Of(decoders, set).call(codes);

    /// <summary>Encodes and decodes images within their set.</summary>
    /// <param name="images">[N, ...].</param>
    /// <param name="set">0 or 1: the set that the images come from.</param>
    /// <returns>[N, ...].</returns>
    public Tensor Reconstruct(Tensor images, int set) => Decode(Encode(images, set), set);

    /// <summary>Encodes images of one set and decodes them with the decoder of the other.</summary>
    /// <param name="images">[N, ...].</param>
    /// <param name="set">0 or 1: the set that the images come from.</param>
    /// <returns>[N, ...].</returns>
    public Tensor Swap(Tensor images, int set) => Decode(Encode(images, set), 1 - set);

    /// <summary>Reconstructs an image of either set.</summary>
    /// <param name="input">[N, 2, ...], as <see cref="Data.TwoSets"/> gives it.</param>
    /// <returns>[N, 2, ...].</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() != ImageShape.Count + 2 || !input.shape.Skip(1).SequenceEqual([2, .. ImageShape]))
            throw new ArgumentException($"expected [N, 2, {Shape.Text(ImageShape)}], got {Shape.Text(input.shape)}", nameof(input));
        return stack([Reconstruct(input.select(1, 0), 0), Reconstruct(input.select(1, 1), 1)], 1);
    }

    /// <inheritdoc/>
    public Tensor Backward(Tensor batch, Generator random)
    {
        var loss = (call(batch) - batch).square().mean();
        loss.backward();
        return loss.detach();
    }

    private static MultilayerPerceptron Of(ModuleList<MultilayerPerceptron> parts, int set) => set is 0 or 1
        ? parts[parts.Count == 1 ? 0 : set]
        : throw new ArgumentOutOfRangeException(nameof(set), set, "a set is 0 or 1");

    private static MultilayerPerceptron[] Repeated(int count, Func<MultilayerPerceptron> make) =>
        [.. Enumerable.Range(0, count).Select(_ => make())];

    private sealed record OwnSettings(SwapLayout Layout);
}

/// <summary>Which parts of a <see cref="SwapAutoencoder"/> the two sets share.</summary>
public enum SwapLayout
{
    /// <summary>One encoder, two decoders: the deepfake.</summary>
    SharedEncoder,

    /// <summary>One encoder, one decoder: an ordinary autoencoder of both sets. A control: there is nothing to swap.</summary>
    OneDecoder,

    /// <summary>Two encoders, two decoders: two autoencoders. A control: a decoder gets codes that mean something else to it.</summary>
    SeparateEncoders,
}
