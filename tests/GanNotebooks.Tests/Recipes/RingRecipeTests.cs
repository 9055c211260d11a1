using GanNotebooks.Losses;
using GanNotebooks.Metrics;
using GanNotebooks.Regularizers;

namespace GanNotebooks.Tests.Recipes;

/// <summary>Training as a whole: what must cover the ring does, what must collapse does, in at least four of five seeds.</summary>
[Trait("Category", "Slow")]
public sealed class RingRecipeTests
{
    [Theory]
    [InlineData(2, 0.02)]
    [InlineData(1, 0.01)]
    public void RelativisticWithR1AndR2_Ring_CoversAllModesSharply(double radius, double sigma)
    {
        var results = RingRecipe.Covering(radius, sigma).Run();
        AssertMost(results, r => r is { Captured: 8, Occupied: 8 } && r.ReverseKL < 0.02 && r.HighQuality >= 0.85);
    }

    [Fact]
    public void NonSaturatingWithFastGenerator_Ring_Collapses()
    {
        var results = RingRecipe.Collapsing.Run();
        AssertMost(results, r => r.Occupied <= 2 && r.ReverseKL >= Math.Log(4));
    }

    [Fact]
    public void CollapsingRecipe_RelativisticWithGammaOne_IsRescued()
    {
        var rescued = RingRecipe.Collapsing with
        {
            Config = RingRecipe.Collapsing.Config with
            {
                Loss = new RelativisticPairedLoss(),
                Penalty = ZeroCenteredGradientPenalty.Both(1)
            },
        };
        AssertMost(rescued.Run(), r => r.Occupied == 8 && r.ReverseKL < 0.02);
    }

    private static void AssertMost(ModeCoverage[] results, Func<ModeCoverage, bool> holds) =>
        Assert.True(results.Count(holds) >= 4, string.Join(Environment.NewLine, results.Select(r => r.ToString())));
}
