using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>The oracles of the conditional game, computed elsewhere with 30 digits.</summary>
public sealed class ConditionalCriterionTests
{
    private const double Width = 1e-12;
    private const double Printed = 5e-11; // half a unit of the tenth printed digit

    private static readonly Gaussian Left = new(-2, 1), Right = new(2, 1), Middle = new();

    private static ConditionalCriterion Game(Density first, Density second, params double[] generated) => new(
        [0.5, 0.5], [(Left, first), (Right, second)], generated.Length == 0 ? null : generated);

    [Fact]
    public void Certified_GaussianPair_HasThePrintedDigits()
    {
        AssertPrinted(-1.0494635408, Game(Middle, Right).Certified(Width));
        AssertPrinted(-1.1408218194, Game(Middle, Right).Unconditional.Certified(Width));
        AssertPrinted(0.1227362708, Game(Middle, Right).Unconditional.CertifiedJensenShannon(Width));
        AssertPrinted(-0.1208539736, Game(Right, Left).Certified(Width));
        AssertPrinted(-1.3862943611, Game(Right, Left).Unconditional.Certified(Width));
        AssertPrinted(0, Game(Right, Left).Unconditional.CertifiedJensenShannon(Width)); // the unconditional game sees nothing
    }

    [Fact]
    public void Certified_OtherIntegrand_OverlapsWithinOneTrillionth()
    {
        foreach (var game in (ConditionalCriterion[])[Game(Middle, Right), Game(Right, Left), Game(Middle, Right, 0.9, 0.1)])
        {
            var (first, second) = (game.Certified(Width), game.CertifiedFromJensenShannon(Width));
            Assert.True(first.Overlaps(second), $"{game}: {first}, {second}");
            Assert.InRange(second.Width, 0, Width);
        }
    }

    [Fact]
    public void Certified_EqualLaws_ContainsMinusLogFour() =>
        Assert.True(Game(Left, Right).Certified(Width).Contains(Constants.GlobalMinimum));

    // A generator that is perfect under each condition, but is asked for the conditions with other frequencies.
    [Fact]
    public void Certified_PerfectGeneratorWrongLabelLaw_IsTheDivergenceOfTheLabels()
    {
        var enclosure = Game(Left, Right, 0.8, 0.2).Certified(Width);
        double labels = VirtualCriterion.Of(new([0.5, 0.5]), new DiscreteDistribution([0.8, 0.2]));
        Assert.Equal(labels, enclosure.Midpoint, 1e-12);
        Assert.True(labels > Constants.GlobalMinimum + 0.05);
    }

    [Fact]
    public void Logit_WrongLabelLaw_GainsTheLogRatioOfTheLabels()
    {
        var (right, wrong) = (Game(Middle, Right), Game(Middle, Right, 0.8, 0.2));
        for (double x = -5; x <= 5; x += 0.5)
        {
            Assert.Equal(Math.Log(0.5 / 0.8), wrong.Logit(x, 0) - right.Logit(x, 0), 1e-13);
            Assert.Equal(Math.Log(0.5 / 0.2), wrong.Logit(x, 1) - right.Logit(x, 1), 1e-13);
        }
        Assert.Equal(0.5, right.DiscriminatorAt(3, 1), 1e-15);
    }

    // The identity behind the projection discriminator (Miyato and Koyama 2018, equation 4).
    [Fact]
    public void Logit_Projection_IsPosteriorRatioPlusMarginalRatio()
    {
        var game = Game(Middle, new Gaussian(1, 1), 0.3, 0.7);
        for (double x = -4; x <= 4; x += 0.5)
        {
            for (int c = 0; c < 2; c++)
            {
                double posterior = Math.Log(game.Posterior(x)[c] / game.GeneratedPosterior(x)[c]);
                double marginal = game.Unconditional.P.LogPdf(x) - game.Unconditional.Q.LogPdf(x);
                Assert.Equal(game.Logit(x, c), posterior + marginal, 1e-12);
            }
        }
    }

    [Fact]
    public void Value_OptimalDiscriminator_IsTheCriterionAndAnyOtherIsLess()
    {
        var game = Game(Middle, Right);
        Assert.Equal(game.Certified().Midpoint, game.ByQuadrature().Value, 1e-11);
        foreach (double shift in (double[])[-0.2, 0.2])
            Assert.InRange(game.Value((x, c) => game.Logit(x, c) + shift).Value, -1.2, game.Certified().Lo - 1e-3);
        // A discriminator that ignores the condition reaches the unconditional criterion, and no more.
        double blind = game.Value((x, _) => new OptimalDiscriminator(game.Unconditional.P, game.Unconditional.Q).Logit(x)).Value;
        Assert.Equal(game.Unconditional.Certified().Midpoint, blind, 1e-11);
    }

    [Fact]
    public void Constructor_WeightsThatDoNotFit_Throw()
    {
        Assert.Throws<ArgumentException>(() => new ConditionalCriterion([0.5, 0.5], [(Left, Right)]));
        Assert.Throws<ArgumentException>(() => new ConditionalCriterion([0.5, 0.4], [(Left, Right), (Left, Right)]));
        Assert.Throws<ArgumentException>(() => Game(Left, Right, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Game(Left, Right).Logit(0, 2));
    }

    private static void AssertPrinted(double expected, Enclosure enclosure)
    {
        Assert.InRange(enclosure.Width, 0, Width);
        Assert.Equal(expected, enclosure.Midpoint, Printed);
    }
}
