namespace GanNotebooks.Training;

/// <summary>
/// Settings of gradient descent with momentum (Polyak 1964): v ← μₜ v − αₜ g, θ ← θ + v. Both schedules are those of the program of
/// Goodfellow et al. (2014): the momentum rises linearly over the first updates, and the step size falls geometrically. With μ = 0 it is
/// plain gradient descent.
/// </summary>
/// <param name="LearningRate">Step size of the first update, α.</param>
/// <param name="Momentum">Momentum of the first update, μ.</param>
public sealed record MomentumConfig(double LearningRate, double Momentum = 0) : OptimizerConfig(LearningRate)
{
    /// <summary>Momentum after <see cref="RampSteps"/> updates.</summary>
    public double FinalMomentum { get; init; } = Momentum;

    /// <summary>Number of updates over which the momentum rises to <see cref="FinalMomentum"/>.</summary>
    public long RampSteps { get; init; } = 1;

    /// <summary>Divisor of the step size for each update; 1 keeps it constant.</summary>
    public double Decay { get; init; } = 1;

    /// <summary>Lower bound of the step size.</summary>
    public double Floor { get; init; }

    /// <summary>Returns the momentum μₜ after t updates.</summary>
    /// <param name="updates">Number of earlier updates, t.</param>
    public double MomentumAt(long updates) =>
        Momentum + (FinalMomentum - Momentum) * Math.Min(1, (double)updates / RampSteps);

    /// <summary>Returns the step size αₜ after t updates.</summary>
    /// <param name="learningRate">Step size without this schedule.</param>
    /// <param name="updates">Number of earlier updates, t.</param>
    public double RateAt(double learningRate, long updates) => Math.Max(Floor, learningRate / Math.Pow(Decay, updates));

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (!(Momentum >= 0 && Momentum < 1) || !(FinalMomentum >= 0 && FinalMomentum < 1))
            throw new ArgumentException($"the momentum must lie in [0, 1), got {Momentum} and {FinalMomentum}");
        if (RampSteps < 1)
            throw new ArgumentException($"{nameof(RampSteps)} must be at least 1, got {RampSteps}");
        if (!(Decay >= 1) || !double.IsFinite(Decay))
            throw new ArgumentException($"{nameof(Decay)} must be at least 1, got {Decay}");
        if (!(Floor >= 0 && Floor <= LearningRate))
            throw new ArgumentException($"{nameof(Floor)} must lie in [0, {LearningRate}], got {Floor}");
    }

    internal override FlatOptimizer Create(FlatParameters parameters) => new FlatMomentum(parameters, this);
}
