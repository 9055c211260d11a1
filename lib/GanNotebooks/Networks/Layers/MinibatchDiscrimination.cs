using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// Appends features that say how close a sample lies to the others of its batch: o_b(xᵢ) = Σ_{j≠i} exp(−‖Mᵢ_b − Mⱼ_b‖₁), M = x T with a
/// learned T (Salimans et al. 2016, section 3.2).
/// </summary>
public sealed class MinibatchDiscrimination : nn.Module<Tensor, Tensor>, IUsesWholeBatch
{
    private readonly Parameter projection; // T, [inputs, kernels × dimensions]
    private readonly int kernels, dimensions;

    /// <summary>Makes the layer; T is drawn from N(0, 1/inputs).</summary>
    /// <param name="inputs">Features of a sample.</param>
    /// <param name="kernels">Features to append, B.</param>
    /// <param name="dimensions">Length of each row of M, C.</param>
    /// <param name="generator">Source of T; torch's own when null.</param>
    public MinibatchDiscrimination(int inputs, int kernels = 16, int dimensions = 8, Generator? generator = null)
        : base(nameof(MinibatchDiscrimination))
    {
        (this.kernels, this.dimensions) = (kernels, dimensions);
        projection = nn.Parameter(empty([inputs, kernels * dimensions]).FillNormal(0, 1 / Math.Sqrt(inputs), generator));
        RegisterComponents();
    }

    /// <summary>[N, inputs] to [N, inputs + kernels].</summary>
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var rows = input.mm(projection).view(-1, kernels, dimensions); // [N, B, C]
        var distances = (rows.unsqueeze(0) - rows.unsqueeze(1)).abs().sum(3); // [N, N, B]
        return cat([input, exp(-distances).sum(1) - 1], 1); // a sample's distance to itself is 0
    }
}
