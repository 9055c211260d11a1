using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// An exponential moving average of G's parameters; after <c>half-life</c> images half of it is newer. Buffers are not averaged: they are G's.
/// </summary>
internal sealed class GeneratorAverage(FlatParameters parameters, double halfLife) : IDisposable
{
    public Tensor Values { get; } = parameters.Values.clone().DetachFromDisposeScope();

    public void Update(int images)
    {
        using var noGradient = no_grad();
        double keep = Math.Pow(0.5, images / halfLife);
        Values.mul_(keep).add_(parameters.Values, 1 - keep);
    }

    /// <summary>Runs something with the average in the place of the parameters, which come back bit for bit.</summary>
    public Tensor With(Func<Tensor> compute)
    {
        using var noGradient = no_grad();
        using var own = parameters.Values.clone();
        parameters.Values.copy_(Values);
        try
        {
            return compute();
        }
        finally
        {
            parameters.Values.copy_(own);
        }
    }

    public void Dispose() => Values.Dispose();
}
