using System.Numerics;
using GanNotebooks.Tests.Theory.References;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class IntervalMathTests
{
    private const int Points = 20_000;

    [Fact]
    public void MathExp_ManyPoints_IsWithinTheAssumedUlps()
    {
        var random = new Random(2);
        double worst = 0;
        for (int i = 0; i < Points; i++)
        {
            double x = i % 2 == 0 ? -745 + 1454 * random.NextDouble() : 2 * random.NextDouble() - 1;
            int k = (int)Math.Floor(x / Math.Log(2));
            var reduced = BigFixed.Exp(BigFixed.From(x) - k * BigFixed.Ln2); // in [1, 2), one ulp = 2⁻⁵²
            int subnormal = Math.Max(0, -1022 - k);                           // coarser grid there
            worst = Math.Max(worst, Ulps(Math.ScaleB(Math.Exp(x), -k / 2), -(k - k / 2), reduced, subnormal));
        }
        Assert.True(worst < IntervalMath.AssumedUlps, $"Math.Exp was wrong by {worst} ulp");
        Assert.True(worst < 1, $"Math.Exp was wrong by {worst} ulp; all libraries seen so far stay below 1");
    }

    [Fact]
    public void MathLog_ManyPoints_IsWithinTheAssumedUlps()
    {
        var random = new Random(3);
        double worst = 0;
        for (int i = 0; i < Points; i++)
        {
            double x = i % 2 == 0 ? Math.Pow(2, random.Next(-1022, 1023)) * (1 + random.NextDouble()) : 0.5 + random.NextDouble();
            var exact = LogOf(x);
            double ulp = Math.BitIncrement(Math.Abs(exact.ToDouble())) - Math.Abs(exact.ToDouble());
            if (ulp > 0)
                worst = Math.Max(worst, (BigFixed.From(Math.Log(x)) - exact).ToDouble() is var e ? Math.Abs(e) / ulp : 0);
        }
        Assert.True(worst < IntervalMath.AssumedUlps, $"Math.Log was wrong by {worst} ulp");
        Assert.True(worst < 1, $"Math.Log was wrong by {worst} ulp; all libraries seen so far stay below 1");
    }

    [Fact]
    public void Functions_RandomPoints_ContainTheNinetyDigitValue()
    {
        var random = new Random(4);
        for (int i = 0; i < 2000; i++)
        {
            double x = random.NextDouble() * Math.Pow(10, random.Next(-12, 2));
            var big = BigFixed.From(x);
            Contains(IntervalMath.Exp(x), BigFixed.Exp(big));
            Contains(IntervalMath.Log(x), BigFixed.Log(big));
            Contains(IntervalMath.Log1P(x), BigFixed.Log(BigFixed.One + big));
            Contains(IntervalMath.Softplus(-x), BigFixed.Log(BigFixed.One + BigFixed.Exp(-big)));
            Contains(IntervalMath.Softplus(x), BigFixed.Log(BigFixed.One + BigFixed.Exp(big)));
            Contains(IntervalMath.Sigmoid(x), BigFixed.One / (BigFixed.One + BigFixed.Exp(-big)));
        }
    }

    [Fact]
    public void LogGamma_RandomPoints_ContainsTheReferenceWithinOneTenTrillionth()
    {
        var random = new Random(5);
        foreach (double x in Enumerable.Range(0, 300).Select(_ => 30 * random.NextDouble() + 0.01).Append(1).Append(2).Append(0.5))
        {
            var enclosure = IntervalMath.LogGamma(x);
            Contains(enclosure, BigFixed.LogGamma(BigFixed.From(x)));
            Assert.InRange(enclosure.Width, 0, 2e-13);
        }
    }

    [Fact]
    public void Constants_PiAndHalfLogTwoPi_ContainTheReference()
    {
        Contains(IntervalMath.Pi, BigFixed.Pi);
        Contains(IntervalMath.HalfLogTwoPi, BigFixed.Log(2 * BigFixed.Pi) / 2);
        Contains(IntervalMath.Log2, BigFixed.Ln2);
    }

    [Fact]
    public void Log1P_TinyArgument_IsRelativelyExact()
    {
        var enclosure = IntervalMath.Log1P(1e-30);
        Assert.InRange(enclosure.Width / 1e-30, 0, 1e-15);
    }

    [Fact]
    public void Softplus_FarTails_StayFiniteAndOrdered()
    {
        Assert.Equal(new Interval(0, 0), new Interval(0, IntervalMath.Softplus(double.NegativeInfinity).Hi));
        Assert.True(IntervalMath.Softplus(-700).Lo > 0);
        Assert.True(IntervalMath.Softplus(1e308).Hi < double.PositiveInfinity);
    }

    private static void Contains(Interval interval, BigFixed exact)
    {
        var value = new Rational(exact.Raw, BigInteger.One << BigFixed.Bits);
        Rational slack = new(1, BigInteger.One << (BigFixed.Bits - 40)); // the reference's own last digits
        Assert.True(Rational.FromDouble(interval.Lo) <= value + slack && value - slack <= Rational.FromDouble(interval.Hi),
            $"{interval} misses {exact.ToDecimal(40)}");
    }

    private static double Ulps(double scaled, int shift, BigFixed exact, int subnormal) =>
        Math.Abs((BigFixed.From(Math.ScaleB(scaled, shift)) - exact).ToDouble()) * Math.ScaleB(1, 52 - Math.Min(subnormal, 52));

    private static BigFixed LogOf(double x)
    {
        int exponent = Math.ILogB(x);
        return BigFixed.Log(BigFixed.From(Math.ScaleB(x, -exponent))) + exponent * BigFixed.Ln2;
    }
}
