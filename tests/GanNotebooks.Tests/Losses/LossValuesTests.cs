using GanNotebooks.Losses;
using static GanNotebooks.Tests.Losses.LossLogits;

namespace GanNotebooks.Tests.Losses;

/// <summary>Closed forms at known points: 2 log 2 and log 2 where D ≡ ½, 2 for the hinge loss at logits 0, ¼ for least squares.</summary>
public sealed class LossValuesTests
{
    private static readonly double Log2 = Math.Log(2);

    [Fact]
    public void LeastSquares_AtItsTargets_IsZeroAndAtOneHalfAQuarter()
    {
        var loss = LeastSquaresLoss.ZeroOne;
        Assert.Equal(0, loss.Discriminator(Column(1), Column(0)).item<double>());
        Assert.Equal(0.25, loss.Discriminator(Column(0.5), Column(0.5)).item<double>(), 15);
        Assert.Equal(0.5 * 0.25, loss.Generator(Column(0), Column(0.5)).item<double>(), 15);
        Assert.Equal(0.5 * (4 + 9), LeastSquaresLoss.PearsonChiSquare.Discriminator(Column(3), Column(2)).item<double>(), 15);
        Assert.Equal(2, LeastSquaresLoss.PearsonChiSquare.Generator(Column(0), Column(2)).item<double>(), 15);
    }

    // With p and q on two points, the best logit is (b p + a q)/(p + q); with (−1, 1, 0), adding the data term ½ E_p l² (which G cannot
    // change) to G's loss gives ½ ∫ (p + q) ((p − q)/(p + q))² = ½ ∫ (p − q)²/(p + q) (Mao et al. 2017, theorem 1).
    [Fact]
    public void LeastSquares_BestCritic_GivesHalfOfPearson()
    {
        double[] p = [0.7, 0.3], q = [0.2, 0.8];
        double[] best = [.. p.Zip(q, (a, b) => (a - b) / (a + b))];
        double generator = q.Zip(best, (b, l) => b * Value(x => LeastSquaresLoss.PearsonChiSquare.Generator(x, x), l)).Sum();
        double data = p.Zip(best, (a, l) => a * l * l / 2).Sum();
        Assert.Equal(p.Zip(q, (a, b) => (a - b) * (a - b) / (a + b)).Sum() / 2, generator + data, 12);
    }

    [Fact]
    public void Wasserstein_Any_IsTheGapOfMeans()
    {
        Assert.Equal(-3.5, new WassersteinLoss().Discriminator(Column(1, 6), Column(-1, 1)).item<double>(), 15);
        Assert.Equal(-2.5, new WassersteinLoss().Generator(Column(7), Column(2, 3)).item<double>(), 15);
    }

    [Fact]
    public void Hinge_LogitsZeroOrBeyondTheMargin_IsTwoOrZero()
    {
        var loss = new HingeLoss();
        Assert.Equal(2, loss.Discriminator(Column(0), Column(0)).item<double>(), 15);
        Assert.Equal(0, loss.Discriminator(Column(1.5), Column(-1)).item<double>());
        Assert.Equal(0, Slope(l => loss.Discriminator(l, Column(-2)), 1.5));
        Assert.Equal(-4, loss.Generator(Column(0), Column(4)).item<double>());
    }

    [Fact]
    public void Relativistic_EqualLogits_IsLog2OrTwiceThat()
    {
        Assert.Equal(Log2, new RelativisticPairedLoss().Discriminator(Column(3, -1), Column(3, -1)).item<double>(), 14);
        Assert.Equal(2 * Log2, new RelativisticAverageLoss().Discriminator(Column(3, 3), Column(3, 3)).item<double>(), 14);
    }

    [Fact]
    public void Relativistic_AllLogitsShifted_IsTheSame()
    {
        foreach (var loss in new IAdversarialLoss[] { new RelativisticPairedLoss(), new RelativisticAverageLoss() })
        {
            Assert.True(loss.GeneratorNeedsReal);
            Assert.Equal(loss.Discriminator(Column(1, 2), Column(0, 4)).item<double>(),
                loss.Discriminator(Column(8, 9), Column(7, 11)).item<double>(), 12);
            Assert.Equal(loss.Generator(Column(1, 2), Column(0, 4)).item<double>(),
                loss.Discriminator(Column(0, 4), Column(1, 2)).item<double>(), 12);
        }
    }

    [Fact]
    public void RelativisticPaired_UnequalBatches_AreRefused() => Assert.Contains(
        "pairs", Assert.Throws<ArgumentException>(() => new RelativisticPairedLoss().Discriminator(Column(1, 2), Column(1))).Message,
        StringComparison.Ordinal);

    // With label α the best logit on a point is log(α p / (q + (1 − α) p)): the slope of p · (loss on real) + q · (loss on fake) is 0
    // there.
    [Fact]
    public void LabelSmoothing_BestLogit_IsTheOneOfTheFormula()
    {
        const double alpha = 0.9, p = 0.6, q = 0.2;
        double best = Math.Log(alpha * p / (q + (1 - alpha) * p)); // slope: −α p + (p + q) σ(l) = 0
        foreach (var loss in new IAdversarialLoss[] { new NonSaturatingLoss { RealLabel = alpha },
            new MinimaxLoss { RealLabel = alpha } })
        {
            Assert.Equal(0, p * Slope(l => loss.Discriminator(l, Column(0)), best)
                + q * Slope(l => loss.Discriminator(Column(0), l), best), 12);
        }
    }

    [Fact]
    public void LabelSmoothing_LabelOutsideZeroToOne_IsRefused()
    {
        foreach (double bad in new[] { 0, -0.1, 1.1, double.NaN })
            Assert.Throws<ArgumentOutOfRangeException>(() => new NonSaturatingLoss { RealLabel = bad });
    }
}
