using GanNotebooks.Studies;

namespace GanNotebooks.Tests.Studies;

public sealed class OrbitTests
{
    private static Orbit Of(int observations, double turnsEach, double radius = 2)
    {
        var orbit = new Orbit();
        for (int i = 0; i <= observations; i++)
            orbit.Add(i, radius * Math.Cos(Math.Tau * turnsEach * i), radius * Math.Sin(Math.Tau * turnsEach * i), 0.5);
        return orbit;
    }

    [Theory]
    [InlineData(0.04)]
    [InlineData(-0.04)]
    [InlineData(0.49)]
    public void NetTurns_UniformRotation_CountsEveryTurnWithItsSign(double turnsEach)
    {
        var orbit = Of(100, turnsEach);
        Assert.Equal(100 * turnsEach, orbit.NetTurns(), 9);
        Assert.Equal(100 * Math.Abs(turnsEach), orbit.AbsoluteTurns(), 9);
        Assert.Equal(Math.Abs(turnsEach), orbit.LargestMove(), 9);
        Assert.Equal(40 * turnsEach, orbit.NetTurns(step: 60), 9);
        Assert.All(orbit.Points, p => Assert.Equal(2, p.Radius, 9));
    }

    // The fault of the film that the first edition showed: at 0.62 of a turn between two frames the clock seems to run backwards.
    [Fact]
    public void NetTurns_SampledTooRarely_TurnsTheWrongWay() => Assert.Equal(-38, Of(100, 0.62).NetTurns(), 9);

    [Fact]
    public void AbsoluteTurns_ThereAndBack_CountsBothWays()
    {
        var orbit = new Orbit();
        foreach (double turn in new[] { 0, 0.1, 0.2, 0.1, 0 })
            orbit.Add(orbit.Points.Count, Math.Cos(Math.Tau * turn), Math.Sin(Math.Tau * turn), 0.5);
        Assert.Equal(0, orbit.NetTurns(), 9);
        Assert.Equal(0.4, orbit.AbsoluteTurns(), 9);
        Assert.Equal((0, 0, 0), (new Orbit().NetTurns(), new Orbit().AbsoluteTurns(), new Orbit().LargestMove()));
    }

    [Theory]
    [InlineData(0, 0.2, 0.4, 0.6, 0.8, 1.0)]
    [InlineData(0, 0.3, 0.6, 0.5, 0.8, 1.1)] // it trembles
    [InlineData(1, 0.3, 0.6, 0.5, 0.4, 0.2, 0.1)]
    [InlineData(1, -0.3, -0.6, -0.5, -0.3, 0.1)]
    [InlineData(2, 0.3, 0.6, 0.4, 0.2, 0.5, 0.8)]
    public void Reversals_Path_CountsWhatGoesBackForAQuarter(int expected, params double[] turns)
    {
        var orbit = new Orbit();
        orbit.Add(0, 1, 0, 0.5);
        foreach (double turn in turns)
            orbit.Add(orbit.Points.Count, Math.Cos(Math.Tau * turn), Math.Sin(Math.Tau * turn), 0.5);
        Assert.Equal(expected, orbit.Reversals());
        Assert.Equal(0, orbit.Reversals(step: turns.Length));
        Assert.Equal(0, new Orbit().Reversals());
    }
}
