using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>
/// The game's constants, the table of N(0, 1) against N(t, 1) (Simpson's rule, 40,000 panels) and that of k of n disjoint modes, to their
/// printed digits; the identities between gradients and KL to 1e-9.
/// </summary>
public sealed class OracleTests
{
    // t, JSD, C, accuracy, E_q[D*], saturating, non-saturating, KL, W1
    public static TheoryData<double, string[]> ShiftedGaussians => new()
    {
        { 0, ["0", "-1.38629", ".5", ".5", "0", "0", "0", "0"] },
        { .25, [".00775", "-1.37079", ".54974", ".4923", ".1231", ".1269", ".031", ".25"] },
        { .5, [".03031", "-1.32567", ".59871", ".4705", ".2353", ".2647", ".125", ".5"] },
        { 1, [".11142", "-1.16345", ".69146", ".3980", ".3980", ".6020", ".5", "1"] },
        { 2, [".33683", "-.71263", ".84134", ".2248", ".4496", "1.5504", "2", "2"] },
        { 3, [".52678", "-.33274", ".93319", ".0986", ".2959", "2.7041", "4.5", "3"] },
        { 4, [".63272", "-.12085", ".97725", ".0343", ".1372", "3.8628", "8", "4"] },
        { 6, [".68930", "-.00770", ".99865", "2.08e-3", ".01245", "5.9875", "18", "6"] },
        { 8, [".69305", "-.00019", ".99997", "4.9e-5", "3.9e-4", "7.9996", "32", "8"] },
        { 10, [".69315", "-.00000", "1.0", "4.5e-7", "4.5e-6", "10.0", "50", "10"] },
    };

    // n, k, C, JSD, JSD/log 2, reverse KL, D* on covered modes
    public static TheoryData<int, int, string[]> CoveredModes => new()
    {
        { 8, 1, ["-.3924", ".4969", ".717", "2.0794", ".1111"] },
        { 8, 2, ["-.6255", ".3804", ".549", "1.3863", ".2000"] },
        { 8, 3, ["-.8057", ".2903", ".419", ".9808", ".2727"] },
        { 8, 4, ["-.9548", ".2158", ".311", ".6931", ".3333"] },
        { 8, 5, ["-1.0827", ".1518", ".219", ".4700", ".3846"] },
        { 8, 6, ["-1.1951", ".0956", ".138", ".2877", ".4286"] },
        { 8, 7, ["-1.2955", ".0454", ".066", ".1335", ".4667"] },
        { 8, 8, ["-1.3863", "0", "0", "0", ".5"] },
        { 25, 1, ["-.1695", ".6084", ".878", "3.2189", ".0385"] },
        { 25, 5, ["-.5407", ".4228", ".610", "1.6094", ".1667"] },
        { 25, 10, ["-.8376", ".2744", ".396", ".9163", ".2857"] },
        { 25, 15, ["-1.0585", ".1639", ".236", ".5108", ".3750"] },
        { 25, 20, ["-1.2365", ".0749", ".108", ".2231", ".4444"] },
        { 25, 24, ["-1.3582", ".0141", ".020", ".0408", ".4898"] },
    };

    [Fact]
    public void Constants_AtEquilibrium_AreTheFormulasAtOneHalf()
    {
        Printed.Agrees("-1.3862944", Constants.GlobalMinimum);
        Assert.Equal(Constants.GlobalMinimum, VirtualCriterion.Integrand(0, 0), 1e-15);
        Assert.Equal(Constants.DiscriminatorLossAtHalf, 2 * LogSpace.Softplus(0), 1e-15);
        Assert.Equal(Constants.SaturatingLossAtHalf, -LogSpace.Softplus(0), 1e-15);
        Assert.Equal(Constants.NonSaturatingLossAtHalf, LogSpace.Softplus(-0.0), 1e-15);
        Assert.Equal(Constants.HingeLossAtZero, Math.Max(0, 1 - 0) + Math.Max(0, 1 + 0));
        Assert.Equal(Constants.LeastSquaresLossAtHalf, 0.5 * Math.Pow(0.5 - 1, 2) + 0.5 * Math.Pow(0.5 - 0, 2));
        Assert.Equal(Constants.RelativisticLossAtEquality, LogSpace.Softplus(-(0.3 - 0.3)), 1e-15);
    }

