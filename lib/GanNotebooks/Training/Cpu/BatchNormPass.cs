using System.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Hand-written batch normalisation (Ioffe and Szegedy 2015, algorithm 1), y = γ (a − μ)/√(v + ε) + β. μ and v are those of the batch, or
/// the running values when the layer is in evaluation mode. Each column has one factor and one offset, and the offset takes the place of a
/// linear layer's bias.
/// </summary>
internal sealed unsafe class BatchNormPass : IDisposable
{
    private readonly BatchNorm1d norm;
    private readonly Tensor scale, shift, scaleGradient, shiftGradient; // γ, β and the loss's gradients by them, [c]
    private readonly Tensor mean, variance, inverse, factor; // μ, v, 1/√(v + ε), γ/√(v + ε), [c]
    private readonly int rows, columns;
    private bool ofBatch; // whether the last forward pass used the batch's own μ and v

    /// <param name="norm">The layer, whose running statistics are updated.</param>
    /// <param name="values">Views of γ and β.</param>
    /// <param name="gradients">Views of the gradients by γ and β.</param>
    /// <param name="rows">Number of rows of a batch, N.</param>
    public BatchNormPass(BatchNorm1d norm, ReadOnlySpan<Tensor> values, ReadOnlySpan<Tensor> gradients, int rows)
    {
        (this.norm, this.rows, columns) = (norm, rows, (int)values[0].numel());
        (scale, shift, scaleGradient, shiftGradient) = (values[0], values[1], gradients[0], gradients[1]);
        (mean, variance, inverse, factor, Offset) = (New(columns), New(columns), New(columns), New(columns), New(columns));
        (Products, ProductsGradient) = (New(rows, columns), New(rows, columns));
    }

    /// <summary>Whether the layer is wide enough for a vector.</summary>
    public static bool Fits(long columns) => columns >= Vector<float>.Count;

    /// <summary>The products a, [N, c]. The caller fills them before <see cref="Forward"/>.</summary>
    public Tensor Products { get; }

    /// <summary>The gradient of the loss by a, [N, c].</summary>
    public Tensor ProductsGradient { get; }

    /// <summary>The offset β − γ μ/√(v + ε), [c]. The caller adds it after <see cref="Forward"/>.</summary>
    public Tensor Offset { get; }

    /// <summary>Computes output ← γ a/√(v + ε), without the <see cref="Offset"/>, and updates the running statistics.</summary>
    public void Forward(Tensor output)
    {
        float* a = Pointer(Products), y = Pointer(output), m = Pointer(mean), v = Pointer(variance), i = Pointer(inverse),
            f = Pointer(factor), o = Pointer(Offset);
        float* gamma = Pointer(scale), beta = Pointer(shift), runningMean = Pointer(norm.running_mean!),
            runningVariance = Pointer(norm.running_var!);
        ofBatch = norm.training;
        var epsilon = new Vector<float>((float)norm.eps);
        foreach (int c in Starts())
        {
            var mu = ofBatch ? Sum(a + c) / rows : Vector.Load(runningMean + c);
            var spread = ofBatch ? Spread(a + c, mu) : Vector.Load(runningVariance + c);
            var inverseDeviation = Vector<float>.One / Vector.SquareRoot(spread + epsilon);
            var times = Vector.Load(gamma + c) * inverseDeviation;
            for (int n = 0; n < rows; n++)
                (times * Vector.Load(a + n * columns + c)).Store(y + n * columns + c);
            mu.Store(m + c);
            spread.Store(v + c);
            inverseDeviation.Store(i + c);
            times.Store(f + c);
            (Vector.Load(beta + c) - times * mu).Store(o + c);
        }
        if (ofBatch)
            Follow();
    }

    /// <summary>
    /// Computes <see cref="ProductsGradient"/> ← γ/√(v + ε) (g − mean of g − â mean of g â), â = (a − μ)/√(v + ε). The means are omitted if
    /// μ and v were the running values. The gradients by γ and β are Σ g â and Σ g.
    /// </summary>
    /// <param name="gradient">Gradient g, the gradient of the loss by y, [N, c].</param>
    public void Backward(Tensor gradient)
    {
        float* a = Pointer(Products), g = Pointer(gradient), d = Pointer(ProductsGradient), m = Pointer(mean), i = Pointer(inverse),
            f = Pointer(factor);
        float* gammaSlope = Pointer(scaleGradient), betaSlope = Pointer(shiftGradient);
        foreach (int c in Starts())
        {
            var (mu, inverseDeviation, times) = (Vector.Load(m + c), Vector.Load(i + c), Vector.Load(f + c));
            var (sum, weighted) = (Sum(g + c), Vector<float>.Zero);
            for (int n = 0; n < rows; n++)
                weighted += Vector.Load(g + n * columns + c) * ((Vector.Load(a + n * columns + c) - mu) * inverseDeviation);
            var (average, averageWeighted) = ofBatch ? (sum / rows, weighted / rows) : (Vector<float>.Zero, Vector<float>.Zero);
            for (int n = 0; n < rows; n++)
            {
                var normalised = (Vector.Load(a + n * columns + c) - mu) * inverseDeviation;
                (times * (Vector.Load(g + n * columns + c) - average - normalised * averageWeighted)).Store(d + n * columns + c);
            }
            weighted.Store(gammaSlope + c);
            sum.Store(betaSlope + c);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in new[] { scale, shift, scaleGradient, shiftGradient, mean, variance, inverse, factor, Offset, Products,
            ProductsGradient })
        {
            tensor.Dispose();
        }
    }

    // The running variance is the unbiased one, as in nn.BatchNorm1d.
    private void Follow()
    {
        double momentum = norm.momentum ?? 0.1;
        norm.running_mean!.mul_(1 - momentum).add_(mean, momentum);
        norm.running_var!.mul_(1 - momentum).add_(variance, momentum * rows / (rows - 1.0));
        norm.num_batches_tracked!.add_(1);
    }

    private Vector<float> Spread(float* column, Vector<float> mu)
    {
        var square = Vector<float>.Zero;
        for (int n = 0; n < rows; n++)
        {
            var distance = Vector.Load(column + n * columns) - mu;
            square += distance * distance;
        }
        return square / rows;
    }

    private Vector<float> Sum(float* column)
    {
        var sum = Vector<float>.Zero;
        for (int n = 0; n < rows; n++)
            sum += Vector.Load(column + n * columns);
        return sum;
    }

    // If the vector length does not divide the number of columns, the last vector overlaps with the one before it. No input is overwritten,
    // so computing a column twice gives the same result.
    private IEnumerable<int> Starts()
    {
        int lanes = Vector<float>.Count;
        for (int start = 0; start < columns; start += lanes)
            yield return Math.Min(start, columns - lanes);
    }

    private static Tensor New(params long[] shape) => zeros(shape).DetachFromDisposeScope();

    private static float* Pointer(Tensor tensor) => DenseProducts.Pointer(tensor);
}
