using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data;

public sealed class SyntheticDataTests
{
    [Fact]
    public void RingData_Eight_HasEightDistinctModesAtEqualDistances()
    {
        var modes = new RingData(modes: 8, radius: 2).Modes;
        double side = 2 * 2 * Math.Sin(Math.PI / 8); // chord of 1/8 of the circle
        for (int k = 0; k < 8; k++)
        {
            Assert.Equal(side, Distance(modes[k].Centre, modes[(k + 1) % 8].Centre), 1e-14); // also between the last and the first
            Assert.Equal(2, Distance(modes[k].Centre, [0, 0]), 1e-14);
            Assert.Equal(0.125, modes[k].Weight);
        }
    }

    [Fact]
    public void GridData_Default_HasTheTwentyFiveModesOfPacGan()
    {
        var modes = new GridData().Modes;
        Assert.Equal(25, modes.Count);
        var centres = modes.Select(mode => (mode.Centre[0], mode.Centre[1])).ToHashSet();
        double[] along = [-4, -2, 0, 2, 4];
        Assert.True(centres.SetEquals(along.SelectMany(x => along.Select(y => (x, y)))));
        Assert.All(modes, mode => Assert.Equal(0.05, mode.Sigma));
    }

    [Fact]
    public void NextArray_Ring_SpreadsOverModesWithTheRightWidth()
    {
        var source = new RingData(seed: 4);
        int[] counts = new int[8];
        double squares = 0.0;
        const int Count = 20_000;
        float[] x = source.NextArray(Count);
        for (int n = 0; n < Count; n++)
        {
            double[] sample = new double[] { x[2 * n], x[2 * n + 1] };
            int nearest = Enumerable.Range(0, 8).MinBy(k => Distance(sample, source.Modes[k].Centre));
            counts[nearest]++;
            squares += Math.Pow(Distance(sample, source.Modes[nearest].Centre), 2);
        }

        Assert.All(counts, count => Assert.InRange(count, 2290, 2710)); // 2,500 with a standard deviation of 47: 4.5 of them
        Assert.Equal(2 * 0.02 * 0.02, squares / Count, 2 * 0.02 * 0.02 * 0.03); // relative standard error 1/√n = .007: four of them
    }

    [Fact]
    public void NextArray_Gaussian_HasMeanAndStandardDeviation()
    {
        float[] x = new GaussianData(mean: 4, std: 1.25, seed: 9).NextArray(40_000);
        double mean = x.Average(v => (double)v);
        Assert.Equal(4, mean, 0.025); // standard error .00625: four of them
        Assert.Equal(1.25, Math.Sqrt(x.Average(v => (v - mean) * (v - mean))), 0.018); // standard error 1.25/√(2n) = .0044: four of them
    }

    [Fact]
    public void NextArray_Mixture_HasItsWeights()
    {
        float[] x = new MixtureData1D([(0.3, -5, 0.5), (0.7, 5, 1)], seed: 1).NextArray(40_000);
        Assert.Equal(0.7, x.Count(v => v > 0) / 40_000.0, 0.0092); // standard error √(.21/n) = .0023: four of them
    }

    [Fact]
    public void NextArray_SameSeed_GivesTheSameBits()
    {
        float[] first = new GridData(seed: 12).NextArray(100);
        Assert.Equal(first, new GridData(seed: 12).NextArray(100));
        Assert.NotEqual(first, new GridData(seed: 13).NextArray(100));
    }

    [Fact]
    public void NextArray_KnownSeed_GivesTheRecordedBits()
    {
        // Recorded on Linux x64; a change here means that every seed of the course means something else.
        float[] x = new GaussianData(seed: 1).NextArray(3);
        Assert.Equal([0.969974935f, 1.7085222f, -1.86586058f], x);
    }

    [Fact]
    public void Seek_SavedPosition_ContinuesBitForBit()
    {
        var source = new RingData(seed: 3);
        source.NextArray(10);
        var saved = source.Position;
        float[] expected = source.NextArray(10);
        var other = new RingData(seed: 3);
        other.Seek(saved);
        Assert.Equal(expected, other.NextArray(10));
    }

    [Fact]
    public void Seek_PositionOfAnotherSeed_IsRefused()
        => Assert.Throws<ArgumentException>(() => new RingData(seed: 3).Seek(new RingData(seed: 4).Position));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_BadSigma_IsRefused(double sigma)
    {
        Assert.Throws<ArgumentException>(() => new GaussianData(std: sigma));
        Assert.Throws<ArgumentException>(() => new RingData(sigma: sigma));
        Assert.Throws<ArgumentException>(() => new GridData(sigma: sigma));
    }

    [Fact]
    public void Constructor_BadModes_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new MixtureData1D([(0.5, 0, 1), (0.4, 1, 1)]));
        Assert.Throws<ArgumentException>(() => new MixtureData1D([(-0.5, 0, 1), (1.5, 1, 1)]));
        Assert.Throws<ArgumentException>(() => new MixtureData1D([]));
        Assert.Throws<ArgumentException>(() => new GaussianData(mean: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RingData(modes: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RingData(radius: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GridData(side: 0));
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (u, v) => (u - v) * (u - v)).Sum());
}
