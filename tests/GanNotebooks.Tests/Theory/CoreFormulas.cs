using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>The formulas that everything rests on, as delegates, so that a wrong one can be put in the place of a right one.</summary>
public sealed record CoreFormulas
{
    public required Func<double, double, double> OptimalDiscriminator { get; init; }

    public required Func<double, double, double, double> ValueIntegrand { get; init; } // a, b, y

    public required Func<double, double, double> CriterionIntegrand { get; init; } // log p, log q

    public required Func<double, double> CriterionFromJensenShannon { get; init; } // JSD

    public required Func<double, double, double> JensenShannonOfCoins { get; init; } // probabilities of heads

    public required Func<double, double, double> GaussianKullbackLeibler { get; init; } // N(0, s) against N(t, 1): t, s

    public required Func<double, double, double, double> GaussianLogPdf { get; init; } // x, μ, σ

    public required Func<double, double, double, double> LaplaceLogPdf { get; init; }

    public required Func<double, double, double> StudentLogPdf { get; init; } // x, ν

    public required Func<double, double, double, double> BetaLogPdf { get; init; }

    public required Func<double, double> PushForwardOfTwoZ { get; init; } // log density of 2z, z standard normal

    public required Func<double, double> PushForwardOfSquare { get; init; } // log density of z²

    public required Func<double, double> TotalVariationOfShift { get; init; } // N(0, 1) against N(t, 1)

    public required Func<double, double> HellingerOfShift { get; init; }

    public required Func<double, double> ChiSquareOfShift { get; init; }

    public required Func<double, double, double> WassersteinOfGaussians { get; init; } // shift, difference of σ

    public required Func<double, double> SaturatingGradient { get; init; } // of C, N(0, 1) against N(t, 1)

    public required Func<int, int, double> CoveredModesCriterion { get; init; } // n, k

    public required Func<double, double> JensenShannonConjugate { get; init; }

    public required Func<double, double> GanConjugate { get; init; }

    public required Func<double, double> ReverseKullbackLeiblerConjugate { get; init; }

    public required Func<double, double> PearsonConjugate { get; init; }

    public required Func<double, double> HellingerConjugate { get; init; }

    public required Func<double, double> LaplaceCriterion { get; init; } // C of two unit Laplace densities at distance t

    /// <summary>Bound to the library.</summary>
    public static CoreFormulas Library { get; } = new()
    {
        OptimalDiscriminator = GanNotebooks.Theory.OptimalDiscriminator.Maximiser,
        ValueIntegrand = (a, b, y) => new ValueFunction(new Uniform(0, 1 / a), new Uniform(0, 1 / b)).Integrand(0.5 / Math.Max(a, b), y),
        CriterionIntegrand = VirtualCriterion.Integrand,
        CriterionFromJensenShannon = js => // the pair of covered modes whose JSD this is
            Enumerable.Range(1, 8).Select(k => (DiscreteDistribution.Even(8), DiscreteDistribution.Covering(8, k)))
                .Where(pair => Math.Abs(Divergence.JensenShannon(pair.Item1, pair.Item2) - js) < 1e-12)
                .Select(pair => VirtualCriterion.Of(pair.Item1, pair.Item2)).Single(),
        JensenShannonOfCoins =
            (a, b) => Divergence.JensenShannon(new DiscreteDistribution([a, 1 - a]), new DiscreteDistribution([b, 1 - b])),
        GaussianKullbackLeibler = (t, s) => Divergence.KullbackLeibler(new Gaussian(0, s), new Gaussian(t)).Value,
        GaussianLogPdf = (x, mu, sigma) => new Gaussian(mu, sigma).LogPdf(x),
        LaplaceLogPdf = (x, mu, b) => new Laplace(mu, b).LogPdf(x),
        StudentLogPdf = (x, nu) => new StudentT(nu).LogPdf(x),
        BetaLogPdf = (x, a, b) => new Beta(a, b).LogPdf(x),
        PushForwardOfTwoZ = x => new PushForward(new Gaussian(), z => 2 * z, _ => 2).LogPdf(x),
        PushForwardOfSquare = x => new PushForward(new Gaussian(), z => z * z, z => 2 * z, 0).LogPdf(x),
        TotalVariationOfShift = t => Divergence.TotalVariation(new Gaussian(), new Gaussian(t)).Value,
        HellingerOfShift = t => Divergence.SquaredHellinger(new Gaussian(), new Gaussian(t)).Value,
        ChiSquareOfShift = t => Divergence.ChiSquare(new Gaussian(), new Gaussian(t)).Value,
        WassersteinOfGaussians = (shift, scale) => Divergence.Wasserstein1(new Gaussian(), new Gaussian(shift, 1 + scale)).Value,
        SaturatingGradient = t => t * new OptimalDiscriminator(new Gaussian(), new Gaussian(t)).MeanOnFakes().Value,
        CoveredModesCriterion =
            (n, k) => RationalDistribution.Criterion(RationalDistribution.Covering(n, n), RationalDistribution.Covering(n, k))
                .Enclose().Midpoint,
        JensenShannonConjugate = FDivergence.JensenShannon.Conjugate,
        GanConjugate = FDivergence.Gan.Conjugate,
        ReverseKullbackLeiblerConjugate = FDivergence.ReverseKullbackLeibler.Conjugate,
        PearsonConjugate = FDivergence.PearsonChiSquare.Conjugate,
        HellingerConjugate = FDivergence.SquaredHellinger.Conjugate,
        LaplaceCriterion = t => new VirtualCriterion(new Laplace(), new Laplace(t)).FromClosedForm()!.Value,
    };

