using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class LinearFeatureDiscriminatorTests
{
    private static readonly ConditionalCriterion Game = new([0.5, 0.5],
        [(new Gaussian(-2, 1), new Gaussian()), (new Gaussian(2, 1), new Gaussian(2, 1))]);

    [Fact]
    public void Projection_SharedVariance_EqualsTheOptimalDiscriminator()
    {
        var best = LinearFeatureDiscriminator.Projection(Game);
        for (double x = -6; x <= 6; x += 0.5)
        {
            for (int c = 0; c < 2; c++)
                Assert.Equal(Game.Logit(x, c), best.Logit(x, c), 1e-9);
        }
        Assert.Equal(-2, best.Slope(0), 1e-10);
        Assert.Equal(-2, best.Offset(0), 1e-10);
    }

    [Fact]
    public void Concatenation_SlopesDiffer_StaysBelowTheCriterion()
    {
        var best = LinearFeatureDiscriminator.Concatenation(Game);
        Assert.Equal(best.Slope(0), best.Slope(1));
        double value = Game.Value(best.Logit).Value;
        Assert.InRange(value, Game.Unconditional.Certified().Lo - 1, Game.Certified().Lo - 0.01);
    }

    // The control: with equal slopes both contain D*.
    [Fact]
    public void Concatenation_SlopesAgree_EqualsTheOptimalDiscriminator()
    {
        var game = new ConditionalCriterion([0.3, 0.7],
            [(new Gaussian(-2, 1), new Gaussian(-1, 1)), (new Gaussian(2, 1), new Gaussian(3, 1))]);
        var best = LinearFeatureDiscriminator.Concatenation(game);
        Assert.Equal(game.Logit(0.5, 0), best.Logit(0.5, 0), 1e-9);
        Assert.Equal(game.Logit(0.5, 1), best.Logit(0.5, 1), 1e-9);
    }

    [Fact]
    public void Projection_UnequalVariances_IsNotExact()
    {
        var game = new ConditionalCriterion([1], [(new Gaussian(0, 1), new Gaussian(1, 2))]);
        Assert.True(game.Value(LinearFeatureDiscriminator.Projection(game).Logit).Value < game.Certified().Lo - 0.01);
    }
}
