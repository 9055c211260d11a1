using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class DiracGamesTests
{
    public static TheoryData<ISmoothGame> SmoothGames =>
    [
        DiracGan.Minimax(), DiracGan.NonSaturating(), DiracGan.InstanceNoise(0.7), DiracGan.R1(0.3), DiracGan.R2(2),
        DiracGan.NonSaturatingR1(0.3), new BilinearGame(),
    ];

    [Theory]
    [MemberData(nameof(SmoothGames))]
    public void Jacobian_ManyPoints_EqualsTheNumericOne(ISmoothGame game)
    {
        foreach (var at in RandomPoints())
        {
            var (formula, numeric) = (game.Jacobian(at), NumericJacobian.Of(game.Field, at));
            double[] differences = [formula.A - numeric.A, formula.B - numeric.B, formula.C - numeric.C, formula.D - numeric.D];
            // h⁴ f⁽⁵⁾/30 with h = 1e-3 and derivatives up to some 10³
            Assert.All(differences, difference => Assert.Equal(0, difference, 1e-9));
        }
    }

    [Fact]
    public void Field_Minimax_IsTheGradientOfTheValueWithTheGeneratorsSignTurned()
    {
        const double H = 1e-5;
        foreach (var (theta, psi) in RandomPoints())
        {
            double Value(double t, double s) => LogisticLink.Value(t * s) + LogisticLink.Value(0);
            var field = DiracGan.Minimax().Field(new(theta, psi));
            // h² plus rounding 1e-16/h: some 1e-9
            Assert.Equal(-(Value(theta + H, psi) - Value(theta - H, psi)) / (2 * H), field.Theta, 1e-8);
            Assert.Equal((Value(theta, psi + H) - Value(theta, psi - H)) / (2 * H), field.Psi, 1e-8);
        }
    }

    [Fact]
    public void Field_InstanceNoise_IsTheMonteCarloMeanWithinItsError()
    {
        var (random, at) = (new Random(7), new GamePoint(0.8, -1.3));
        const int Count = 200_000;
        var (sum, squares) = (GamePoint.Origin, GamePoint.Origin);
        for (int n = 0; n < Count; n++)
        {
            double noise = 0.7 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
            double slope = LogisticLink.Slope(at.Psi * (at.Theta + noise));
            var draw = new GamePoint(-at.Psi * slope, (at.Theta + noise) * slope - noise * LogisticLink.Slope(-at.Psi * noise));
            sum += draw;
            squares += new GamePoint(draw.Theta * draw.Theta, draw.Psi * draw.Psi);
        }

        var (mean, exact) = (1.0 / Count * sum, DiracGan.InstanceNoise(0.7).Field(at));
        // four standard errors
        Assert.Equal(exact.Theta, mean.Theta, 4 * Math.Sqrt((squares.Theta / Count - mean.Theta * mean.Theta) / Count));
        Assert.Equal(exact.Psi, mean.Psi, 4 * Math.Sqrt((squares.Psi / Count - mean.Psi * mean.Psi) / Count));
    }

    [Fact]
    public void Field_WassersteinGradientPenalty_HasAJumpAtZero()
    {
        var game = DiracGan.WassersteinGradientPenalty(0.7);
        Assert.Equal(1.4, game.Field(new(0, 1e-12)).Psi - game.Field(new(0, -1e-12)).Psi, 1e-11); // 2 λ g₀
    }

    [Fact]
    public void Project_WassersteinClip_KeepsPsiInTheBox()
        => Assert.Equal(new GamePoint(5, -0.25), DiracGan.Wasserstein(clip: 0.25).Project(new(5, -3)));

    [Fact]
    public void Field_EveryGame_VanishesAtTheEquilibrium()
    {
        Assert.All(SmoothGames, row => Assert.Equal(0, row.Data.Field(GamePoint.Origin).Norm, 1e-15));
        Assert.Equal(0, DiracGan.Consensus().Field(GamePoint.Origin).Norm);
        Assert.Equal(0, DiracGan.WassersteinGradientPenalty().Field(GamePoint.Origin).Norm);
    }

    [Fact]
    public void Value_FarOut_NeitherOverflowsNorLosesItsTail()
    {
        Assert.Equal(-1000, LogisticLink.Value(-1000));
        Assert.Equal(0, LogisticLink.Value(1000));
        Assert.Equal(-Math.Log(2), LogisticLink.Value(0), 1e-15);
        Assert.Equal((1.0, 0.0), (LogisticLink.Slope(-1000), LogisticLink.Slope(1000)));
    }

    [Fact]
    public void Sample_Grid_CoversTheSquareAndCarriesTheField()
    {
        var arrows = VectorFieldGrid.Sample(new BilinearGame(), halfWidth: 2, perSide: 5);
        Assert.Equal(25, arrows.Length);
        Assert.Equal(new GamePoint(-2, -2), arrows[0].At);
        Assert.Equal(new GamePoint(2, -2), arrows[4].At);
        Assert.Equal(new GamePoint(2, 2), arrows[24].At);
        Assert.All(arrows, arrow => Assert.Equal(new GamePoint(-arrow.At.Psi, arrow.At.Theta), arrow.Velocity));
    }

    private static IEnumerable<GamePoint> RandomPoints()
    {
        var random = new Random(3);
        return Enumerable.Range(0, 50).Select(_ => new GamePoint(4 * random.NextDouble() - 2, 4 * random.NextDouble() - 2)).ToArray();
    }
}
