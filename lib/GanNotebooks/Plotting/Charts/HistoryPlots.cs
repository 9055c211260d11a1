using GanNotebooks.Training;

namespace GanNotebooks.Plotting;

/// <summary>Curves of a training run.</summary>
public static class HistoryPlots
{
    private const double Log2 = 0.693147180559945309;

    /// <summary>Both losses over the steps, with the values that they have where D ≡ 1/2.</summary>
    public static Figure LossFigure(this History history, string title = "Losses over training")
    {
        ArgumentNullException.ThrowIfNull(history);
        return new Plot(title, "step (generator updates)", "loss (nats)")
            .Line("discriminator", history.Steps, history.Column(r => r.DiscriminatorLoss), Role.Discriminator)
            .Line("generator", history.Steps, history.Column(r => r.GeneratorLoss), Role.Generator)
            .Horizontal(2 * Log2, "2 log 2").Horizontal(Log2, "log 2")
            .ToFigure($"Two noisy curves over {history[^1].Step} steps; "
                + $"the discriminator's ends near {history.RecentMean(r => r.DiscriminatorLoss):F2}, "
                + $"the generator's near {history.RecentMean(r => r.GeneratorLoss):F2}.");
    }

    /// <summary>D's probabilities: mean D(x) on data and mean D(G(z)) on generated samples.</summary>
    public static Figure ProbabilityFigure(this History history, string title = "What the discriminator believes")
    {
        ArgumentNullException.ThrowIfNull(history);
        return new Plot(title, "step (generator updates)", "mean probability \"real\"")
            .Line("D(x) on data", history.Steps, history.Column(r => r.RealProbability), Role.Discriminator)
            .Line("D(G(z)) on generated", history.Steps, history.Column(r => r.FakeProbability), Role.Generator)
            .Horizontal(0.5, "1/2").YRange(0, 1)
            .ToFigure($"Mean D(x) ends near {history.RecentMean(r => r.RealProbability):F2}, mean D(G(z)) near "
                + $"{history.RecentMean(r => r.FakeProbability):F2}.");
    }
}
