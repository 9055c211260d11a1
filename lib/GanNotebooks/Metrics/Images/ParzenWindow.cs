using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// The log-likelihood of test points under a Parzen window: a Gaussian of width σ around each of n samples of the generator,
/// log p(x) = logsumexpᵢ(−‖x − xᵢ‖²/(2σ²)) − log n − (d/2) log(2πσ²). The measure of Goodfellow et al. 2014 (table 1), after their
/// parzen_ll.py. Densities depend on the unit: the same images in [−1, 1] instead of [0, 1] score d log 2 less. In nats.
/// </summary>
/// <param name="MeanLogDensity">Over the test points, with its standard error over them.</param>
/// <param name="Sigma">σ, the best on the validation points.</param>
/// <param name="Validation">Mean log density of the validation points for each σ tried.</param>
/// <param name="Samples">Samples of the generator, n.</param>
/// <param name="ValidationCount">Validation points.</param>
/// <param name="TestCount">Test points.</param>
/// <param name="Space">What the d numbers are.</param>
public sealed record ParzenWindow(
    MeanWithError MeanLogDensity, double Sigma, IReadOnlyList<(double Sigma, double MeanLogDensity)> Validation,
    int Samples, int ValidationCount, int TestCount, string Space)
{
    private const int BlockNumbers = 1_000_000; // of the matrix of distances; 8 MB

    /// <summary>σ of parzen_ll.py: ten from 0.1 to 1, evenly spaced in the logarithm.</summary>
    public static IReadOnlyList<double> UsualSigmas { get; } = [.. Enumerable.Range(0, 10).Select(i => Math.Pow(10, i / 9.0 - 1))];

    /// <summary>Chooses σ on the validation points and measures the test points with it.</summary>
    /// <param name="samples">Samples of the generator, [n, d], as images in [0, 1] pixels: see <see cref="UnitPixels"/>.</param>
    /// <param name="validation">Real points on which σ is chosen.</param>
    /// <param name="test">Other real points.</param>
    /// <param name="sigmas">The widths to choose from; <see cref="UsualSigmas"/>.</param>
    /// <exception cref="ArgumentException">The spaces differ, or a σ is not positive.</exception>
    public static ParzenWindow Evaluate(FeatureSet samples, FeatureSet validation, FeatureSet test, IReadOnlyList<double>? sigmas = null)
    {
        FeatureSet.RequireSameSpace(samples, validation);
        FeatureSet.RequireSameSpace(samples, test);
        sigmas ??= UsualSigmas;
        var curve = LogDensities(samples, validation, sigmas).Select((logs, i) => (sigmas[i], logs.Average())).ToList();
        double best = curve.MaxBy(c => c.Item2).Item1;
        double[] logs = LogDensities(samples, test, [best])[0];
        return new ParzenWindow(MeanWithError.Mean(logs), best, curve, samples.Count, validation.Count, test.Count, samples.Space);
    }

    /// <summary>Images in [−1, 1] as points with pixels in [0, 1], as in the paper.</summary>
    /// <param name="images">[N, ...].</param>
    public static FeatureSet UnitPixels(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        return new FeatureSet(images.detach().flatten(1).add(1).div(2), $"{images.numel() / images.size(0)} pixels in [0, 1]");
    }

    /// <summary>log p of each point for each σ.</summary>
    /// <param name="samples">The centres of the kernels.</param>
    /// <param name="points">The points of evaluation.</param>
    /// <param name="sigmas">The widths σ of the window.</param>
    /// <returns>For each σ, as many numbers as there are points.</returns>
    public static IReadOnlyList<double[]> LogDensities(FeatureSet samples, FeatureSet points, IReadOnlyList<double> sigmas)
    {
        FeatureSet.RequireSameSpace(samples, points);
        ArgumentNullException.ThrowIfNull(sigmas);
        if (sigmas.Count == 0 || sigmas.Any(s => !(s > 0) || double.IsInfinity(s)))
            throw new ArgumentException($"expected positive widths, got {string.Join(", ", sigmas)}", nameof(sigmas));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var centre = samples.Mean();
        var centres = (samples.Rows - centre).to(samples.Rows.dtype); // the product in the samples' own precision, the sums in float64
        var norms = centres.to(float64).square().sum(1); // [n]
        var results = sigmas.Select(_ => new List<double>(points.Count)).ToArray();
        foreach (var (_, block) in points.CentredBlocks(centre, Math.Max(1, BlockNumbers / samples.Count)))
        {
            // [B, n]
            var squares = norms + block.square().sum(1, keepdim: true) - 2 * block.to(centres.dtype).matmul(centres.t()).to(float64);
            for (int i = 0; i < sigmas.Count; i++)
                results[i].AddRange(LogMean(squares, sigmas[i], samples.Dimension));
        }
        return [.. results.Select(r => r.ToArray())];
    }

    /// <summary>"225 ± 2 nats, σ = 0.2, n = 10000 samples, 10000 test points, in ...".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{MeanLogDensity} nats, σ = {Sigma:G3}, n = {Samples} samples, {TestCount} test points, in {Space}");

    private static double[] LogMean(Tensor squares, double sigma, int dimension)
    {
        using var scope = NewDisposeScope();
        double normaliser = Math.Log(squares.size(1)) + dimension / 2.0 * Math.Log(2 * Math.PI * sigma * sigma);
        return ((squares / (-2 * sigma * sigma)).logsumexp(1) - normaliser).data<double>().ToArray();
    }
}
