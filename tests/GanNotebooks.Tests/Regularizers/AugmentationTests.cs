using GanNotebooks.Regularizers;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Regularizers;

/// <summary>The changes of an augmentation against their closed forms.</summary>
public sealed class AugmentationTests
{
    private const int Side = 28, Largest = 4, Draws = 40_000;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, -1)]
    [InlineData(-3, 4)]
    [InlineData(9, 0)]
    public void Translate_AnyShift_MovesEveryPixelAndFillsTheRest(int down, int right)
    {
        var x = rand(1, 2, 7, 6);
        var y = Augmentation.Translate(x, tensor(new long[] { down }), tensor(new long[] { right }), 5);
        for (int c = 0; c < 2; c++)
        {
            for (int i = 0; i < 7; i++)
            {
                for (int j = 0; j < 6; j++)
                {
                    var (a, b) = (i - down, j - right);
                    float expected = a is >= 0 and < 7 && b is >= 0 and < 6 ? x[0, c, a, b].item<float>() : 5;
                    Assert.Equal(expected, y[0, c, i, j].item<float>());
                }
            }
        }
    }

    // The mean over all shifts is the convolution with a box, with the fill outside.
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Translate_MeanOfAllShifts_IsTheBoxConvolution(double fill)
    {
        const int width = 2 * Largest + 1;
        var x = rand(1, 1, Side, Side);
        long[] shifts = [.. Enumerable.Range(-Largest, width).Select(d => (long)d)];
        var (down, right) = (tensor(shifts).repeat_interleave(width), tensor(shifts).repeat(width));
        var mean = Augmentation.Translate(x.expand(width * width, 1, Side, Side), down, right, fill).mean([0]);
        var padded = nn.functional.pad(x, [Largest, Largest, Largest, Largest], value: fill);
        Assert.True(mean.allclose(nn.functional.avg_pool2d(padded, width, stride: 1)[0], 0, 1e-5));
    }

    // ⟨T x, y⟩ = ⟨x, T* y⟩, and the adjoint of a shift with zeros outside is the opposite shift.
    [Fact]
    public void Translate_Gradient_IsTheOppositeShift()
    {
        var (x, y) = (rand(5, 1, 8, 8).requires_grad_(true), rand(5, 1, 8, 8));
        var (down, right) = (tensor(new long[] { 0, 1, -2, 3, -8 }), tensor(new long[] { 0, -1, 2, 0, 1 }));
        (Augmentation.Translate(x, down, right, 0) * y).sum().backward();
        Assert.True(x.grad!.allclose(Augmentation.Translate(y, -down, -right, 0), 0, 0));
        x.grad!.zero_();
        (Augmentation.Translate(x, down, right, -1) * y).sum().backward(); // the fill is constant
        Assert.True(x.grad!.allclose(Augmentation.Translate(y, -down, -right, 0), 0, 0));
    }

    // One white pixel in the middle: each of the 81 shifts is as likely as any other.
    [Fact]
    public void Apply_Translation_DrawsEveryShiftEquallyOften()
    {
        using var random = new Generator(5);
        var x = zeros(Draws, 1, Side, Side);
        x[TensorIndex.Ellipsis, 14, 14] = 1;
        var counts = new Augmentation().Apply(x, 1, random).sum([0, 1]); // [28, 28]
        double expected = Draws / 81.0;
        var inside = counts.narrow(0, 10, 9).narrow(1, 10, 9);
        Assert.Equal(Draws, inside.sum().item<float>());
        double chiSquare = ((inside - expected).square() / expected).sum().item<float>();
        Assert.InRange(chiSquare, 80 - 5 * Math.Sqrt(160), 80 + 5 * Math.Sqrt(160)); // 80 degrees of freedom, five standard deviations
    }

    // For 29 centres on each axis, 12.069 of 28 rows are covered on average, so that the mean share is (12.069/28)².
    [Fact]
    public void Apply_Cutout_CoversTheStatedShare()
    {
        using var random = new Generator(6);
        var covered = new Augmentation { Translation = 0, Cutout = 0.5 }.Apply(ones(Draws, 1, Side, Side), 1, random).eq(0);
        double[] shares = [.. covered.to(float64).mean([1, 2, 3]).data<double>()];
        double expected = Math.Pow(350.0 / 29 / Side, 2), error = Math.Sqrt(shares.Select(s => (s - expected) * (s - expected)).Average());
        Assert.Equal(expected, shares.Average(), 5 * error / Math.Sqrt(Draws));
        Assert.Equal(14.0 * 14 / Side / Side, shares.Max(), 12);
        Assert.Equal(7.0 * 7 / Side / Side, shares.Min(), 12);
    }

    [Fact]
    public void Apply_ProbabilityZero_IsTheIdentityAndOneChangesAlmostAll()
    {
        using var random = new Generator(7);
        var x = rand(2000, 1, 8, 8);
        var augmentation = new Augmentation { Translation = 0.25, Cutout = 0.5 };
        Assert.True(augmentation.Apply(x, 0, random).allclose(x, 0, 0));
        double Changed(double p) => augmentation.Apply(x, p, random).ne(x).flatten(1).any(1).to(float32).mean().item<float>();
        // a shift by 0 pixels has probability 1/25; a square always covers something
        double expected = 1 - (1 - 0.3 * 24 / 25) * (1 - 0.3);
        Assert.Equal(expected, Changed(0.3), 5 * Math.Sqrt(expected * (1 - expected) / 2000));
        Assert.Equal(1, Changed(1));
    }

    [Fact]
    public void Apply_Points_AreRefusedWithTheirShape() => Assert.Contains("[5, 2]",
        Assert.Throws<ArgumentException>(() => new Augmentation().Apply(zeros(5, 2), 1, new Generator(1))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Shift_SidesOfDigitsAndOthers_AreRoundedAsInDiffAugment()
    {
        var augmentation = new Augmentation { Cutout = 0.5 };
        Assert.Equal([4, 4, 8], new[] { 28, 32, 64 }.Select(augmentation.Shift));
        Assert.Equal([14, 16, 32], new[] { 28, 32, 64 }.Select(augmentation.Square));
    }

    [Theory]
    [InlineData(0.2, 0.9, 0.2 + 64 * 4 / 5e5)]
    [InlineData(0.2, 0.1, 0.2 - 64 * 4 / 5e5)]
    [InlineData(0.2, 0.6, 0.2)]
    [InlineData(0.0001, 0.1, 0)]
    [InlineData(0.9999, 0.9, 1)]
    public void Adaptive_Next_MovesByAFixedAmountTowardsTheTarget(double p, double sign, double expected) =>
        Assert.Equal(expected, new AdaptiveProbability().Next(p, sign, 64), 14);

    [Fact]
    public void Validate_SettingsWithoutSense_AreRefusedWithTheValue()
    {
        foreach (var (augmentation, reason) in new[]
        {
            (new Augmentation { Translation = 2 }, "got 2"),
            (new Augmentation { Translation = 0 }, "changes nothing"),
            (new Augmentation { Probability = -0.1 }, "got -0.1"),
            (new Augmentation { Fill = double.NaN }, "Fill"),
            (new Augmentation { Probability = 0.5, Adaptive = new() }, "leave Probability out"),
            (new Augmentation { Adaptive = new(Target: 1) }, "Target"),
            (new Augmentation { Adaptive = new(ImagesPerUnit: 0) }, "ImagesPerUnit"),
            (new Augmentation { Adaptive = new(Every: 0) }, "Every"),
            (new Augmentation { Adaptive = new(Start: 2) }, "Start"),
        })
        {
            Assert.Contains(reason, Assert.Throws<ArgumentException>(augmentation.Validate).Message, StringComparison.Ordinal);
        }
    }
}
