using GanNotebooks.Data;
using GanNotebooks.Metrics;
using GanNotebooks.Networks;
using GanNotebooks.Tests.Theory;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Metrics;

public sealed class PairMeasureTests : IDisposable
{
    private readonly TorchSharp.DisposeScope scope = NewDisposeScope();

    [Fact]
    public void Correlation_KnownNumbers_HasTheValueByHand()
    {
        // deviations (-1, 0, 1) and (-1, 1, 0): 1/√(2 · 2)
        Assert.Equal(0.5, Correlation.Of([1, 2, 3], [4, 6, 5]), 1e-15);
        Assert.Equal(-1, Correlation.Of([1, 2, 3], [6, 4, 2]), 1e-15);
    }

    [Fact]
    public void Correlation_ConstantOrUnequalLengths_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Correlation.Of([1, 1, 1], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Correlation.Of([1, 2], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Correlation.Of([1, double.NaN], [1, 2]));
    }

    [Fact]
    public void Ssim_EqualImages_IsOne() =>
        Assert.All(StructuralSimilarity.Of(Noise(1), Noise(1)), s => Assert.Equal(1, s, 1e-12));

    [Fact]
    public void Ssim_InverseContrast_IsNegative() =>
        Assert.All(StructuralSimilarity.Of(Noise(1), -Noise(1)), s => Assert.InRange(s, -1, -0.8));

    // A constant image of brightness m, and another of m + δ: no contrast, so that only the luminance term is left.
    [Theory]
    [InlineData(0.3, 0.2)]
    [InlineData(0.05, 0.4)]
    public void Ssim_ConstantShift_HasTheClosedForm(double m, double shift)
    {
        const double c = 0.0001; // (0.01 · 1)²
        double expected = (2 * m * (m + shift) + c) / (m * m + (m + shift) * (m + shift) + c);
        var first = full([2, 1, 16, 16], 2 * m - 1, float64);
        Assert.All(StructuralSimilarity.Of(first, first + 2 * shift), s => Assert.Equal(expected, s, 1e-9));
    }

    // One pixel differs in a window of 11 × 11, so there is one window: its weight is that of a Gaussian of standard deviation 1.5.
    [Fact]
    public void Ssim_OneBrightPixel_HasTheValueByHand()
    {
        double[] g = [.. Enumerable.Range(-5, 11).Select(i => Math.Exp(-i * i / 4.5))];
        double w = 1 / Math.Pow(g.Sum(), 2); // weight of the middle
        var black = full([1, 1, 11, 11], -1.0, float64);
        var dot = black.clone();
        dot[0, 0, 5, 5] = 1;
        double expected = 1e-4 * 9e-4 / ((w * w + 1e-4) * (w - w * w + 9e-4));
        Assert.Equal(expected, StructuralSimilarity.Of(black, dot)[0], 1e-12);
    }

    [Fact]
    public void Quality_KnownDifference_HasErrorsByHand()
    {
        var target = full([2, 1, 12, 12], -1.0, float64); // brightness 0
        var quality = FrameQuality.Of(target + 0.2, target); // brightness 0.1
        Assert.Equal(144 * 0.01, quality.SquaredError.Value, 1e-9);
        Assert.Equal(144 * 0.1, quality.AbsoluteError.Value, 1e-9);
        Assert.Equal(20, quality.Psnr, 1e-9); // -10 log₁₀ 0.01
        Assert.Equal(-144 * Math.Log(0.9), quality.CrossEntropy.Value, 1e-9);
    }

    // ANCHORS 3.1, grey digits: 45.53 nats (test) and 45.76 (train); two test digits without overlap have twice the first, 91.07.
    [Fact]
    public void Floor_Digits_IsThePublishedEntropy()
    {
        double test = Floor(Mnist.Test());
        Printed.Agrees("45.53", test);
        Printed.Agrees("91.07", 2 * test);
        Printed.Agrees("45.76", Floor(Mnist.Train()));

        static double Floor(ImageDataset digits)
        {
            double sum = 0;
            foreach (long[] part in Enumerable.Range(0, digits.Count).Select(i => (long)i).Chunk(2500))
            {
                using var inner = NewDisposeScope();
                sum += FrameQuality.Floor(digits.Select(part).ToTensor()) * part.Length;
            }
            return sum / digits.Count;
        }
    }

    [Fact]
    public void Floor_MeanOfTwoBranches_IsTheLeastCrossEntropyOfBoth()
    {
        var (first, second) = (Noise(1), Noise(2));
        var mean = 0.7 * first + 0.3 * second;
        double Entropy(Tensor guess) =>
            0.7 * FrameQuality.Of(guess, first).CrossEntropy + 0.3 * FrameQuality.Of(guess, second).CrossEntropy;
        Assert.Equal(FrameQuality.Floor(mean), Entropy(mean), 1e-9);
        Assert.True(Entropy(mean * 0.98) > Entropy(mean));
        Assert.True(Entropy(0.65 * first + 0.35 * second) > Entropy(mean));
    }

    [Fact]
    public void Branches_KnownSamples_AreCounted()
    {
        var (first, second) = (zeros(1, 4), ones(1, 4));
        // first three times, second once, and the average, which counts as neither
        var samples = stack([first, first, first, second, 0.3 * second]);
        var report = BranchReport.Of(samples, first, second);
        Assert.Equal((0.8, 0.75), (report.Decided, report.First));
        Assert.Equal(0.5, report.Disagreement, 1e-12); // 3 of 6 pairs
        Assert.Equal(0, BranchReport.Of(stack([first, first]), first, second).Disagreement);
        Assert.Equal(double.NaN, BranchReport.Of(stack([0.7 * second]), first, second).First);
    }

    [Fact]
    public void Swap_UnchangedImages_KeepEverythingAndTheirClass()
    {
        using var network = new FeatureNetwork(new LeNet(), "test");
        var images = Mnist.Test().Take(40).ToTensor();
        var report = SwapReport.Of(network, images, images, wanted: 3);
        Assert.Equal((1.0, 1.0, 1.0), (Math.Round(report.Slant, 9), Math.Round(report.Ink, 9), Math.Round(report.Width, 9)));
        long read = network.Logits(images).argmax(1).eq(3).sum().item<long>();
        Assert.Equal(read / 40.0, report.Wanted.Value, 1e-12);
        Assert.True(SwapReport.Of(network, images, images.flip(3), wanted: 3).Slant < -0.9); // mirrored: slant changes its sign
    }

    public void Dispose() => scope.Dispose();

    private static Tensor Noise(ulong seed)
    {
        using var random = new Generator(seed);
        return rand([3, 1, 16, 16], float64, generator: random) * 2 - 1;
    }
}
