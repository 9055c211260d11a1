namespace GanNotebooks.Theory;

/// <summary>
/// Algorithm 1 with particles instead of a network: each sample x moves along the slope of the optimal discriminator's opinion of it. With
/// r = log p - log q and D* = 1/(1 + e⁻ʳ), up log D* is (1 - D*) r′ and down log(1 - D*) is D* r′. An illustration, not a proof: q is only
/// known through an estimate from the particles, and what comes to rest is the estimate on p, not the particles (a kernel of width b makes
/// them too narrow: variance + b² = that of p).
/// </summary>
/// <param name="Data">p with its score.</param>
/// <param name="Model">Makes an estimate of q from the particles, for instance <see cref="ScoredMixture.Kernel"/>.</param>
/// <param name="Signal">The slope that the generator follows.</param>
/// <param name="Step">The step, positive.</param>
public sealed record ParticleFlow(
    IScoredDensity Data, Func<IReadOnlyList<double>, IScoredDensity> Model, GeneratorSignal Signal, double Step)
{
    /// <summary>Moves every particle once.</summary>
    /// <param name="particles">Their positions.</param>
    /// <returns>Their next positions.</returns>
    public double[] Advance(IReadOnlyList<double> particles)
    {
        ArgumentNullException.ThrowIfNull(particles);
        var model = Model(particles);
        return [.. particles.Select(x => x + Step * Velocity(model, x))];
    }

    /// <summary>Moves the particles many times.</summary>
    /// <param name="particles">Their first positions.</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    /// <returns>steps + 1 sets of positions, the first included.</returns>
    public double[][] Run(IReadOnlyList<double> particles, int steps)
    {
        ArgumentNullException.ThrowIfNull(particles);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        double[][] frames = new double[steps + 1][];
        frames[0] = [.. particles];
        for (int n = 1; n <= steps; n++)
            frames[n] = Advance(frames[n - 1]);
        return frames;
    }

    private double Velocity(IScoredDensity model, double x)
    {
        double ratio = Data.LogDensity(x) - model.LogDensity(x);
        double slope = Data.Score(x) - model.Score(x);
        return Signal switch
        {
            GeneratorSignal.Saturating => LogisticLink.Slope(-ratio) * slope, // D* r′
            GeneratorSignal.NonSaturating => LogisticLink.Slope(ratio) * slope, // (1 - D*) r′
            _ => throw new InvalidOperationException($"There is no generator signal {Signal}."),
        };
    }
}
