using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data;

public sealed class FixedPointsTests
{
    private static FixedPoints New(int count = 10, long seed = 3) => new(new RingData(seed: 7), count, seed);

    [Fact]
    public void Next_AnEpoch_ShowsEveryPointOnceInAnotherOrderEachTime()
    {
        using var data = New();
        float[] Epoch() => [.. Enumerable.Range(0, 2).SelectMany(_ => data.Next(5).select(1, 0).data<float>().ToArray())];
        float[] first = Epoch(), second = Epoch();
        Assert.Equal(first.Order(), second.Order());
        Assert.Equal(10, first.Distinct().Count());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Next_Points_AreThoseOfTheSource()
    {
        using var data = New(count: 100);
        using var source = new RingData(seed: 7);
        Assert.Equal(source.Next(100).data<float>().Order(), data.Next(100).data<float>().Order());
        Assert.Equal([2], data.SampleShape);
    }

    [Fact]
    public void Seek_SavedPosition_ContinuesBitForBit()
    {
        using FixedPoints first = New(), second = New();
        first.Next(13);
        second.Seek(first.Position);
        for (int batch = 0; batch < 3; batch++)
            Assert.Equal(first.Next(4).data<float>(), second.Next(4).data<float>());
    }

    [Fact]
    public void Seek_PositionOfAnotherSeedOrSize_IsRefused()
    {
        using FixedPoints data = New(), other = New(seed: 4);
        Assert.Contains("10 points", Assert.Throws<ArgumentException>(() => data.Seek(other.Position)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => data.Seek(data.Position with { Next = 10 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => New(count: 0));
    }
}
