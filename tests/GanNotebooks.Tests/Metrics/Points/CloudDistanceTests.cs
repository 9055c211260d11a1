using GanNotebooks.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class CloudDistanceTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void EnergyDistance_RandomClouds_EqualsTheDoubleLoop()
    {
        using var x = Clouds.Normal(7, 1, 0, 1, 2);
        using var y = Clouds.Normal(9, 2, 1, 1, 2);
        var (a, b) = (Clouds.Rows(x), Clouds.Rows(y));
        static double Mean(double[][] a, double[][] b, double pairs) =>
            a.Sum(p => b.Sum(q => Math.Sqrt(Clouds.Squared(p, q)))) / pairs;
        double expected = 2 * Mean(a, b, 7 * 9) - Mean(a, a, 7 * 6) - Mean(b, b, 9 * 8);
        Assert.Equal(expected, EnergyDistance.Between(x, y).Value, 1e-12);
        Assert.Equal(expected, EnergyDistance.Between(y, x).Value, 1e-12);
    }

    // More rows than one block, all at one place, and a second place at distance 3: 2 · 3 − 0 − 0.
    [Fact]
    public void EnergyDistance_TwoPointMasses_IsTwiceTheirDistance()
    {
        using var x = Clouds.Set(zeros([1100, 2], float64));
        using var y = Clouds.Set(tensor(new double[] { 0, 3 }).expand(700, 2));
        Assert.Equal(6, EnergyDistance.Between(x, y).Value, 1e-9);
    }

    // A shift by δ in d dimensions moves each projection by δ·θ; E|θ₁| = 2/π in the plane.
    [Fact]
    public void SlicedWasserstein_ShiftedCloud_IsTheMeanLengthOfTheShiftsProjection()
    {
        using var x = Clouds.Normal(200, 1, 0, 1, 1);
        using var y = Clouds.Set(x.Rows + tensor(new double[] { 5, 0 }));
        var found = SlicedWasserstein.Between(x, y, directions: 20_000);
        Assert.Equal(5 * 2 / Math.PI, found.Value.Value, 4 * found.Value.StandardError);
        Assert.InRange(found.Value.StandardError, 0.005, 0.02);
        Assert.Equal(0, SlicedWasserstein.Between(x, x).Value.Value);
    }

    [Fact]
    public void SlicedWasserstein_OrderOfTheSamples_DoesNotMatter()
    {
        using var x = Clouds.Normal(50, 1, 0, 1, 1, 1);
        using var y = Clouds.Normal(50, 2, 0, 1, 1, 1);
        using var turned = Clouds.Set(y.Rows.flip(0));
        Assert.Equal(SlicedWasserstein.Between(x, y).Value.Value, SlicedWasserstein.Between(turned, x).Value.Value, 1e-12);
    }

    [Fact]
    public void CloudDistances_OtherSpaceOrSize_IsRefused()
    {
        using var x = Clouds.Normal(5, 1, 0, 1, 1);
        using var more = Clouds.Normal(6, 1, 0, 1, 1);
        using var other = Clouds.Set(x.Rows, "other points");
        Assert.Throws<ArgumentException>(() => EnergyDistance.Between(x, other));
        Assert.Throws<ArgumentException>(() => SlicedWasserstein.Between(x, other));
        Assert.Contains("5 and 6", Assert.Throws<ArgumentException>(() => SlicedWasserstein.Between(x, more)).Message,
            StringComparison.Ordinal);
    }
}
