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

    /// <summary>
    /// Returns the learning rate after a fraction of a run: half a cosine from 1 down to a final fraction of <see cref="LearningRate"/>
    /// (Loshchilov and Hutter 2017, without restarts).
    /// </summary>
    /// <param name="final">The fraction at the end; 1 keeps the rate constant.</param>
    /// <param name="done">Fraction of the run that is done, in [0, 1].</param>
    internal double AnnealedRate(double final, double done) =>
        LearningRate * (final + (1 - final) * (1 + Math.Cos(Math.PI * done)) / 2);

    /// <summary>Creates the optimiser of a network's parameters, before its first update.</summary>
    internal abstract FlatOptimizer Create(FlatParameters parameters);
}
