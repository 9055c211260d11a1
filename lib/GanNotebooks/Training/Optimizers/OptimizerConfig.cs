namespace GanNotebooks.Training;

/// <summary>Settings of an optimiser: the rule that turns a gradient into an update of the parameters.</summary>
/// <param name="LearningRate">Step size, α.</param>
public abstract record OptimizerConfig(double LearningRate)
{
    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentException">A value is out of range. The message names it.</exception>
    public virtual void Validate()
    {
        if (!(LearningRate > 0) || !double.IsFinite(LearningRate))
            throw new ArgumentException($"the learning rate must be positive, got {LearningRate}");
    }

    /// <summary>Creates the optimiser of a network's parameters, before its first update.</summary>
    internal abstract FlatOptimizer Create(FlatParameters parameters);
}
