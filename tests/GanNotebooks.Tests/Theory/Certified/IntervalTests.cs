using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class IntervalTests
{
    [Fact]
    public void Operations_RandomOperands_ContainTheExactRationalResult()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            var (a, b) = (Draw(random), Draw(random));
            var (x, y) = (Rational.FromDouble(Pick(a, random)), Rational.FromDouble(Pick(b, random)));
            Contains(a + b, x + y);
            Contains(a - b, x - y);
            Contains(a * b, x * y);
            if (!b.Contains(0))
                Contains(a / b, x / y);
            Contains(IntervalMath.Square(a), x * x);
        }
    }

    [Fact]
    public void Operations_ExactResults_AreNotWidened()
    {
        Assert.Equal(new Interval(0.75, 0.75), (Interval)0.5 + 0.25);
        Assert.Equal(new Interval(-6, -6), (Interval)3 * -2);
        Assert.Equal(new Interval(1.5, 1.5), (Interval)3 / 2);
        Assert.Equal(0, ((Interval)0.1 + 0.2 - 0.3).Lo, 1e-16);
        Assert.True(((Interval)0.1 + 0.2).Width > 0);
    }

    [Fact]
    public void Division_DivisorContainsZero_IsTheWholeLine() => Assert.Equal(Interval.Entire, (Interval)1 / new Interval(-1, 1));

    [Fact]
    public void Infinities_InEveryOperation_NeverGiveNaN()
    {
        Interval[] all = [Interval.Entire, new(0, double.PositiveInfinity), new(double.NegativeInfinity, 0), 0, 1, new(-1, 1),
            new(double.MaxValue, double.MaxValue)];
        foreach (var a in all)
        {
            foreach (var b in all)
            {
                Interval[] results = [a + b, a - b, a * b, a / b];
                Assert.All(results, r => Assert.True(r.Lo <= r.Hi));
            }
        }
    }

    [Fact]
    public void Constructor_ReversedOrNaN_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Interval(1, 0));
        Assert.Throws<ArgumentException>(() => new Interval(double.NaN, 0));
    }

    [Fact]
    public void Intersect_DisjointEnclosures_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new Interval(0, 1).Intersect(new(2, 3)));

    private static Interval Draw(Random random)
    {
        var (a, b) = (Number(random), Number(random));
        return random.Next(4) == 0 ? a : new Interval(Math.Min(a, b), Math.Max(a, b));
    }

    private static double Number(Random random) => random.Next(10) switch
    {
        0 => 0,
        1 => random.Next(-3, 4),
        2 => (random.NextDouble() - 0.5) * 1e-300,
        _ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 21)),
    };

    private static double Pick(Interval a, Random random) => Math.Clamp(a.Lo + random.NextDouble() * (a.Hi - a.Lo), a.Lo, a.Hi);

    private static void Contains(Interval interval, Rational exact)
    {
        Assert.True(double.IsNegativeInfinity(interval.Lo) || Rational.FromDouble(interval.Lo) <= exact,
            $"{interval} misses {exact} below");
        Assert.True(double.IsPositiveInfinity(interval.Hi) || Rational.FromDouble(interval.Hi) >= exact,
            $"{interval} misses {exact} above");
    }
}
