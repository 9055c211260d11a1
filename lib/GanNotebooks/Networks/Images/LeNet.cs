using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace GanNotebooks.Networks;

/// <summary>
/// A classifier of 28 × 28 grey images with the layer sizes of LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998, figure 2): two convolutions
/// of 5 × 5 with 6 and 16 channels, then 120, 84 and 10 units; ReLU and maximum pooling where the original has tanh and averages. 61,706
/// parameters. Its <see cref="Features"/> are the 84 numbers after the ReLU of the second linear layer, <c>full2</c>: all that the last
/// layer sees.
/// </summary>
public sealed class LeNet : nn.Module<Tensor, Tensor>
{
    /// <summary>Numbers in the penultimate layer.</summary>
    public const int FeatureCount = 84;

    /// <summary>The number of classes, K.</summary>
    public const int Classes = 10;

    /// <summary>Rows and columns of an image.</summary>
    public const int ImageSize = 28;

    private const int Kernel = 5, Padding = 2, Pooling = 2, Channels1 = 6, Channels2 = 16, Hidden = 120, Flat = Channels2 * 5 * 5;

    private readonly Conv2d conv1, conv2;
    private readonly Linear full1, full2, output;

    /// <summary>Builds the layers. Their weights are torch's until a seeded initialisation is applied.</summary>
    public LeNet() : base(nameof(LeNet))
    {
        conv1 = nn.Conv2d(1, Channels1, Kernel, padding: Padding);
        conv2 = nn.Conv2d(Channels1, Channels2, Kernel);
        full1 = nn.Linear(Flat, Hidden);
        full2 = nn.Linear(Hidden, FeatureCount);
        output = nn.Linear(FeatureCount, Classes);
        RegisterComponents();
    }

    /// <summary>Computes the logits of the ten classes.</summary>
    /// <param name="input">Images [N, 1, 28, 28] or [N, 784] in [-1, 1].</param>
    /// <returns>Logits [N, 10]; their softmax is p(y|x).</returns>
    /// <exception cref="ArgumentException">The images have another shape.</exception>
    public override Tensor forward(Tensor input)
    {
        using var features = Features(input);
        return output.call(features); // [N, 10]
    }

    /// <summary>Computes the input of the last layer: the features in which images are compared.</summary>
    /// <param name="images">As for <see cref="forward"/>.</param>
    /// <returns>[N, 84], none negative.</returns>
    /// <exception cref="ArgumentException">The images have another shape.</exception>
    public Tensor Features(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = Square(images); // [N, 1, 28, 28]
        x = max_pool2d(relu(conv1.call(x)), Pooling); // [N, 6, 14, 14]
        x = max_pool2d(relu(conv2.call(x)), Pooling); // [N, 16, 5, 5]
        x = relu(full1.call(x.flatten(1))); // [N, 120]
        return relu(full2.call(x)).MoveToOuterDisposeScope(); // [N, 84]
    }

    /// <summary>The last layer alone: logits from features.</summary>
    /// <param name="features">[N, 84].</param>
    /// <returns>[N, 10].</returns>
    public Tensor Classify(Tensor features) => output.call(features);

    private static Tensor Square(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return images.shape switch
        {
            [_, 1, ImageSize, ImageSize] => images,
            [var n, ImageSize * ImageSize] => images.view(n, 1, ImageSize, ImageSize),
            _ => throw new ArgumentException($"expected images [N, 1, 28, 28] or [N, 784], got {Shape.Text(images.shape)}",
                nameof(images)),
        };
    }
}
