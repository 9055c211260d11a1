using GanNotebooks.Metrics;
using static TorchSharp.torch;

namespace GanNotebooks.LatentModels;

/// <summary>
/// The exact log density of test samples under a model, beside the Parzen estimate from samples of the same model. It shows the error of
/// the Parzen window, which for a GAN is unknown. In nats.
/// </summary>
/// <param name="Exact">Mean exact log density of the test samples, with its standard error over them.</param>
/// <param name="Window">The Parzen estimate of the same number.</param>
public sealed record ParzenComparison(MeanWithError Exact, ParzenWindow Window)
{
    /// <summary>Exact minus estimated mean log density, in nats.</summary>
    public double Gap => Exact.Value - Window.MeanLogDensity.Value;

    /// <summary>Compares both numbers for a probabilistic PCA, with the procedure of Goodfellow et al. (2014).</summary>
    /// <param name="model">The model.</param>
    /// <param name="validation">Real samples on which the width of the window is chosen, [V, D].</param>
    /// <param name="test">Other real samples, [N, D].</param>
    /// <param name="samples">Number of samples of the model, the centres of the window.</param>
    /// <param name="seed">Seed of the samples.</param>
    /// <param name="sigmas">Widths to choose from; by default <see cref="ParzenWindow.UsualSigmas"/>.</param>
    public static ParzenComparison Of(ProbabilisticPca model, Tensor validation, Tensor test, int samples = 10_000, int seed = 0,
        IReadOnlyList<double>? sigmas = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var random = new Generator((ulong)seed);
        using var drawn = model.Sample(samples, random);
        string space = $"{model.Dimension} coordinates";
        using var centres = new FeatureSet(drawn, space);
        using var held = new FeatureSet(validation, space);
        using var points = new FeatureSet(test, space);
        return new ParzenComparison(MeanWithError.Mean(model.LogDensities(test)),
            ParzenWindow.Evaluate(centres, held, points, sigmas));
    }
}
