using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Forward and backward through a multilayer perceptron by hand, hᵢ = φ(hᵢ₋₁ Wᵢᵀ + bᵢ): one matrix product per layer forward, two backward, into
/// memory that is kept from step to step. Gradients go straight into the <see cref="FlatParameters"/>.
/// </summary>
internal sealed class PerceptronPass : IDisposable
{
    private readonly MultilayerPerceptron network;
    private readonly Tensor[] weights, biases, weightGradients, biasGradients;
    private readonly Tensor[] activated; // h₀ = the input, h₁, ... [N, sizeᵢ]
    private readonly Tensor scratch; // for a transposed W
    private readonly Tensor[] gradients; // of the loss by hᵢ, then by what φ was applied to

    /// <summary>Prepares the memory.</summary>
    /// <param name="network">A plain perceptron on the CPU.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="rows">N, the one batch size that it is for.</param>
    public PerceptronPass(MultilayerPerceptron network, FlatParameters parameters, int rows)
    {
        using var scope = NewDisposeScope();
        this.network = network;
        var (values, slopes) = (parameters.Views(parameters.Values), parameters.Views(parameters.Gradients));
        int layers = network.Linears.Count;
        (weights, biases) = (Every(values, 0), Every(values, 1));
        (weightGradients, biasGradients) = (Every(slopes, 0), Every(slopes, 1));
        scratch = zeros([weights.Max(w => w.numel())]);
        long[] sizes = [weights[0].shape[1], .. weights.Select(w => w.shape[0])];
        activated = [.. sizes.Select(size => zeros([rows, size]))];
        gradients = [.. sizes.Select(size => zeros([rows, size]))];
        foreach (var tensor in All)
            tensor.DetachFromDisposeScope();
    }

    /// <summary>h₀, [N, inputs]: to be filled before <see cref="Forward"/>.</summary>
    public Tensor Input => activated[0];

    /// <summary>The last h, [N, outputs].</summary>
    public Tensor Output => activated[^1];

    /// <summary>The gradient of the loss by <see cref="Output"/>, [N, outputs]: to be filled before <see cref="Backward"/>, which overwrites it.</summary>
    public Tensor OutputGradient => gradients[^1];

    /// <summary>The gradient of the loss by <see cref="Input"/>, [N, inputs].</summary>
    public Tensor InputGradient => gradients[0];

    private IEnumerable<Tensor> All => [.. weights, .. biases, .. weightGradients, .. biasGradients, .. activated, .. gradients, scratch];

    public void Forward()
    {
        for (int i = 0; i < weights.Length; i++)
        {
            DenseProducts.Forward(activated[i], weights[i], scratch, activated[i + 1]);
            DenseKernels.AddBiasAndActivate(activated[i + 1], biases[i], After(i));
        }
    }

    /// <summary>From <see cref="OutputGradient"/> back.</summary>
    /// <param name="toParameters">Overwrite the gradients of the parameters.</param>
    /// <param name="toInput">Compute <see cref="InputGradient"/>.</param>
    public void Backward(bool toParameters, bool toInput)
    {
        for (int i = weights.Length - 1; i >= 0; i--)
        {
            var g = gradients[i + 1];
            DenseKernels.MultiplyByDerivative(g, activated[i + 1], After(i));
            if (toParameters)
            {
                DenseProducts.ToWeight(g, activated[i], scratch, weightGradients[i]);
                DenseKernels.SumRows(g, biasGradients[i]);
            }
            if (i > 0 || toInput)
                DenseProducts.ToInput(g, weights[i], scratch, gradients[i]);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in All)
            tensor.Dispose();
    }

    private Activation After(int layer) => layer < weights.Length - 1 ? network.HiddenActivation : network.OutputActivation;

    private static Tensor[] Every(Tensor[] views, int offset) => [.. views.Where((_, i) => i % 2 == offset)];
}
