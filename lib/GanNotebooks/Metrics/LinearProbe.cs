using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Metrics;

/// <summary>
/// How much of a classification can be read off features by a linear function: ridge regression from features to one-hot labels, the
/// largest output wins. The features are standardised; the weight of the penalty is the one with the least squared leave-one-out error,
/// which ridge regression has in closed form: (yᵢ − ŷᵢ)/(1 − hᵢ) with hᵢ the diagonal of ŷ = H y (Allen 1974, PRESS). Exact, in float64,
/// and nothing about it is random.
/// </summary>
/// <param name="Accuracy">Share of the test samples that is classified correctly, with its binomial standard error.</param>
/// <param name="Penalty">The chosen λ, in units of the mean nonzero eigenvalue of XXᵀ, X the standardised features.</param>
/// <param name="Labels">Number of labelled samples, n.</param>
/// <param name="Features">Numbers in one feature vector, d.</param>
public sealed record LinearProbe(MeanWithError Accuracy, double Penalty, int Labels, int Features)
{
    private const double Tiny = 1e-12;

    /// <summary>The penalties that are tried: 10⁻⁴ to 10³, two in a decade.</summary>
    public static IReadOnlyList<double> Penalties { get; } = [.. Enumerable.Range(0, 15).Select(i => Math.Pow(10, -4 + i / 2.0))];

    /// <summary>Fits on labelled samples and counts on others.</summary>
    /// <param name="features">[n, ...], flattened to [n, d].</param>
    /// <param name="labels">int64 [n], from 0.</param>
    /// <param name="testFeatures">[N, ...], the same d.</param>
    /// <param name="testLabels">int64 [N].</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, there are fewer than two classes, or
    /// a feature is not finite.</exception>
    public static LinearProbe Fit(Tensor features, Tensor labels, Tensor testFeatures, Tensor testLabels)
    {
        Require(features, labels, testFeatures, testLabels);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var x = features.flatten(1).to(float64);
        var (mean, deviation) = (x.mean([0]), x.std(0, unbiased: false).clamp_min(Tiny));
        x = (x - mean) / deviation; // a constant feature becomes 0
        long classes = labels.max().item<long>() + 1;
        var y = nn.functional.one_hot(labels, classes).to(float64);
        var offset = y.mean([0]); // the mean of x is 0, so it is the intercept
        var (left, square) = Factor(x);
        var projected = left.t().mm(y - offset); // [r, K]
        var (penalty, scale) = Choose(left, square, projected, y - offset, x.size(0));
        // [d, K], for features as they come
        var weights = x.t().mm(left.mm(projected / (square + penalty * scale).unsqueeze(1))) / deviation.unsqueeze(1);
        var outputs = testFeatures.flatten(1).to(float64).mm(weights) + (offset - mean.unsqueeze(0).mm(weights)); // [N, K]
        long correct = outputs.argmax(1).eq(testLabels).sum().item<long>();
        return new LinearProbe(MeanWithError.Share((int)correct, (int)testLabels.size(0)), penalty, (int)x.size(0), (int)x.size(1));
    }

    // U and S² of X = U S Vᵀ, from the eigenvalues of the smaller of XXᵀ and XᵀX; directions without variance are left out.
    private static (Tensor Left, Tensor Square) Factor(Tensor x)
    {
        bool wide = x.size(0) <= x.size(1);
        var (values, vectors) = linalg.eigh(wide ? x.mm(x.t()) : x.t().mm(x));
        long rank = values.gt(values.max() * Tiny * x.size(0)).sum().item<long>();
        var square = values.narrow(0, values.size(0) - rank, rank);
        var basis = vectors.narrow(1, vectors.size(1) - rank, rank);
        return (wide ? basis : x.mm(basis) / square.sqrt(), square);
    }

    private static (double Penalty, double Scale) Choose(Tensor left, Tensor square, Tensor projected, Tensor centred, long n)
    {
        double scale = square.mean().item<double>();
        var leverage = left.square(); // [n, r]
        double best = double.PositiveInfinity, chosen = Penalties[0];
        foreach (double penalty in Penalties)
        {
            var shrink = square / (square + penalty * scale); // [r]
            var residual = centred - left.mm(projected * shrink.unsqueeze(1));
            var h = leverage.mv(shrink) + 1.0 / n; // the intercept takes 1/n
            double error = (residual / (1 - h).clamp_min(Tiny).unsqueeze(1)).square().sum().item<double>();
            if (error < best)
                (best, chosen) = (error, penalty);
        }
        return (chosen, scale);
    }

    private static void Require(Tensor features, Tensor labels, Tensor testFeatures, Tensor testLabels)
    {
        foreach (var (x, y, which) in new[] { (features, labels, nameof(features)), (testFeatures, testLabels, nameof(testFeatures)) })
        {
            ArgumentNullException.ThrowIfNull(x);
            ArgumentNullException.ThrowIfNull(y);
            if (x.dim() < 2 || y.dim() != 1 || y.dtype != ScalarType.Int64 || x.size(0) != y.size(0))
            {
                throw new ArgumentException(
                    $"expected {which} [N, ...] and int64 labels [N], got {Shape.Text(x.shape)} and {y.dtype} "
                        + $"{Shape.Text(y.shape)}");
            }
            NonFiniteSamples.ThrowIfAny(x, which);
        }
        if (features.numel() / features.size(0) != testFeatures.numel() / testFeatures.size(0))
        {
            throw new ArgumentException(
                $"training features {Shape.Text(features.shape)} and test features {Shape.Text(testFeatures.shape)} "
                    + "have different sizes");
        }

        if (labels.min().item<long>() < 0 || labels.max().item<long>() < 1)
            throw new ArgumentException("labels must count from 0 and name at least two classes");
    }
}

/// <summary>The accuracy that one kind of features gave with some labels.</summary>
/// <param name="Features">What the features are.</param>
/// <param name="Labels">Labelled images to learn from, n.</param>
/// <param name="Seed">The seed that chose the images.</param>
/// <param name="Accuracy">Share of the test images that was classified correctly.</param>
public sealed record ProbeResult(string Features, int Labels, int Seed, double Accuracy);
