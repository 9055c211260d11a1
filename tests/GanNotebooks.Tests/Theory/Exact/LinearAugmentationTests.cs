using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory.Exact;

/// <summary>Augmentations as operators on laws: which of them leak, exactly.</summary>
public sealed class LinearAugmentationTests
{
    private static readonly RationalDistribution Upright = RationalDistribution.Covering(4, 1), Even = RationalDistribution.Covering(4, 4);

    // The values of a separate computation, to their printed digits.
    [Theory]
    [InlineData("0", 0.380396)]
    [InlineData("1/5", 0.195617)]
    [InlineData("1/2", 0.073365)]
    [InlineData("4/5", 0.012908)]
    [InlineData("9/10", 0.003440)]
    public void Rotation_UprightAgainstEven_LeavesTheStatedJensenShannon(string p, double expected)
    {
        var rotation = LinearAugmentation.Rotation(Rational.Parse(p));
        double jsd = RationalDistribution.TwiceJensenShannon(rotation.Apply(Upright), rotation.Apply(Even)).Enclose().Midpoint / 2;
        Assert.Equal(expected, jsd, 5.1e-7);
    }

    [Fact]
    public void Rotation_Always_MakesTheLawsEqualExactly()
    {
        var rotation = LinearAugmentation.Rotation(1);
        Assert.True(RationalDistribution.TwiceJensenShannon(rotation.Apply(Upright), rotation.Apply(Even)).IsZero);
        Assert.Equal(1, rotation.Rank());
        Assert.Null(rotation.Recover(Even));
    }

    // (1 − p) I + p U stretches e − e' by 1 − p and leaves the even law as it is.
    [Theory]
    [InlineData("1/5")]
    [InlineData("9/10")]
    public void Rotation_Differences_ShrinkByOneMinusP(string text)
    {
        var p = Rational.Parse(text);
        var rotation = LinearAugmentation.Rotation(p);
        var (a, b) = (rotation.Apply(RationalDistribution.FromWeights(3, 1, 0, 0)), rotation.Apply(Even));
        Assert.Equal((1 - p) * (new Rational(3, 4) - new Rational(1, 4)), a[0] - b[0]);
        Assert.Equal(Even.ToString(), b.ToString());
        Assert.Equal(4, rotation.Rank());
        Assert.Equal("RationalDistribution(3/4, 1/4, 0, 0)", rotation.Recover(a)!.ToString());
    }

    [Fact]
    public void ShiftEigenvalues_Circles_HaveTheStatedExtremes()
    {
        double[] on28 = [.. LinearAugmentation.ShiftEigenvalues(28, 4).Select(Math.Abs)];
        Assert.Equal(0.03767, on28.Min(), 5e-6);
        Assert.Equal(26.5, on28.Max() / on28.Min(), 0.05);
        Assert.Equal(0.00142, on28.Min() * on28.Min(), 5e-6);
        Assert.Equal(0, LinearAugmentation.ShiftEigenvalues(36, 4)[4], 15);
        Assert.Equal(28, LinearAugmentation.ShiftOnCircle(28, 4).Rank());
        Assert.Equal(28, LinearAugmentation.ShiftOnCircle(36, 4).Rank()); // λ₄, λ₈, …, λ₃₂ are 0
    }

