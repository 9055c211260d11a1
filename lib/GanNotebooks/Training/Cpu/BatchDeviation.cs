using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// A hand-written <see cref="MinibatchStandardDeviation"/> for a matrix whose rows are one batch, or the two batches of data and fakes.
/// Each batch has its own deviation.
/// </summary>
/// <param name="rows">Number of rows of all batches together, N.</param>
/// <param name="features">Number of features, c.</param>
/// <param name="batches">Number of batches of equal size.</param>
internal sealed class BatchDeviation(int rows, int features, int batches) : IDisposable
{
    /// <summary>The features and the deviation of their batch, [N, c + 1].</summary>
    public Tensor Output { get; } = zeros(rows, features + 1).DetachFromDisposeScope();

    /// <summary>The gradient of the loss by <see cref="Output"/>, [N, c + 1].</summary>
    public Tensor OutputGradient { get; } = zeros(rows, features + 1).DetachFromDisposeScope();

    public void Forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Output.narrow(1, 0, features).copy_(input);
        for (int b = 0; b < batches; b++)
        {
            Batch(Output, b).narrow(1, features, 1).copy_(
                (Batch(input, b).var(0, unbiased: false) + MinibatchStandardDeviation.Tiny).sqrt().mean());
        }
    }

    /// <summary>Computes the gradient by h. The mean of the deviations σ has the gradient (h − μ)/(n c σ) by h.</summary>
    /// <param name="input">Features h, [N, c].</param>
    /// <param name="inputGradient">Gradient by h, [N, c]; it is overwritten.</param>
    public void Backward(Tensor input, Tensor inputGradient)
    {
        using var scope = NewDisposeScope();
        int n = rows / batches;
        inputGradient.copy_(OutputGradient.narrow(1, 0, features));
        for (int b = 0; b < batches; b++)
        {
            var h = Batch(input, b);
            var deviation = (h.var(0, unbiased: false) + MinibatchStandardDeviation.Tiny).sqrt();
            var slope = Batch(OutputGradient, b).narrow(1, features, 1).sum() / ((double)n * features);
            Batch(inputGradient, b).add_((h - h.mean([0])) / deviation * slope);
        }
    }

    public void Dispose()
    {
        Output.Dispose();
        OutputGradient.Dispose();
    }

    private Tensor Batch(Tensor matrix, int batch) => matrix.narrow(0, batch * (rows / batches), rows / batches);
}
