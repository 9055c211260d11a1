using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Data.Own;

public sealed class TensorBatchesTests
{
    [Fact]
    public void Next_OneEpoch_ShowsEveryRowOnceAndTheNextInAnotherOrder()
    {
        using var rows = arange(10).to(float32).view(10, 1);
        using var batches = new TensorBatches(rows, seed: 1);
        using Tensor first = batches.Next(10), second = batches.Next(10);
        float[] one = first.data<float>().ToArray(), two = second.data<float>().ToArray();
        Assert.Equal(rows.data<float>().ToArray(), one.Order());
        Assert.Equal(one.Order(), two.Order());
        Assert.NotEqual(one, two);
        Assert.Equal(new BatchPosition(1, 2, 0), batches.Position);
        Assert.Equal("10 rows of 1", batches.Name);
    }

    [Fact]
    public void Next_AfterSeek_ContinuesBitForBit()
    {
        using var rows = randn(9, 2, 3, generator: new Generator(1));
        using TensorBatches one = new(rows, 5), two = new(rows, 5);
        one.Next(7).Dispose();
        var position = one.Position;
        using var expected = one.Next(7);
        two.Seek(position);
        using var found = two.Next(7);
        Assert.Equal([7, 2, 3], found.shape);
        Assert.Equal(expected.data<float>().ToArray(), found.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => two.Seek(position with { Seed = 6 }));
        Assert.Throws<ArgumentException>(() => two.Seek(position with { Next = 9 }));
    }

    // The caller's tensor is copied: what is done to it later changes no batch.
    [Fact]
    public void Rows_OfTheCaller_AreCopied()
    {
        using var rows = zeros(4, 2);
        using var batches = new TensorBatches(rows);
        rows.fill_(7);
        using var batch = batches.Next(4);
        Assert.Equal(0, batch.abs().max().item<float>());
    }

    [Fact]
    public void Next_Bytes_AreImages()
    {
        using var bytes = tensor(new byte[] { 0, 255, 51, 204 }, [1, 1, 2, 2]);
        using var batches = new TensorBatches(bytes);
        using var batch = batches.Next(1);
        Assert.Equal([-1, 1, -0.6, 0.6], batch.data<float>().ToArray().Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Rows_ThatCannotBeLearned_AreRefused()
    {
        using var odd = tensor(new[] { 1.0, double.NaN, 2, double.PositiveInfinity, 3, 4 }, [3, 2]);
        Assert.Contains("2 rows have a number that is NaN, infinite or too large for float32; the first is row 0",
            Assert.Throws<ArgumentException>(() => new TensorBatches(odd)).Message, StringComparison.Ordinal);
        using var large = tensor(new[] { 1.0, 1, 1, 1e300 }, [2, 2]);
        Assert.Contains("the first is row 1", Assert.Throws<ArgumentException>(() => new TensorBatches(large)).Message,
            StringComparison.Ordinal);
        foreach (var wrong in (Tensor[])[zeros(3), zeros(0, 2), zeros(3, 2, dtype: int64)])
        {
            Assert.Contains("got ", Assert.Throws<ArgumentException>(() => new TensorBatches(wrong)).Message, StringComparison.Ordinal);
            wrong.Dispose();
        }
    }

    [Fact]
    public void Next_ManyBatches_LeaveNoTensors()
    {
        using var rows = zeros(4, 2);
        using var batches = new TensorBatches(rows);
        long before = LiveTensors.Settled();
        for (int k = 0; k < 20; k++)
            batches.Next(3).Dispose();
        Assert.Equal(before, LiveTensors.Settled());
    }
}
