using GanNotebooks.Metrics;

namespace GanNotebooks.LatentModels;

/// <summary>The evidence lower bound of a data set and its parts, in nats for each sample.</summary>
/// <param name="Elbo">Mean of log p(x|z) − KL, with its standard error over the samples.</param>
/// <param name="LogLikelihood">Mean of log p(x|z) with z from the encoder.</param>
/// <param name="Kl">Mean KL(q(z|x) ‖ p(z)), summed over the units.</param>
/// <param name="UnitKl">Mean KL of each latent unit.</param>
/// <param name="UnitVariance">Variance, over the samples, of each unit's posterior mean.</param>
/// <param name="Count">Number of samples.</param>
public sealed record ElboEvaluation(MeanWithError Elbo, double LogLikelihood, double Kl, IReadOnlyList<double> UnitKl,
    IReadOnlyList<double> UnitVariance, int Count)
{
    /// <summary>Variance above which a unit counts as active (Burda, Grosse and Salakhutdinov 2016, section 5.2).</summary>
    public const double ActiveVariance = 0.01;

    /// <summary>Number of units whose posterior mean varies over the samples by more than <see cref="ActiveVariance"/>.</summary>
    public int ActiveUnits => UnitVariance.Count(v => v > ActiveVariance);
}
