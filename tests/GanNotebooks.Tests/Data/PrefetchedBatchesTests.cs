using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Data;

public sealed class PrefetchedBatchesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Next_AnyDepthAndSizes_GivesTheBatchesAndPositionsOfTheSource(int depth)
    {
        using var plain = new RingData(seed: 3);
        using var ahead = new PrefetchedBatches(new RingData(seed: 3), depth: depth);
        Assert.Equal(plain.Position, ahead.Position);
        foreach (int size in new[] { 4, 4, 4, 7, 7, 1, 4 })
            AssertSameBatch(plain, ahead, size);
    }

    [Fact]
    public void Seek_ToAnEarlierPosition_RepeatsTheBatches()
    {
        using var ahead = new PrefetchedBatches(new RingData(seed: 3));
        using var first = ahead.Next(6);
        var position = ahead.Position;
        using var second = ahead.Next(6);
        ahead.Next(6).Dispose();
        ahead.Seek(position);
        using var again = ahead.Next(6);
        Assert.Equal(second.data<float>().ToArray(), again.data<float>().ToArray());
        Assert.NotEqual(first.data<float>().ToArray(), again.data<float>().ToArray());
    }

    [Fact]
    public void Next_SourceFails_ThrowsItsErrorAndGoesOnFromTheSamePlace()
    {
        using var plain = new RingData(seed: 3);
        var faulty = new Faulty(new RingData(seed: 3), failsAt: 2);
        using var ahead = new PrefetchedBatches(faulty);
        AssertSameBatch(plain, ahead, 4);
        AssertSameBatch(plain, ahead, 4);
        Assert.Equal("broken", Assert.Throws<IOException>(() => ahead.Next(4)).Message);
        faulty.FailsAt = -1;
        AssertSameBatch(plain, ahead, 4);
    }

    [Fact]
    public void Next_ManyBatchesInAScope_LeavesNoTensorBehind()
    {
        using (var ahead = new PrefetchedBatches(new RingData(seed: 3)))
        {
            long before = LiveTensors.Settled();
            for (int i = 0; i < 100; i++)
            {
                using var scope = NewDisposeScope();
                ahead.Next(8);
            }
            Assert.InRange(Tensor.TotalCount - before, 0, 3); // those that lie ready
        }
    }

    private static void AssertSameBatch(IBatchSource expected, IBatchSource actual, int size)
    {
        using var x = expected.Next(size);
        using var y = actual.Next(size);
        Assert.Equal(x.data<float>().ToArray(), y.data<float>().ToArray());
        Assert.Equal(expected.Position, actual.Position);
    }

    private sealed class Faulty(RingData source, int failsAt) : IBatchSource
    {
        public long FailsAt { get; set; } = failsAt;

        public string Name => source.Name;

        public IReadOnlyList<long> SampleShape => source.SampleShape;

        public BatchPosition Position => source.Position;

        public void Seek(BatchPosition position) => source.Seek(position);

        public Tensor Next(int batchSize) => Position.Next == FailsAt ? throw new IOException("broken") : source.Next(batchSize);

        public void Dispose() => source.Dispose();
    }
}