    /// <summary>Written out by hand, one edit away from each mutant.</summary>
    public static CoreFormulas ByHand { get; } = new()
    {
        OptimalDiscriminator = (p, q) => p / (p + q),
        ValueIntegrand = (p, q, y) => p * Math.Log(y) + q * Math.Log(1 - y),
        CriterionIntegrand =
            (a, b) => Math.Exp(a) * (a - Log(Math.Exp(a) + Math.Exp(b))) + Math.Exp(b) * (b - Log(Math.Exp(a) + Math.Exp(b))),
        CriterionFromJensenShannon = js => -Math.Log(4) + 2 * js,
        JensenShannonOfCoins = (a, b) => 0.5 * (Term(a, b) + Term(b, a) + Term(1 - a, 1 - b) + Term(1 - b, 1 - a)),
        GaussianKullbackLeibler = (t, s) => -Math.Log(s) + 0.5 * (s * s + t * t - 1),
        GaussianLogPdf = (x, mu, sigma) => -0.5 * Math.Pow((x - mu) / sigma, 2) - Math.Log(sigma) - 0.5 * Math.Log(2 * Math.PI),
        LaplaceLogPdf = (x, mu, b) => -Math.Abs(x - mu) / b - Math.Log(2 * b),
        StudentLogPdf = (x, nu) => SpecialFunctions.LogGamma((nu + 1) / 2) - SpecialFunctions.LogGamma(nu / 2)
            - 0.5 * Math.Log(nu * Math.PI) - (nu + 1) / 2 * Math.Log(1 + x * x / nu),
        BetaLogPdf = (x, a, b) => (a - 1) * Math.Log(x) + (b - 1) * Math.Log(1 - x) - SpecialFunctions.LogBeta(a, b),
        PushForwardOfTwoZ = x => -0.125 * x * x - 0.5 * Math.Log(2 * Math.PI) - Math.Log(2),
        PushForwardOfSquare = x => Math.Log(2) - 0.5 * x - 0.5 * Math.Log(2 * Math.PI) - Math.Log(2 * Math.Sqrt(x)),
        TotalVariationOfShift = t => 2 * SpecialFunctions.NormalCdf(t / 2) - 1,
        HellingerOfShift = t => 1 - Math.Exp(-t * t / 8),
        ChiSquareOfShift = t => Math.Exp(t * t) - 1,
        WassersteinOfGaussians = (shift, s) => s * Math.Sqrt(2 / Math.PI) * Math.Exp(-shift * shift / (2 * s * s))
            + shift * (1 - 2 * SpecialFunctions.NormalCdf(-shift / s)),
        SaturatingGradient = t => Quadrature.Default.Expectation(new Gaussian(t), x => t / (1 + Math.Exp(t * x - t * t / 2))).Value,
        CoveredModesCriterion = (n, k) => (double)k / n * Math.Log((double)k / (n + k)) + Math.Log((double)n / (n + k)),
        JensenShannonConjugate = t => -Math.Log(2 - Math.Exp(t)),
        GanConjugate = t => -Math.Log(1 - Math.Exp(t)),
        ReverseKullbackLeiblerConjugate = t => -1 - Math.Log(-t),
        PearsonConjugate = t => t * t / 4 + t,
        HellingerConjugate = t => t / (1 - t),
        LaplaceCriterion =
            t => LaplaceOuter(t) - Math.Exp(-t / 2) * (LaplacePrimitive(Math.Exp(t / 2)) - LaplacePrimitive(Math.Exp(-t / 2))),
    };

    internal static double LaplaceOuter(double t) => -Math.Log(1 + Math.Exp(-t)) - Math.Exp(-t) * Math.Log(1 + Math.Exp(t));

    internal static double LaplacePrimitive(double w) => w * Math.Log(1 + 1 / (w * w)) + 2 * Math.Atan(w);

    internal static double Term(double a, double b) => a * Math.Log(2 * a / (a + b));

    internal static double Log(double x) => Math.Log(x);
}
