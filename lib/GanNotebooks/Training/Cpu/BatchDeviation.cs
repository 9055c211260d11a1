using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// <see cref="MinibatchStandardDeviation"/> by hand, for a matrix whose rows are one batch or two, data and fakes, each with a deviation of
/// its own.
/// </summary>
/// <param name="rows">N, of all batches together.</param>
/// <param name="features">c.</param>
/// <param name="batches">How many equal parts the rows are.</param>
internal sealed class BatchDeviation(int rows, int features, int batches) : IDisposable
{
    /// <summary>[N, c + 1]: the features and the deviation of their batch.</summary>
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

    /// <summary>The mean of the deviations σ has the gradient (h − μ)/(n c σ) by h.</summary>
    /// <param name="input">h, [N, c].</param>
    /// <param name="inputGradient">[N, c]; overwritten.</param>
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
