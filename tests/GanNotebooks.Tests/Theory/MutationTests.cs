using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>
/// The mutation list: each core formula with a flipped sign, a dropped factor 2, p and q exchanged, or log₂ for log.
/// The oracles are predicates; the library and a hand-written copy pass all of them, every mutant fails at least one.
/// </summary>
public sealed class MutationTests
{
    private static readonly CoreFormulas right = CoreFormulas.ByHand;

    private static readonly Lazy<double> certifiedSlopeAtTwo = new(() =>
    {
        double C(double t) => new VirtualCriterion(new Gaussian(), new Gaussian(t)).Certified(1e-13).Midpoint;
        const double H = 0.004;
        return (C(2 - 2 * H) - 8 * C(2 - H) + 8 * C(2 + H) - C(2 + 2 * H)) / (12 * H);
    });

    // Name, predicate. Expected values: closed forms, Nowozin et al. 2016 (tables 1, 2 and 5), integrals of one, Fenchel's equality,
    // certified enclosures.
    private static readonly (string Name, Func<CoreFormulas, bool> Holds)[] oracles =
    [
        ("D* is 1 where only data live and 1/9 at k = 1 of 8", f => f.OptimalDiscriminator(0.7, 0) == 1
            && Near(f.OptimalDiscriminator(1.0 / 8, 1), 1.0 / 9)),
        ("D* maximises the value integrand", f => Enumerable.Range(1, 99).All(i =>
            f.ValueIntegrand(0.3, 0.9, f.OptimalDiscriminator(0.3, 0.9)) >= f.ValueIntegrand(0.3, 0.9, i / 100.0))),
        ("value integrand at one half is -(p+q) log 2", f => Near(f.ValueIntegrand(0.3, 0.9, 0.5), -1.2 * Constants.Log2)),
        ("criterion integrand is the value integrand at D*", f =>
            Near(f.CriterionIntegrand(Math.Log(0.3), Math.Log(0.9)), f.ValueIntegrand(0.3, 0.9, f.OptimalDiscriminator(0.3, 0.9)))),
        ("criterion integrand of equal unit densities is -log 4", f => Near(f.CriterionIntegrand(0, 0), -Constants.Log4)),
        ("criterion of N(0,1), N(1,1) is -1.163451396750", f =>
            Near(Quadrature.Default.Integrate(x => f.CriterionIntegrand(new Gaussian().LogPdf(x), new Gaussian(1).LogPdf(x)), -12,
                13).Value, -1.16345139675045, 1e-11)),
        ("C at JSD 0 is -log 4 and at JSD of 1-of-8 is -.3924", f => Near(f.CriterionFromJensenShannon(0), -Constants.Log4)
            && Near(f.CriterionFromJensenShannon(JsdOneOfEight), -0.392436107823411, 1e-12)),
        ("JSD of equal coins is 0, symmetric, and log 2 at most", f => Near(f.JensenShannonOfCoins(0.3, 0.3), 0)
            && Near(f.JensenShannonOfCoins(0.2, 0.7), f.JensenShannonOfCoins(0.7, 0.2))
            && Near(f.JensenShannonOfCoins(1e-14, 1 - 1e-14), Constants.Log2, 1e-12)),
        ("KL of N(0,1), N(2,1) is 2 and KL of N(0,2), N(0,1) is 1.5 - log 2", f => Near(f.GaussianKullbackLeibler(2, 1), 2)
            && Near(f.GaussianKullbackLeibler(0, 2), 1.5 - Constants.Log2)),
        ("Gaussian integrates to 1, mean 0.3, variance 0.49", f => Moments(x => f.GaussianLogPdf(x, 0.3, 0.7), 0.3, 0.49)),
        ("Laplace integrates to 1, mean 0.3, variance 0.98", f => Moments(x => f.LaplaceLogPdf(x, 0.3, 0.7), 0.3, 0.98)),
        ("Student t with 5 degrees integrates to 1, variance 5/3", f => Moments(x => f.StudentLogPdf(x, 5), 0, 5.0 / 3)),
        ("Beta(2,3) is 12 x (1-x)²", f => Near(f.BetaLogPdf(0.2, 2, 3), Math.Log(12 * 0.2 * 0.64), 1e-12)),
        ("push-forward of 2z is N(0,2)", f => Moments(f.PushForwardOfTwoZ, 0, 4)),
        ("push-forward of z² has mass erf(1/√2) below 1", f =>
            Near(Quadrature.Default.Integrate(x => Math.Exp(f.PushForwardOfSquare(x)), 0, 1).Value, 0.682689492137086, 1e-9)),
        ("TV of N(0,1), N(2,1) is 2Φ(1) - 1", f => Near(f.TotalVariationOfShift(2), 0.682689492137086)),
        ("H² of N(0,1), N(2,1) is ½∫(√p-√q)²", f => Near(f.HellingerOfShift(2), 1 - Math.Exp(-0.5))),
        ("χ² of N(0,1), N(1,1) is e - 1", f => Near(f.ChiSquareOfShift(1), Math.E - 1)),
        ("W1 of N(0,1), N(0,2) is √(2/π), and falls to the shift for small scales", f =>
            Near(f.WassersteinOfGaussians(0, 1), Math.Sqrt(2 / Math.PI)) && Near(f.WassersteinOfGaussians(3, 0.1), 3, 1e-9)),
        ("the saturating gradient at t = 2 is the derivative of the certified C", f =>
            Near(f.SaturatingGradient(2), certifiedSlopeAtTwo.Value, 1e-9)),
        ("C at k = 1, 8 of 8 is -.3924, -log 4", f => Near(f.CoveredModesCriterion(8, 1), -0.392436107823411, 1e-12)
            && Near(f.CoveredModesCriterion(8, 8), -Constants.Log4)),
        ("JS conjugate satisfies Fenchel's equality", f =>
            Fenchel(f.JensenShannonConjugate, u => u * Math.Log(u) - (u + 1) * Math.Log((1 + u) / 2), u => Math.Log(2 * u / (1 + u)))),
        ("GAN conjugate satisfies Fenchel's equality", f =>
            Fenchel(f.GanConjugate, u => u * Math.Log(u) - (u + 1) * Math.Log(u + 1), u => Math.Log(u / (1 + u)))),
        ("reverse KL conjugate satisfies Fenchel's equality", f =>
            Fenchel(f.ReverseKullbackLeiblerConjugate, u => -Math.Log(u), u => -1 / u)),
        ("Pearson conjugate satisfies Fenchel's equality", f => Fenchel(f.PearsonConjugate, u => (u - 1) * (u - 1), u => 2 * (u - 1))),
        ("Hellinger conjugate satisfies Fenchel's equality", f =>
            Fenchel(f.HellingerConjugate, u => Math.Pow(Math.Sqrt(u) - 1, 2), u => 1 - 1 / Math.Sqrt(u))),
        ("the Laplace formula lies in the certified enclosure", f => Near(f.LaplaceCriterion(2), -0.890853609440933, 1e-12)
            && Near(f.LaplaceCriterion(0), -Constants.Log4)),
    ];

