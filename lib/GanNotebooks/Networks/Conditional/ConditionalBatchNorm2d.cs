using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Batch normalisation whose scale and shift depend on the condition (de Vries et al. 2017; Dumoulin et al. 2017):
/// (1 + W c) x̂ + V c, where x̂ has batch mean 0 and variance 1. In evaluation mode x̂ uses the running statistics of all classes
/// together.
/// </summary>
public sealed class ConditionalBatchNorm2d : ConditionalNetwork
{
    private readonly BatchNorm2d norm;
    private readonly Linear scale, shift;

    /// <summary>Builds the layer.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="condition">Numbers in one condition, K.</param>
    public ConditionalBatchNorm2d(int channels, int condition)
        : base(nameof(ConditionalBatchNorm2d))
    {
        norm = nn.BatchNorm2d(channels, affine: false);
        (scale, shift) = (nn.Linear(condition, channels, hasBias: false), nn.Linear(condition, channels, hasBias: false));
        RegisterComponents();
    }

    /// <summary>Normalises a batch.</summary>
    /// <param name="input">[N, channels, H, W].</param>
    /// <param name="condition">[N, K].</param>
    /// <returns>[N, channels, H, W].</returns>
    public override Tensor forward(Tensor input, Tensor condition) =>
        norm.call(input) * (1 + Plane(scale, condition)) + Plane(shift, condition);

    private static Tensor Plane(Linear map, Tensor condition) =>
        map.call(condition)[.., .., TensorIndex.None, TensorIndex.None]; // [N, channels, 1, 1]
}
