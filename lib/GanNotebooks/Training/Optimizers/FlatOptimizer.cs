using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>An optimiser over a flat vector of parameters.</summary>
internal abstract class FlatOptimizer : IDisposable
{
    /// <summary>Number of updates so far, t.</summary>
    public long Updates { get; set; }

    /// <summary>Name of the rule. Checkpoints use it in the names of <see cref="State"/>.</summary>
    public abstract string Name { get; }

    /// <summary>The tensors that a checkpoint must hold.</summary>
    public abstract IEnumerable<(string Name, Tensor Tensor)> State { get; }

    /// <summary>Updates the parameters along their last gradient.</summary>
    /// <param name="learningRate">Step size of this update, before a schedule of the optimiser itself.</param>
    public abstract void Step(double learningRate);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, tensor) in State)
            tensor.Dispose();
    }
}
