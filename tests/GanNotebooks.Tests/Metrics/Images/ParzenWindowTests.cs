using GanNotebooks.Metrics;
using GanNotebooks.Theory;
using static GanNotebooks.Tests.Metrics.Clouds;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class ParzenWindowTests
{
    [Fact]
    public void LogDensities_TwoCentresOnTheLine_IsTheMixtureOfTheory()
    {
        using var centres = Set(tensor(new double[] { -1, 2 }, [2, 1]));
        using var points = Set(tensor(new double[] { -3, 0, 0.5, 40 }, [4, 1]));
        var logs = ParzenWindow.LogDensities(centres, points, [0.3, 1]);
        foreach (var (sigma, i) in new[] { (0.3, 0), (1.0, 1) })
        {
            double Expected(double x)
            {
                double a = new Gaussian(-1, sigma).LogPdf(x), b = new Gaussian(2, sigma).LogPdf(x), most = Math.Max(a, b);
                return most + Math.Log((Math.Exp(a - most) + Math.Exp(b - most)) / 2);
            }
            Assert.All(Rows(points).Zip(logs[i]), p => Assert.Equal(Expected(p.First[0]), p.Second, 1e-9));
        }
    }

    [Fact]
    public void LogDensities_OneCentreManyDimensions_IsTheNormalisedGaussian()
    {
        using var centre = Set(zeros([2, 784], float64)); // twice the same
        using var points = Normal(5, 1, 0, Ones(784));
        double[] logs = ParzenWindow.LogDensities(centre, points, [0.2])[0];
        Assert.All(Rows(points).Zip(logs), p => Assert.Equal(
            -p.First.Sum(v => v * v) / (2 * 0.04) - 392 * Math.Log(2 * Math.PI * 0.04), p.Second, 1e-7));
    }

    [Fact]
    public void LogDensities_SinglePrecision_AgreesWithDouble()
    {
        using var a = Normal(300, 1, 0.4, [.. Enumerable.Repeat(0.3, 784)]);
        using var x = Normal(50, 2, 0.4, [.. Enumerable.Repeat(0.3, 784)]);
        using var a32 = Set(a.Rows.to(float32));
        using var x32 = Set(x.Rows.to(float32));
        var (exact, single) = (ParzenWindow.LogDensities(a, x, [0.1])[0], ParzenWindow.LogDensities(a32, x32, [0.1])[0]);
        Assert.All(exact.Zip(single), p => Assert.Equal(p.First, p.Second, 0.02)); // squares near 70, six digits, times 1/(2σ²) = 50
    }

    [Fact]
    public void Evaluate_Validation_ChoosesTheBestWidthAndTestsWithIt()
    {
        using var samples = Normal(500, 1, 0, 1, 1);
        using var validation = Normal(300, 2, 0, 1, 1);
        using var test = Normal(400, 3, 0, 1, 1);
        var result = ParzenWindow.Evaluate(samples, validation, test, [0.01, 0.3, 3]);
        Assert.Equal(0.3, result.Sigma);
        Assert.Equal(result.Validation.Max(v => v.MeanLogDensity), result.Validation[1].MeanLogDensity);
        double[] logs = ParzenWindow.LogDensities(samples, test, [0.3])[0];
        Assert.Equal(MeanWithError.Mean(logs), result.MeanLogDensity);
        double truth = -Math.Log(2 * Math.PI) - 1; // minus the entropy of N(0, I) in the plane: what the true density would score
        Assert.InRange(result.MeanLogDensity.Value, truth - 0.3, truth + 3 * result.MeanLogDensity.StandardError);
    }

    [Fact]
    public void Evaluate_OtherUnit_ShiftsByDLogScale()
    {
        using var samples = Normal(100, 1, 0, 1, 1, 1);
        using var test = Normal(80, 2, 0, 1, 1, 1);
        using var samples2 = Set(samples.Rows * 2);
        using var test2 = Set(test.Rows * 2);
        double one = ParzenWindow.Evaluate(samples, test, test, [0.5]).MeanLogDensity,
            two = ParzenWindow.Evaluate(samples2, test2, test2, [1]).MeanLogDensity;
        Assert.Equal(3 * Math.Log(2), one - two, 1e-10);
    }

    [Fact]
    public void UsualSigmas_Grid_IsTenFromATenthToOneEvenInTheLogarithm()
    {
        Assert.Equal(10, ParzenWindow.UsualSigmas.Count);
        Assert.Equal(0.1, ParzenWindow.UsualSigmas[0], 1e-15);
        Assert.Equal(1, ParzenWindow.UsualSigmas[^1], 1e-15);
        Assert.All(ParzenWindow.UsualSigmas.Skip(1).Zip(ParzenWindow.UsualSigmas),
            p => Assert.Equal(Math.Pow(10, 1 / 9.0), p.First / p.Second, 1e-12));
    }

    [Fact]
    public void UnitPixels_BlackAndWhite_AreZeroAndOne()
    {
        using var pixels = ParzenWindow.UnitPixels(tensor(new float[] { -1, 1, 0, 1, 1, -1 }, [3, 1, 1, 2]));
        Assert.Equal([0f, 1, 0.5f, 1, 1, 0], pixels.Rows.data<float>().ToArray());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void LogDensities_WidthNotPositive_IsRefused(double sigma)
    {
        using var a = Normal(3, 1, 0, 1);
        Assert.Throws<ArgumentException>(() => ParzenWindow.LogDensities(a, a, [sigma]));
    }
}