    // Ranks of a separate elimination. A row of which all pixels are moved out is black, as a black one is.
    [Theory]
    [InlineData(3, 1, 7)]
    [InlineData(4, 1, 14)]
    [InlineData(5, 1, 27)]
    [InlineData(6, 2, 46)]
    [InlineData(4, 0, 16)]
    public void ShiftOfRow_BlackComesIn_IsNotInvertible(int pixels, int largest, int rank)
    {
        var shift = LinearAugmentation.ShiftOfRow(pixels, largest);
        Assert.Equal(1 << pixels, shift.Count);
        Assert.Equal(rank, shift.Rank());
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearAugmentation.ShiftOfRow(7, 1));
    }

    // A matrix times a vector against the formula of the eigenvalues, which is derived separately.
    [Fact]
    public void ShiftOnCircle_Cosine_IsStretchedByItsEigenvalue()
    {
        const int pixels = 12, largest = 2, k = 3;
        // cos(2π 3 i/12) is 1, 0, −1, 0, …, a difference of two laws
        var (plus, minus) = (Waves(0), Waves(2));
        var shift = LinearAugmentation.ShiftOnCircle(pixels, largest);
        var (a, b) = (shift.Apply(plus), shift.Apply(minus));
        double eigenvalue = LinearAugmentation.ShiftEigenvalues(pixels, largest)[k];
        for (int i = 0; i < pixels; i++)
            Assert.Equal(eigenvalue * Math.Cos(2 * Math.PI * k * i / pixels) / 3, (a[i] - b[i]).Enclose().Midpoint, 14);

        static RationalDistribution Waves(int offset) =>
            RationalDistribution.FromWeights([.. Enumerable.Range(0, pixels).Select(i => i % 4 == offset ? 1 : 0)]);
    }

    // Every ninth pixel: two laws that share no pixel look the same after a shift over nine.
    [Fact]
    public void ShiftOnCircle_MultipleOfNine_LeaksTwoDisjointLaws()
    {
        RationalDistribution Comb(int offset) =>
            RationalDistribution.FromWeights([.. Enumerable.Range(0, 36).Select(i => i % 9 == offset ? 1 : 0)]);
        var shift = LinearAugmentation.ShiftOnCircle(36, 4);
        Assert.Equal("log(2)", RationalDistribution.TwiceJensenShannon(Comb(0), Comb(1)).OverPrimes().ToString().Replace("2 ", "",
            StringComparison.Ordinal));
        Assert.Equal(RationalDistribution.Covering(36, 36).ToString(), shift.Apply(Comb(0)).ToString());
        Assert.Equal(shift.Apply(Comb(0)).ToString(), shift.Apply(Comb(1)).ToString());
    }

    [Fact]
    public void Recover_ShiftedLaws_ReturnsThemExactly()
    {
        var law = RationalDistribution.FromWeights([.. Enumerable.Range(0, 28).Select(i => i * i % 7)]);
        var circle = LinearAugmentation.ShiftOnCircle(28, 4);
        Assert.Equal(law.ToString(), circle.Recover(circle.Apply(law))!.ToString());
        var moved = ShiftOnLine.Apply(law, 4);
        Assert.Equal(36, moved.Count);
        Assert.Equal(law.ToString(), ShiftOnLine.Recover(moved, 4).ToString());
        Assert.Throws<ArgumentException>(() => ShiftOnLine.Recover(RationalDistribution.Covering(36, 1), 4)); // no shifted law is a point
    }

    // Data processing: no channel raises the divergence, for any pair of laws.
    [Fact]
    public void Apply_AnyLaws_NeverRaisesTheJensenShannon()
    {
        var random = new GanNotebooks.Data.SeededRandom(3);
        RationalDistribution Law() => RationalDistribution.FromWeights([.. Enumerable.Range(0, 10).Select(_ => 1 + random.NextInt(20))]);
        for (int i = 0; i < 20; i++)
        {
            var (p, q) = (Law(), Law());
            var shift = LinearAugmentation.ShiftOnCircle(10, 1 + i % 4);
            double before = RationalDistribution.TwiceJensenShannon(p, q).Enclose().Lo;
            Assert.True(RationalDistribution.TwiceJensenShannon(shift.Apply(p), shift.Apply(q)).Enclose().Hi <= before);
        }
    }

    [Fact]
    public void Settings_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearAugmentation.Rotation(new Rational(6, 5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearAugmentation.ShiftOnCircle(8, 4));
        Assert.Throws<ArgumentException>(() => LinearAugmentation.Rotation(0).Apply(RationalDistribution.Covering(3, 1)));
    }
}
