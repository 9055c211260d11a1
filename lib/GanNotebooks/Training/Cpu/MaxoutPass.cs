using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// The pass through a <see cref="MaxoutPerceptron"/>. The forward pass uses dense products; the backward pass omits all pieces except the
/// largest. The network is linear around almost every sample, so penalties on its slope have gradients in closed form.
/// </summary>
internal sealed unsafe class MaxoutPass : INetworkPass
{
    private readonly MaxoutShape[] shapes;
    private readonly SpectralWeight[] weights; // weights of the maxout layers, then of the linear layer
    private readonly Tensor[] views, biases, weightGradients, biasGradients;
    private readonly Tensor[] activated, gradients; // h₀ = the input, h₁, ... [N, sizeᵢ], and the loss's gradients by them
    private readonly Tensor[] products, winners; // [N, pieces · units], [N, units]
    private readonly Tensor scratch, biasScratch; // for a transposed matrix, or a gradient that is to be added
    private readonly BatchDeviation? deviation;

    /// <summary>Allocates the memory of the pass.</summary>
    /// <param name="network">Network on the CPU.</param>
    /// <param name="parameters">Parameters of the network.</param>
    /// <param name="rows">Number of rows of the input, N.</param>
    /// <param name="batches">Number of batches in the rows.</param>
    public MaxoutPass(MaxoutPerceptron network, FlatParameters parameters, int rows, int batches)
    {
        using var scope = NewDisposeScope();
        var slopes = parameters.Views(parameters.Gradients);
        views = parameters.Views(parameters.Values);
        (biases, weightGradients, biasGradients) = (Every(views, 1), Every(slopes, 0), Every(slopes, 1));
        weights = [.. Every(views, 0).Zip(network.Norms, (weight, norm) => new SpectralWeight(norm, weight))];
        shapes = [.. weights[..^1].Select(
            w => new MaxoutShape(rows, (int)w.Value.size(1), (int)w.Value.size(0) / network.Pieces, network.Pieces))];
        long[] sizes = [.. shapes.Select(s => s.Inputs), shapes[^1].Units, 1];
        (activated, gradients) = ([.. sizes.Select(size => zeros([rows, size]))], [.. sizes.Select(size => zeros([rows, size]))]);
        products = [.. shapes.Select(s => zeros([rows, s.Pieces * s.Units]))];
        winners = [.. shapes.Select(s => zeros([rows, s.Units], int32))];
        (scratch, biasScratch) = (zeros([weightGradients.Max(w => w.numel())]), zeros([biasGradients.Max(b => b.numel())]));
        deviation = network.SeesDeviation ? new BatchDeviation(rows, shapes[^1].Units, batches) : null;
        foreach (var tensor in All)
            tensor.DetachFromDisposeScope();
    }

    public Tensor Input => activated[0];

    public Tensor Output => activated[^1];

    public Tensor OutputGradient => gradients[^1];

    public Tensor InputGradient => gradients[0];

    private Tensor LastInput => deviation?.Output ?? activated[^2];

    private Tensor LastInputGradient => deviation?.OutputGradient ?? gradients[^2];

    private IEnumerable<Tensor> All => [.. views, .. weightGradients, .. biasGradients, .. activated, .. gradients, .. products, .. winners,
        scratch, biasScratch];

    public void Forward()
    {
        foreach (var weight in weights)
            weight.Prepare();
        for (int i = 0; i < shapes.Length; i++)
        {
            DenseProducts.Forward(activated[i], weights[i].Value, products[i]);
            MaxoutKernels.Largest(Pointer(products[i]), Pointer(biases[i]), Pointer(activated[i + 1]), Winners(i), shapes[i].Rows,
                shapes[i].Units, shapes[i].Pieces);
        }
        deviation?.Forward(activated[^2]);
        DenseProducts.Forward(LastInput, weights[^1].Value, Output);
        DenseKernels.AddBiasAndActivate(Output, biases[^1], Activation.Identity);
    }

