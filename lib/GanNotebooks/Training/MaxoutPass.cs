using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>The pass through a <see cref="MaxoutPerceptron"/>: dense products forward; on the way back the pieces that did not win are left out.</summary>
internal sealed unsafe class MaxoutPass : INetworkPass
{
    private readonly MaxoutShape[] shapes;
    private readonly Tensor[] weights, biases, weightGradients, biasGradients; // of the maxout layers, then of the linear one
    private readonly Tensor[] activated, gradients; // h₀ = the input, h₁, ... [N, sizeᵢ], and the loss's gradients by them
    private readonly Tensor[] products, winners; // [N, pieces · units], [N, units]
    private readonly Tensor scratch; // for a transposed W

    /// <summary>Prepares the memory.</summary>
    /// <param name="network">A plain network on the CPU.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="rows">N, the one batch size that it is for.</param>
    public MaxoutPass(MaxoutPerceptron network, FlatParameters parameters, int rows)
    {
        using var scope = NewDisposeScope();
        var (values, slopes) = (parameters.Views(parameters.Values), parameters.Views(parameters.Gradients));
        (weights, biases) = (Every(values, 0), Every(values, 1));
        (weightGradients, biasGradients) = (Every(slopes, 0), Every(slopes, 1));
        shapes = [.. weights[..^1].Select(w => new MaxoutShape(rows, (int)w.shape[1], (int)w.shape[0] / network.Pieces, network.Pieces))];
        long[] sizes = [.. shapes.Select(s => s.Inputs), shapes[^1].Units, 1];
        (activated, gradients) = ([.. sizes.Select(size => zeros([rows, size]))], [.. sizes.Select(size => zeros([rows, size]))]);
        products = [.. shapes.Select(s => zeros([rows, s.Pieces * s.Units]))];
        winners = [.. shapes.Select(s => zeros([rows, s.Units], int32))];
        scratch = zeros([weights.Max(w => w.numel())]);
        foreach (var tensor in All)
            tensor.DetachFromDisposeScope();
    }

    public Tensor Input => activated[0];

    public Tensor Output => activated[^1];

    public Tensor OutputGradient => gradients[^1];

    public Tensor InputGradient => gradients[0];

    private IEnumerable<Tensor> All => [.. weights, .. biases, .. weightGradients, .. biasGradients, .. activated, .. gradients, .. products, .. winners, scratch];

    public void Forward()
    {
        for (int i = 0; i < shapes.Length; i++)
        {
            DenseProducts.Forward(activated[i], weights[i], scratch, products[i]);
            MaxoutKernels.Largest(Pointer(products[i]), Pointer(biases[i]), Pointer(activated[i + 1]), Winners(i), shapes[i].Rows, shapes[i].Units, shapes[i].Pieces);
        }
        DenseProducts.Forward(activated[^2], weights[^1], scratch, Output);
        DenseKernels.AddBiasAndActivate(Output, biases[^1], Activation.Identity);
    }

    public void Backward(bool toParameters, bool toInput)
    {
        if (toParameters)
        {
            DenseProducts.ToWeight(OutputGradient, activated[^2], scratch, weightGradients[^1]);
            DenseKernels.SumRows(OutputGradient, biasGradients[^1]);
        }
        DenseProducts.ToInput(OutputGradient, weights[^1], scratch, gradients[^2]);
        for (int i = shapes.Length - 1; i >= 0; i--)
        {
            var g = Pointer(gradients[i + 1]);
            if (toParameters)
                MaxoutKernels.ToParameters(g, Winners(i), Pointer(activated[i]), Pointer(weightGradients[i]), Pointer(biasGradients[i]), shapes[i]);
            if (i > 0 || toInput)
                MaxoutKernels.ToInput(g, Winners(i), Pointer(weights[i]), Pointer(gradients[i]), shapes[i]);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in All)
            tensor.Dispose();
    }

    private int* Winners(int layer) => (int*)Pointer(winners[layer]);

    private static float* Pointer(Tensor tensor) => DenseProducts.Pointer(tensor);

    private static Tensor[] Every(Tensor[] views, int offset) => [.. views.Where((_, i) => i % 2 == offset)];
}