    private static readonly (string Name, CoreFormulas Formulas)[] mutants =
    [
        ("D*: p and q exchanged", right with { OptimalDiscriminator = (p, q) => q / (p + q) }),
        ("D*: factor 2", right with { OptimalDiscriminator = (p, q) => p / (2 * (p + q)) }),
        ("D*: sign", right with { OptimalDiscriminator = (p, q) => p / (p - q) }),
        ("V: p and q exchanged", right with { ValueIntegrand = (p, q, y) => q * Math.Log(y) + p * Math.Log(1 - y) }),
        ("V: sign of the second term", right with { ValueIntegrand = (p, q, y) => p * Math.Log(y) - q * Math.Log(1 - y) }),
        ("V: log2", right with { ValueIntegrand = (p, q, y) => p * Math.Log2(y) + q * Math.Log2(1 - y) }),
        ("C integrand: p and q exchanged inside the logarithms",
            right with { CriterionIntegrand = (a, b) => Math.Exp(a) * (b - Sum(a, b)) + Math.Exp(b) * (a - Sum(a, b)) }),
        ("C integrand: sign", right with { CriterionIntegrand = (a, b) => -right.CriterionIntegrand(a, b) }),
        ("C integrand: m = (p+q)/2 where p+q belongs", right with { CriterionIntegrand =
            (a, b) => Math.Exp(a) * (a - Sum(a, b) + Constants.Log2) + Math.Exp(b) * (b - Sum(a, b) + Constants.Log2) }),
        ("C integrand: log2", right with { CriterionIntegrand = (a, b) => right.CriterionIntegrand(a, b) / Constants.Log2 }),
        ("C of JSD: sign of log 4", right with { CriterionFromJensenShannon = js => Math.Log(4) + 2 * js }),
        ("C of JSD: factor 2 dropped", right with { CriterionFromJensenShannon = js => -Math.Log(4) + js }),
        ("C of JSD: log 2 for log 4", right with { CriterionFromJensenShannon = js => -Math.Log(2) + 2 * js }),
        ("C of JSD: log2", right with { CriterionFromJensenShannon = js => -2 + 2 * js }),
        ("JSD: factor ½ dropped", right with { JensenShannonOfCoins = (a, b) => 2 * right.JensenShannonOfCoins(a, b) }),
        ("JSD: only one direction", right with { JensenShannonOfCoins =
            (a, b) => CoreFormulas.Term(a, b) + CoreFormulas.Term(1 - a, 1 - b) }),
        ("JSD: m without its ½", right with { JensenShannonOfCoins = (a, b) => right.JensenShannonOfCoins(a, b) - Constants.Log2 }),
        ("JSD: log2", right with { JensenShannonOfCoins = (a, b) => right.JensenShannonOfCoins(a, b) / Constants.Log2 }),
        ("KL: p and q exchanged", right with { GaussianKullbackLeibler = (t, s) => Math.Log(s) + 0.5 * ((1 + t * t) / (s * s) - 1) }),
        ("KL: sign of log σ", right with { GaussianKullbackLeibler = (t, s) => Math.Log(s) + 0.5 * (s * s + t * t - 1) }),
        ("KL: ½ dropped", right with { GaussianKullbackLeibler = (t, s) => -Math.Log(s) + (s * s + t * t - 1) }),
        ("KL: log2", right with { GaussianKullbackLeibler = (t, s) => -Math.Log2(s) + 0.5 * (s * s + t * t - 1) }),
        ("Gaussian: ½ in the exponent dropped",
            right with { GaussianLogPdf = (x, m, s) => -Math.Pow((x - m) / s, 2) - Math.Log(s) - 0.5 * Math.Log(2 * Math.PI) }),
        ("Gaussian: 2 in 2π dropped", right with { GaussianLogPdf =
            (x, m, s) => -0.5 * Math.Pow((x - m) / s, 2) - Math.Log(s) - 0.5 * Math.Log(Math.PI) }),
        ("Gaussian: sign of log σ", right with { GaussianLogPdf =
            (x, m, s) => -0.5 * Math.Pow((x - m) / s, 2) + Math.Log(s) - 0.5 * Math.Log(2 * Math.PI) }),
        ("Gaussian: sign of μ", right with { GaussianLogPdf = (x, m, s) => right.GaussianLogPdf(x, -m, s) }),
        ("Gaussian: log2", right with { GaussianLogPdf =
            (x, m, s) => -0.5 * Math.Pow((x - m) / s, 2) - Math.Log2(s) - 0.5 * Math.Log2(2 * Math.PI) }),
        ("Laplace: 2 dropped", right with { LaplaceLogPdf = (x, m, b) => -Math.Abs(x - m) / b - Math.Log(b) }),
        ("Laplace: sign of log 2b", right with { LaplaceLogPdf = (x, m, b) => -Math.Abs(x - m) / b + Math.Log(2 * b) }),
        ("Laplace: log2", right with { LaplaceLogPdf = (x, m, b) => -Math.Abs(x - m) / b - Math.Log2(2 * b) }),
        ("Student t: ½ in the exponent dropped",
            right with { StudentLogPdf = (x, nu) => right.StudentLogPdf(x, nu) - (nu + 1) / 2 * Math.Log(1 + x * x / nu) }),
        ("Student t: ν + 1 becomes ν − 1", right with { StudentLogPdf = (x, nu) => right.StudentLogPdf(x, nu) + Math.Log(1 + x * x / nu) }),
        ("Beta: α and β exchanged", right with { BetaLogPdf = (x, a, b) => right.BetaLogPdf(x, b, a) }),
        ("Beta: sign of log B", right with { BetaLogPdf = (x, a, b) => right.BetaLogPdf(x, a, b) + 2 * SpecialFunctions.LogBeta(a, b) }),
        ("push-forward: |G'| dropped", right with { PushForwardOfTwoZ = x => right.PushForwardOfTwoZ(x) + Math.Log(2) }),
        ("push-forward: multiplied by |G'|", right with { PushForwardOfTwoZ = x => right.PushForwardOfTwoZ(x) + 2 * Math.Log(2) }),
        ("push-forward: one of two pre-images", right with { PushForwardOfSquare = x => right.PushForwardOfSquare(x) - Math.Log(2) }),
        ("TV: factor 2", right with { TotalVariationOfShift = t => 2 * right.TotalVariationOfShift(t) }),
        ("TV: sign", right with { TotalVariationOfShift = t => 2 * SpecialFunctions.NormalCdf(-t / 2) - 1 }),
        ("H²: factor 2", right with { HellingerOfShift = t => 2 * right.HellingerOfShift(t) }),
        ("H²: 4 for 8", right with { HellingerOfShift = t => 1 - Math.Exp(-t * t / 4) }),
        ("χ²: sign", right with { ChiSquareOfShift = t => Math.Exp(-t * t) - 1 }),
        ("χ²: factor 2", right with { ChiSquareOfShift = t => Math.Exp(2 * t * t) - 1 }),
        ("W1: 2 under the root dropped", right with { WassersteinOfGaussians =
            (d, s) => right.WassersteinOfGaussians(d, s)
                - s * (Math.Sqrt(2 / Math.PI) - Math.Sqrt(1 / Math.PI)) * Math.Exp(-d * d / (2 * s * s)) }),
        ("W1: sign of the shift", right with { WassersteinOfGaussians =
            (d, s) => right.WassersteinOfGaussians(d, s) - 2 * d * (1 - 2 * SpecialFunctions.NormalCdf(-d / s)) }),
        ("gradient: non-saturating in its place", right with { SaturatingGradient = t => t - right.SaturatingGradient(t) }),
        ("gradient: sign", right with { SaturatingGradient = t => -right.SaturatingGradient(t) }),
        ("gradient: factor 2 (of 2 JSD) dropped", right with { SaturatingGradient = t => 0.5 * right.SaturatingGradient(t) }),
        ("gradient: mean over p instead of q", right with { SaturatingGradient = t => t * (1 - right.SaturatingGradient(t) / t) }),
        ("k of n: k and n exchanged", right with { CoveredModesCriterion =
            (n, k) => (double)n / k * Math.Log((double)n / (n + k)) + Math.Log((double)k / (n + k)) }),
        ("k of n: weight k/n dropped", right with { CoveredModesCriterion =
            (n, k) => Math.Log((double)k / (n + k)) + Math.Log((double)n / (n + k)) }),
        ("k of n: sign", right with { CoveredModesCriterion = (n, k) => -right.CoveredModesCriterion(n, k) }),
        ("k of n: log2", right with { CoveredModesCriterion = (n, k) => right.CoveredModesCriterion(n, k) / Constants.Log2 }),
        ("JS conjugate: 1 for 2", right with { JensenShannonConjugate = t => -Math.Log(1 - Math.Exp(t)) }),
        ("JS conjugate: sign", right with { JensenShannonConjugate = t => Math.Log(2 - Math.Exp(t)) }),
        ("GAN conjugate: 2 for 1", right with { GanConjugate = t => -Math.Log(2 - Math.Exp(t)) }),
        ("GAN conjugate: log2", right with { GanConjugate = t => -Math.Log2(1 - Math.Exp(t)) }),
        ("reverse KL conjugate: sign of the 1", right with { ReverseKullbackLeiblerConjugate = t => 1 - Math.Log(-t) }),
        ("reverse KL conjugate: log2", right with { ReverseKullbackLeiblerConjugate = t => -1 - Math.Log2(-t) }),
        ("Pearson conjugate: 2 for 4", right with { PearsonConjugate = t => t * t / 2 + t }),
        ("Pearson conjugate: sign", right with { PearsonConjugate = t => t * t / 4 - t }),
        ("Hellinger conjugate: sign", right with { HellingerConjugate = t => t / (1 + t) }),
        ("Laplace C: factor 2 of the arctangent dropped", right with { LaplaceCriterion =
            t => right.LaplaceCriterion(t) + Math.Exp(-t / 2) * (Math.Atan(Math.Exp(t / 2)) - Math.Atan(Math.Exp(-t / 2))) }),
        ("Laplace C: sign of the middle", right with { LaplaceCriterion =
            t => 2 * CoreFormulas.LaplaceOuter(t) - right.LaplaceCriterion(t) }),
        ("Laplace C: log2", right with { LaplaceCriterion = t => right.LaplaceCriterion(t) / Constants.Log2 }),
    ];

