using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// The pass through a multilayer perceptron, hᵢ = φ(hᵢ₋₁ Wᵢᵀ + bᵢ), or with batch normalisation in place of bᵢ. Each layer needs one matrix
/// product forward and two backward.
/// </summary>
internal sealed class PerceptronPass : INetworkPass
{
    private readonly MultilayerPerceptron network;
    private readonly Tensor[] weights, weightGradients;
    private readonly Tensor?[] biases, biasGradients; // null where a normalisation follows
    private readonly BatchNormPass?[] norms;
    private readonly Tensor[] activated; // h₀ = the input, h₁, ... [N, sizeᵢ]
    private readonly Tensor scratch; // for a transposed matrix
    private readonly Tensor[] gradients; // gradients of the loss by hᵢ, then by the input of φ

    /// <summary>Allocates the memory of the pass.</summary>
    /// <param name="network">Network on the CPU, with only linear layers, batch normalisation and activations.</param>
    /// <param name="parameters">Parameters of the network.</param>
    /// <param name="rows">Batch size, N.</param>
    public PerceptronPass(MultilayerPerceptron network, FlatParameters parameters, int rows)
    {
        using var scope = NewDisposeScope();
        this.network = network;
        var (values, slopes) = (parameters.Views(parameters.Values), parameters.Views(parameters.Gradients));
        int layers = network.Linears.Count, at = 0;
        (weights, weightGradients, biases, biasGradients, norms) =
            (new Tensor[layers], new Tensor[layers], new Tensor?[layers], new Tensor?[layers], new BatchNormPass?[layers]);
        for (int i = 0; i < layers; i++)
        {
            (weights[i], weightGradients[i]) = (values[at], slopes[at]);
            if (i < network.Norms.Count)
                norms[i] = new BatchNormPass(network.Norms[i], values.AsSpan(at + 1, 2), slopes.AsSpan(at + 1, 2), rows);
            else
                (biases[i], biasGradients[i]) = (values[at + 1], slopes[at + 1]);
            at += norms[i] is null ? 2 : 3;
        }
        scratch = zeros([weights.Max(w => w.numel())]);
        long[] sizes = [weights[0].size(1), .. weights.Select(w => w.size(0))];
        activated = [.. sizes.Select(size => zeros([rows, size]))];
        gradients = [.. sizes.Select(size => zeros([rows, size]))];
        foreach (var tensor in values.Concat(slopes).Concat(All))
            tensor.DetachFromDisposeScope();
    }

    public Tensor Input => activated[0];

    public Tensor Output => activated[^1];

    public Tensor OutputGradient => gradients[^1];

    public Tensor InputGradient => gradients[0];

    private IEnumerable<Tensor> All => [.. weights, .. weightGradients, .. biases.Concat(biasGradients).OfType<Tensor>(), .. activated,
        .. gradients, scratch];

    public void Forward()
    {
        for (int i = 0; i < weights.Length; i++)
        {
            DenseProducts.Forward(activated[i], weights[i], norms[i]?.Products ?? activated[i + 1]);
            norms[i]?.Forward(activated[i + 1]);
            DenseKernels.AddBiasAndActivate(activated[i + 1], norms[i]?.Offset ?? biases[i]!, After(i));
        }
    }

    public void Backward(bool toParameters, bool toInput)
    {
        for (int i = weights.Length - 1; i >= 0; i--)
        {
            var g = gradients[i + 1];
            DenseKernels.MultiplyByDerivative(g, activated[i + 1], After(i));
            if (norms[i] is { } norm)
            {
                norm.Backward(g);
                g = norm.ProductsGradient;
            }
            if (toParameters)
            {
                DenseProducts.ToWeight(g, activated[i], scratch, weightGradients[i]);
                if (biasGradients[i] is { } sums)
                    DenseKernels.SumRows(g, sums);
            }
            if (i > 0 || toInput)
                DenseProducts.ToInput(g, weights[i], scratch, gradients[i]);
        }
    }

    public void Dispose()
    {
        foreach (var norm in norms)
            norm?.Dispose();
        foreach (var tensor in All)
            tensor.Dispose();
    }

    private Activation After(int layer) => layer < weights.Length - 1 ? network.HiddenActivation : network.OutputActivation;
}