    [Theory]
    [MemberData(nameof(ShiftedGaussians))]
    public void ShiftedGaussians_EveryColumn_AgreesToPrintedDigits(double t, string[] row)
    {
        Gaussian p = new(), q = new(t);
        var optimal = new OptimalDiscriminator(p, q);
        double fake = optimal.MeanOnFakes().Value;
        double[] computed =
        [
            Divergence.JensenShannon(p, q).Value, new VirtualCriterion(p, q).ByQuadrature().Value, optimal.Accuracy().Value, fake,
            t * fake, t * (1 - fake), Divergence.KullbackLeibler(p, q).Value, Divergence.Wasserstein1(p, q).Value,
        ];
        Assert.All(row.Zip(computed), pair => Printed.Agrees(pair.First, pair.Second));
        Assert.Equal(SpecialFunctions.NormalCdf(t / 2), optimal.Accuracy().Value, 1e-14);
    }

    [Theory]
    [InlineData(.25)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void ShiftedGaussians_Identities_HoldToOneBillionth(double t)
    {
        Gaussian p = new();
        double saturating = FivePoint(s => new VirtualCriterion(p, new Gaussian(s)).Certified(1e-13).Midpoint, t);
        double divergences =
            FivePoint(s => Divergence.KullbackLeibler(new Gaussian(s), p).Value - 2 * Divergence.JensenShannon(p, new Gaussian(s)).Value,
                t);
        double fake = new OptimalDiscriminator(p, new Gaussian(t)).MeanOnFakes().Value;
        Assert.Equal(t * fake, saturating, 1e-9);              // dC/dt = t E_q[D*], the envelope theorem
        Assert.Equal(t * (1 - fake), divergences, 1e-9);       // Arjovsky and Bottou 2017, theorem 2.5
        Assert.Equal(t, saturating + t * (1 - fake), 1e-9);    // the sum is dKL/dt
        // Analytic derivative of C under the integral sign: ∫ (x − t) q log(1 − D*).
        var optimal = new OptimalDiscriminator(p, new Gaussian(t));
        double envelope = Quadrature.Default.Expectation(new Gaussian(t), x => (x - t) * optimal.LogComplementAt(x)).Value;
        Assert.Equal(t * fake, envelope, 1e-11);
    }

    [Fact]
    public void ShiftedGaussians_LogitAndFiniteDifferenceAtTwo_AreAsPrinted()
    {
        var optimal = new OptimalDiscriminator(new Gaussian(), new Gaussian(2));
        Assert.All(new[] { -3, 0.1, 5.0 }, x => Assert.Equal(2 * 2 / 2.0 - 2 * x, optimal.Logit(x), 1e-13));
        Printed.Agrees(".449600", 2 * optimal.MeanOnFakes().Value);
    }

    [Fact]
    public void SaturatingGradient_OverTheDistance_PeaksAtTheStatedPlaceAndValue()
    {
        double Gradient(double t) => t * new OptimalDiscriminator(new Gaussian(), new Gaussian(t)).MeanOnFakes().Value;
        Printed.Agrees(".46732", Gradient(1.64));
        Assert.True(Gradient(1.64) > Gradient(1.62) && Gradient(1.64) > Gradient(1.66));
        Assert.InRange(Gradient(1.64) / Gradient(10), 0.9e5, 1.2e5);
    }

    [Theory]
    [MemberData(nameof(CoveredModes))]
    public void CoveredModes_EveryColumn_AgreesToPrintedDigits(int n, int k, string[] row)
    {
        DiscreteDistribution p = DiscreteDistribution.Even(n), q = DiscreteDistribution.Covering(n, k);
        double js = Divergence.JensenShannon(p, q);
        double[] computed =
        [
            VirtualCriterion.Of(p, q), js, js / Constants.Log2, Divergence.ReverseKullbackLeibler(p, q),
            OptimalDiscriminator.Maximiser(p[0], q[0]),
        ];
        Assert.All(row.Zip(computed), pair => Printed.Agrees(pair.First, pair.Second));
        Assert.Equal((double)k / n * Math.Log((double)k / (n + k)) + Math.Log((double)n / (n + k)), computed[0], 1e-14);
        Assert.Equal(1 - (double)k / n, Divergence.TotalVariation(p, q), 1e-14);
        Assert.Equal(k < n ? double.PositiveInfinity : 0, Divergence.KullbackLeibler(p, q));
        Assert.All(Enumerable.Range(k, n - k), i => Assert.Equal(1, OptimalDiscriminator.Maximiser(p[i], q[i])));
    }

    private static double FivePoint(Func<double, double> f, double t, double h = 0.004) =>
        (f(t - 2 * h) - 8 * f(t - h) + 8 * f(t + h) - f(t + 2 * h)) / (12 * h);
}