    public static TheoryData<string> MutantNames => [.. mutants.Select(m => m.Name)];

    public static TheoryData<string> OracleNames => [.. oracles.Select(o => o.Name)];

    private static double JsdOneOfEight => Divergence.JensenShannon(DiscreteDistribution.Even(8), DiscreteDistribution.Covering(8, 1));

    [Theory]
    [MemberData(nameof(OracleNames))]
    public void Oracle_LibraryAndHandWrittenCopy_Holds(string oracle)
    {
        var holds = oracles.Single(o => o.Name == oracle).Holds;
        Assert.True(holds(CoreFormulas.Library), "the library");
        Assert.True(holds(CoreFormulas.ByHand), "the copy by hand");
    }

    [Theory]
    [MemberData(nameof(MutantNames))]
    public void Mutant_OfACoreFormula_FailsAtLeastOneOracle(string mutant)
    {
        var formulas = mutants.Single(m => m.Name == mutant).Formulas;
        string[] failed = oracles.Where(o => !o.Holds(formulas)).Select(o => o.Name).ToArray();
        Assert.NotEmpty(failed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{mutant}: caught by {string.Join("; ", failed)}");
    }

    private static double Sum(double a, double b) => Math.Log(Math.Exp(a) + Math.Exp(b));

    private static bool Near(double value, double expected, double tolerance = 1e-13) =>
        Math.Abs(value - expected) <= tolerance * Math.Max(1, Math.Abs(expected));

    private static bool Moments(Func<double, double> logPdf, double mean, double variance)
    {
        double[] breakpoints = [double.NegativeInfinity, -8, -2, 0, 0.3, 2, 8, double.PositiveInfinity];
        double Integral(Func<double, double> f)
        {
            try
            {
                return (Quadrature.Default with { AbsoluteTolerance = 1e-10, MaximumPanels = 500 })
                    .Integrate(x => Math.Exp(logPdf(x)) is var p && p == 0 ? 0 : p * f(x), breakpoints).Value;
            }
            catch (ArithmeticException)
            {
                return double.NaN; // a mutant may diverge
            }
        }
        return Near(Integral(_ => 1), 1, 1e-9) && Near(Integral(x => x), mean, 1e-8)
            && Near(Integral(x => (x - mean) * (x - mean)), variance, 1e-7);
    }

    private static bool Fenchel(Func<double, double> conjugate, Func<double, double> f, Func<double, double> derivative) =>
        new[] { 0.2, 0.7, 1.5, 4 }.All(u => Near(conjugate(derivative(u)), u * derivative(u) - f(u), 1e-12));
}