    public void Backward(bool toParameters, bool toInput)
    {
        if (toParameters)
        {
            DenseProducts.ToWeight(OutputGradient, LastInput, scratch, weightGradients[^1]);
            DenseKernels.SumRows(OutputGradient, biasGradients[^1]);
        }
        DenseProducts.ToInput(OutputGradient, weights[^1].Value, scratch, LastInputGradient);
        deviation?.Backward(activated[^2], gradients[^2]);
        for (int i = shapes.Length - 1; i >= 0; i--)
        {
            float* g = Pointer(gradients[i + 1]);
            if (toParameters)
            {
                MaxoutKernels.ToParameters(g, Winners(i), Pointer(activated[i]), Pointer(weightGradients[i]), Pointer(biasGradients[i]),
                    shapes[i]);
            }

            if (i > 0 || toInput)
                MaxoutKernels.ToInput(g, Winners(i), Pointer(weights[i].Value), Pointer(gradients[i]), shapes[i]);
        }
        if (!toParameters)
            return;
        for (int i = 0; i < weights.Length; i++)
            weights[i].ToWeight(weightGradients[i]);
    }

    /// <summary>
    /// Adds the gradients of w Σ ‖∇ₓ l(x)‖² over some rows to the gradients of the parameters, after <see cref="Backward"/>. With fixed
    /// winners, l is a product of matrices. Slopes go backward through it as vᵢ, the direction 2 w v₀ goes forward as tᵢ, and the gradient
    /// by Wᵢ is vᵢ₊₁ tᵢᵀ. The network must be plain.
    /// </summary>
    /// <param name="start">Index of the first row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="weight">Weight w of the penalty.</param>
    /// <returns>The penalty w Σ ‖∇ₓ l(x)‖².</returns>
    public double AddSquaredGradients(int start, int rows, double weight)
    {
        using var scope = NewDisposeScope();
        Tensor Part(Tensor matrix) => matrix.narrow(0, start, rows);
        MaxoutShape Shape(int layer) => shapes[layer] with { Rows = rows };
        int* Won(int layer) => Winners(layer) + (nint)start * shapes[layer].Units;
        Part(gradients[^2]).copy_(weights[^1].Value); // v of the last layer is its weight, for every row
        for (int i = shapes.Length - 1; i >= 0; i--)
        {
            MaxoutKernels.ToInput(Pointer(Part(gradients[i + 1])), Won(i), Pointer(weights[i].Value), Pointer(Part(gradients[i])),
                Shape(i));
        }

        double value = weight * Part(gradients[0]).square().sum().item<float>();
        var direction = Part(gradients[0]) * (2 * weight);
        for (int i = 0; i < shapes.Length; i++)
        {
            MaxoutKernels.ToParameters(Pointer(Part(gradients[i + 1])), Won(i), Pointer(direction), Pointer(scratch), Pointer(biasScratch),
                Shape(i));
            weightGradients[i].add_(scratch.narrow(0, 0, weightGradients[i].numel()).view_as(weightGradients[i]));
            var next = empty(rows, shapes[i].Units);
            MaxoutKernels.Along(Pointer(direction), Won(i), Pointer(weights[i].Value), Pointer(next), Shape(i));
            direction = next;
        }
        weightGradients[^1].add_(direction.sum(0, keepdim: true));
        return value;
    }

    public void Dispose()
    {
        foreach (var weight in weights)
            weight.Dispose();
        foreach (var tensor in All)
            tensor.Dispose();
        deviation?.Dispose();
    }

    private int* Winners(int layer) => (int*)Pointer(winners[layer]);

    private static float* Pointer(Tensor tensor) => DenseProducts.Pointer(tensor);

    private static Tensor[] Every(Tensor[] views, int offset) => [.. views.Where((_, i) => i % 2 == offset)];
}

/// <summary>Sizes of a maxout layer and its batch.</summary>
/// <param name="Rows">Number of samples in a batch.</param>
/// <param name="Inputs">Number of values in one input.</param>
/// <param name="Units">Number of values in one output.</param>
/// <param name="Pieces">Number of linear functions of each unit.</param>
internal readonly record struct MaxoutShape(int Rows, int Inputs, int Units, int Pieces);
