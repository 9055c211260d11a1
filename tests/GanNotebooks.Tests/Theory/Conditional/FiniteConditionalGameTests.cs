using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>Two classes on three points that share the middle one; the optimum of AC-GAN is known in closed form.</summary>
public sealed class FiniteConditionalGameTests
{
    // With q(·|1) = (1 − s, s, 0) and its mirror image, d/ds = 0 reads s (3/2 − s)/((1/2 + s)(1 − s)) = 1/2 for λ = 1.
    private static readonly double Shared = (5 - Math.Sqrt(17)) / 4;

    private static readonly FiniteConditionalGame Game = new([0.5, 0.5], [[0.5, 0.5, 0], [0, 0.5, 0.5]]);

    private static double[][] Family(double s) => [[1 - s, s, 0], [0, s, 1 - s]];

    [Fact]
    public void BestGenerator_Auxiliary_LeavesOutWhatTheClassesShare()
    {
        double[][] best = Game.BestGenerator(ConditionalObjective.Auxiliary);
        Assert.Equal(Shared, best[0][1], 1e-10);
        Assert.Equal(Shared, best[1][1], 1e-10);
        Assert.True(Game.Value(ConditionalObjective.Auxiliary, best) < Game.Value(ConditionalObjective.Auxiliary, Game.Data) - 0.05);
    }

    [Theory]
    [InlineData(ConditionalObjective.Joint)]
    [InlineData(ConditionalObjective.TwinAuxiliary)]
    public void BestGenerator_JointOrTwin_IsTheData(ConditionalObjective objective)
    {
        double[][] best = Game.BestGenerator(objective);
        for (int c = 0; c < 2; c++)
        {
            for (int x = 0; x < 3; x++)
                Assert.Equal(Game.Data[c][x], best[c][x], 1e-7);
        }
        Assert.Equal(Constants.GlobalMinimum, Game.Value(objective, Game.Data), 1e-14);
    }

    [Fact]
    public void Value_AuxiliaryAlongTheFamily_IsLeastAtTheClosedForm()
    {
        double At(double s) => Game.Value(ConditionalObjective.Auxiliary, Family(s));
        Assert.True(At(Shared) < At(Shared - 0.01) && At(Shared) < At(Shared + 0.01) && At(Shared) < At(0.5));
        // At q = p the excess over −log 4 is the entropy that the classes share.
        Assert.Equal(Constants.GlobalMinimum + 0.5 * Constants.Log2, At(0.5), 1e-14);
    }

    [Fact]
    public void BestGenerator_AuxiliaryDisjointClasses_IsTheData()
    {
        var disjoint = new FiniteConditionalGame([0.25, 0.75], [[0.3, 0.7, 0, 0], [0, 0, 0.4, 0.6]]);
        double[][] best = disjoint.BestGenerator(ConditionalObjective.Auxiliary);
        Assert.Equal(0.3, best[0][0], 1e-7);
        Assert.Equal(0.6, best[1][3], 1e-7);
    }

    [Fact]
    public void Value_ClassThatTheClassifierExcludes_IsInfinite() => Assert.Equal(double.PositiveInfinity,
        Game.Value(ConditionalObjective.Auxiliary, [[0.5, 0.4, 0.1], [0, 0.5, 0.5]]));
}
