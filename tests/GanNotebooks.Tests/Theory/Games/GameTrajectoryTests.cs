using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class GameTrajectoryTests
{
    [Fact]
    public void Run_FlowOfTheGan_StaysOnItsCircle()
    {
        // w · v = 0, so |w| is conserved; Runge-Kutta's own drift is O(h⁵) per step: 1e4 · 1e-10 at most.
        double[] norms = GameTrajectory.Run(DiracGan.Minimax(), new ContinuousFlow(0.01), new GamePoint(1, 1), 10_000).Norms;
        Assert.All(norms, norm => Assert.Equal(Math.Sqrt(2), norm, 1e-8));
    }

    [Fact]
    public void Run_FlowOfTheBilinearGame_IsARotationToFourthOrder()
    {
        double Error(int steps)
        {
            var last = GameTrajectory.Run(new BilinearGame(), new ContinuousFlow(1.0 / steps), new GamePoint(1, 0), steps).Last;
            return (last - new GamePoint(Math.Cos(1), Math.Sin(1))).Norm;
        }

        Assert.Equal(16, Error(20) / Error(40), 0.5); // order 4; the next order is h = 1/20 of it
    }

    [Fact]
    public void Run_FlowWithR1_Converges()
        // e^(-.15 · 100) = 3e-7
        => Assert.True(GameTrajectory.Run(DiracGan.R1(0.3), new ContinuousFlow(0.1), new GamePoint(1, 1), 1000).Last.Norm < 1e-5);

    [Fact]
    public void Run_FlowOfTheNonSaturatingGame_NeverRisesAndIsNotExponential()
    {
        double[] norms = GameTrajectory.Run(DiracGan.NonSaturating(), new ContinuousFlow(0.1), new GamePoint(1, 1), 20_000).Norms;
        Assert.True(norms.Zip(norms.Skip(1), (before, after) => after <= before * (1 + 1e-12)).All(fine => fine));
        Assert.True(norms[^1] > 0.04); // after a time of 2000 an exponential with any rate above .002 would be smaller
    }

    [Fact]
    public void Run_Path_StartsAtTheStartAndHasOnePointPerStep()
    {
        var path = GameTrajectory.Run(new BilinearGame(), new SimultaneousSteps(0.5), new GamePoint(1, 0), 2);
        Assert.Equal([new(1, 0), new(1, 0.5), new(0.75, 1)], path.Points);
        Assert.Equal(new GamePoint(0.875, 0.75), path.Average);
        Assert.Equal([1, 1, 0.75], path.Thetas);
        Assert.Equal([0, 0.5, 1], path.Psis);
        Assert.Equal(1.25, path.Norms[2]);
    }

    [Fact]
    public void Run_AlternatingWhoIsFirst_UsesTheNewestParameter()
    {
        var generatorFirst = GameTrajectory.Run(new BilinearGame(), new AlternatingSteps(0.5), new GamePoint(1, 1), 1).Last;
        var discriminatorFirst =
            GameTrajectory.Run(new BilinearGame(), new AlternatingSteps(0.5, First: Player.Discriminator), new GamePoint(1, 1), 1).Last;
        Assert.Equal(new GamePoint(0.5, 1.25), generatorFirst);
        Assert.Equal(new GamePoint(0.25, 1.5), discriminatorFirst);
    }

    [Fact]
    public void Run_StepRatio_ScalesTheDiscriminatorsStepOnly()
    {
        var path = GameTrajectory.Run(new BilinearGame(), new SimultaneousSteps(0.5, StepRatio: 3), new GamePoint(1, 1), 1);
        Assert.Equal(new GamePoint(0.5, 2.5), path.Last);
    }

    [Fact]
    public void Run_SameGameTwice_GivesTheSameBits()
    {
        GamePoint Last() => GameTrajectory.Run(DiracGan.InstanceNoise(), new AlternatingSteps(0.2, 5), new GamePoint(1, 1), 100).Last;
        Assert.Equal(Last(), Last());
    }
}
