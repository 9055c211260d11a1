using GanNotebooks.Losses;
using GanNotebooks.Theory;
using static GanNotebooks.Tests.Losses.LossLogits;

namespace GanNotebooks.Tests.Losses;

public sealed class FDivergenceLossTests
{
    private static readonly double[] P = [0.7, 0.2, 0.1], Q = [0.2, 0.3, 0.5];

    /// <summary>Row, its divergence on numbers, and the logit at which T is the optimum f′(u), u = p/q.</summary>
    private static readonly (FDivergenceLoss Loss, Func<double, double, double> Integrand, Func<double, double> BestLogit)[] Rows =
    [
        (FDivergenceLoss.KullbackLeibler, (p, q) => p * Math.Log(p / q), u => 1 + Math.Log(u)),
        (FDivergenceLoss.ReverseKullbackLeibler, (p, q) => q * Math.Log(q / p), Math.Log),
        (FDivergenceLoss.PearsonChiSquare, (p, q) => (p - q) * (p - q) / q, u => 2 * (u - 1)),
        (FDivergenceLoss.SquaredHellinger, (p, q) => Math.Pow(Math.Sqrt(p) - Math.Sqrt(q), 2), u => 0.5 * Math.Log(u)),
        (FDivergenceLoss.JensenShannon, TwiceJensenShannon, Math.Log),
        (FDivergenceLoss.Gan, (p, q) => p * Math.Log(p / (p + q)) + q * Math.Log(q / (p + q)), Math.Log),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Rows.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Discriminator_BestLogit_IsMinusTheDivergence(int row)
    {
        var (loss, integrand, bestLogit) = Rows[row];
        Assert.Equal(-P.Zip(Q, integrand).Sum(), Expected(loss, bestLogit), 12);
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Discriminator_AnyOtherLogit_IsLarger(int row)
    {
        var (loss, _, bestLogit) = Rows[row];
        foreach (double shift in new[] { -0.1, 0.1 })
            Assert.True(Expected(loss, u => bestLogit(u) + shift) > Expected(loss, bestLogit));
    }

    // The rows exist twice, on tensors here and on numbers in Theory: T = g_f(l) and f*(T) must agree.
    [Theory]
    [MemberData(nameof(Indices))]
    public void Rows_AnyLogit_AgreeWithTheory(int row)
    {
        var (loss, theory) = (FDivergenceLoss.All[row], FDivergence.All[row]);
        Assert.Equal(theory.Name, loss.Name);
        foreach (double l in new[] { -3, -0.4, 0, 1.3, 5 })
        {
            double t = theory.OutputActivation(l),
                alternative = (loss with { Alternative = true }).Generator(Column(0), Column(l)).item<double>();
            Assert.Equal(-t, alternative, 1e-12 * (1 + Math.Abs(t)));
            // -log(1 - eᵗ) and the like cancel near the end of their domain; the losses' forms do not
            double conjugate = theory.Conjugate(t);
            Assert.Equal(-conjugate, loss.Generator(Column(0), Column(l)).item<double>(),
                1e-12 * Math.Exp(Math.Abs(l)) * (1 + Math.Abs(conjugate)));
        }
    }

    [Fact]
    public void Gan_AnyLogit_IsTheMinimaxLoss()
    {
        var (real, fake) = (Column(1, -30), Column(0.2, 45));
        Assert.Equal(new MinimaxLoss().Discriminator(real, fake).item<double>(),
            FDivergenceLoss.Gan.Discriminator(real, fake).item<double>(), 12);
        Assert.Equal(new MinimaxLoss().Generator(real, fake).item<double>(), FDivergenceLoss.Gan.Generator(real, fake).item<double>(), 12);
        Assert.Equal(new NonSaturatingLoss().Generator(real, fake).item<double>(),
            (FDivergenceLoss.Gan with { Alternative = true }).Generator(real, fake).item<double>(), 12);
    }

    // E_p and E_q of the two terms; the other term's value at logit 0 cancels.
    private static double Expected(FDivergenceLoss loss, Func<double, double> logit)
    {
        double Of(double real, double fake) => loss.Discriminator(Column(real), Column(fake)).item<double>();
        return Enumerable.Range(0, P.Length).Sum(i => P[i] * Of(logit(P[i] / Q[i]), 0) + Q[i] * Of(0, logit(P[i] / Q[i]))) - Of(0, 0);
    }

    private static double TwiceJensenShannon(double p, double q) => p * Math.Log(2 * p / (p + q)) + q * Math.Log(2 * q / (p + q));
}
