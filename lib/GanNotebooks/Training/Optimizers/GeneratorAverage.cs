using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// An exponential moving average of G's parameters and of the running statistics of its batch normalisation. After <c>halfLife</c> images
/// the earlier values have half the weight.
/// </summary>
internal sealed class GeneratorAverage : IDisposable
{
    private readonly FlatParameters parameters;
    private readonly double halfLife;
    private readonly (string Name, Tensor Own, Tensor Average)[] buffers;

    public GeneratorAverage(nn.Module generator, FlatParameters parameters, double halfLife)
    {
        (this.parameters, this.halfLife) = (parameters, halfLife);
        Values = parameters.Values.clone().DetachFromDisposeScope();
        buffers = [.. generator.named_buffers().Where(b => b.buffer.is_floating_point())
            .Select(b => (b.name, b.buffer, b.buffer.clone().DetachFromDisposeScope()))];
    }

    /// <summary>The averaged parameters, [P].</summary>
    public Tensor Values { get; }

    /// <summary>All tensors that a checkpoint must hold.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State =>
        buffers.Select(b => ($"average.{b.Name}", b.Average)).Prepend(("average", Values));

    /// <summary>Forgets all earlier values: the average becomes the present G.</summary>
    public void Restart()
    {
        using var noGradient = no_grad();
        Values.copy_(parameters.Values);
        foreach (var (_, own, average) in buffers)
            average.copy_(own);
    }

    public void Update(int images)
    {
        using var noGradient = no_grad();
        double keep = Math.Pow(0.5, images / halfLife);
        Values.mul_(keep).add_(parameters.Values, 1 - keep);
        foreach (var (_, own, average) in buffers)
            average.mul_(keep).add_(own, 1 - keep);
    }

    /// <summary>Runs a function with the average in place of G's own values, which are restored bit for bit.</summary>
    public T With<T>(Func<T> compute)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        parameters.AdoptRounded();
        (Tensor Own, Tensor Average)[] pairs = [(parameters.Values, Values), .. buffers.Select(b => (b.Own, b.Average))];
        var saved = pairs.Select(p => p.Own.clone()).ToArray();
        foreach (var (own, average) in pairs)
            own.copy_(average);
        parameters.Scatter();
        try
        {
            var result = compute();
            if (result is Tensor tensor)
                tensor.MoveToOuterDisposeScope();
            return result;
        }
        finally
        {
            foreach (var (pair, value) in pairs.Zip(saved))
                pair.Own.copy_(value);
            parameters.Scatter();
        }
    }

    public void Dispose()
    {
        Values.Dispose();
        foreach (var (_, _, average) in buffers)
            average.Dispose();
    }
}
