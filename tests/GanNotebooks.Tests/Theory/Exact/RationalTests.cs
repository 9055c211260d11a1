using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class RationalTests
{
    [Fact]
    public void Arithmetic_OneThirdPlusOneSixth_IsExactlyOneHalf()
    {
        Assert.Equal(new Rational(1, 2), new Rational(1, 3) + new Rational(1, 6));
        Assert.Equal(new Rational(-2, 3), new Rational(4, -6));
        Assert.True(new Rational(1, 3) < new Rational(34, 100));
        Assert.Equal("-2/3", new Rational(-2, 3).ToString());
        Assert.Equal("-\\frac{2}{3}", new Rational(-2, 3).ToLatex());
        Assert.Equal(Rational.Parse("-0.125"), new Rational(-1, 8));
        Assert.Equal(Rational.Parse("3/7"), new Rational(3, 7));
        Assert.True(default(Rational) == 0);
    }

    [Fact]
    public void FromDouble_RoundTrip_IsExact()
    {
        var random = new Random(1);
        foreach (double x in Enumerable.Range(0, 500).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 30)))
            .Append(5e-324).Append(0.1).Append(0))
        {
            var r = Rational.FromDouble(x);
            if (Math.Abs(x) > 1e-200 || x == 0)
                Assert.Equal(new Interval(x, x), r.Enclose());
        }
        Assert.Equal("3602879701896397/36028797018963968", Rational.FromDouble(0.1).ToString());
    }

    [Fact]
    public void Enclose_RandomFractions_ContainsThemWithinTwoUlps()
    {
        var random = new Random(2);
        for (int i = 0; i < 1000; i++)
        {
            var r = new Rational(random.NextInt64() - (1L << 62), random.NextInt64() + 1);
            var e = r.Enclose();
            Assert.True(Rational.FromDouble(e.Lo) <= r && r <= Rational.FromDouble(e.Hi));
            Assert.InRange(e.Width, 0, 3 * (Math.BitIncrement(Math.Abs(e.Lo)) - Math.Abs(e.Lo)));
        }
    }

    [Fact]
    public void Constructor_ZeroDenominator_IsRefused() => Assert.Throws<DivideByZeroException>(() => new Rational(1, 0));
}
