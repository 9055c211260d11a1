using GanNotebooks.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Data;

public sealed class ShuffledBatchesTests
{
    [Fact]
    public void NextIndices_ThreeEpochsInOddBatches_ShowEveryImageOncePerEpochInDifferentOrders()
    {
        using var batches = new ShuffledBatches(Toy(), seed: 1);
        long[] all = Enumerable.Range(0, 30).SelectMany(_ => batches.NextIndices(7)).ToArray(); // 210 = 3 epochs of 70
        long[][] epochs = all.Chunk(70).ToArray();
        Assert.All(epochs, epoch => Assert.Equal(Enumerable.Range(0, 70).Select(k => (long)k), epoch.Order()));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.NotEqual(epochs[1], epochs[2]);
        Assert.Equal(new BatchPosition(1, 3, 0), batches.Position);
    }

    [Fact]
    public void NextIndices_BatchLargerThanTheData_GoesThroughSeveralEpochs()
    {
        using var batches = new ShuffledBatches(Toy(), seed: 1);
        Assert.All(batches.NextIndices(210).CountBy(k => k), pair => Assert.Equal(3, pair.Value));
    }

    [Fact]
    public void Next_Images_AreThoseOfTheIndices()
    {
        var data = Toy();
        using var batches = new ShuffledBatches(data, seed: 2);
        using var same = new ShuffledBatches(data, seed: 2);
        using var x = batches.Next(5);
        Assert.Equal([5, 1, 2, 3], x.shape);
        Assert.Equal([1, 2, 3], batches.SampleShape);
        using var bytes = ImageTensors.ToBytes(x);
        Assert.Equal(same.NextIndices(5).SelectMany(k => data.Image((int)k).ToArray()), bytes.data<byte>().ToArray());
    }

    [Fact]
    public void Next_Flat_GivesRows()
    {
        using var batches = new ShuffledBatches(Toy(), flat: true);
        using var x = batches.Next(4);
        Assert.Equal([4, 6], x.shape);
        Assert.Equal([6], batches.SampleShape);
    }

    [Fact]
    public void NextLabelled_Batch_PairsImagesWithTheirOwnLabels()
    {
        using var batches = new ShuffledBatches(Toy(), seed: 3);
        var (images, labels) = batches.NextLabelled(70);
        using var bytes = ImageTensors.ToBytes(images);
        var firstPixels = bytes.data<byte>().ToArray().Where((_, k) => k % 6 == 0);
        // Toy: first pixel = index, label = index mod 10
        Assert.Equal(firstPixels.Select(pixel => (long)(pixel % 10)), labels.data<long>().ToArray());
        images.Dispose();
        labels.Dispose();
    }

    [Fact]
    public void Seek_SavedPosition_ContinuesBitForBitAcrossTheEndOfAnEpoch()
    {
        using var batches = new ShuffledBatches(Toy(), seed: 5);
        for (int k = 0; k < 13; k++)
            batches.NextIndices(8);
        var saved = batches.Position;
        Assert.Equal(new BatchPosition(5, 1, 34), saved);
        using var expected = batches.Next(50);
        using var resumed = new ShuffledBatches(Toy(), seed: 5);
        resumed.Seek(saved);
        using var actual = resumed.Next(50);
        Assert.Equal(expected.data<float>().ToArray(), actual.data<float>().ToArray());
    }

    [Fact]
    public void Seek_ForeignPosition_IsRefused()
    {
        using var batches = new ShuffledBatches(Toy(), seed: 5);
        Assert.Throws<ArgumentException>(() => batches.Seek(new BatchPosition(6, 0, 0)));
        Assert.Throws<ArgumentException>(() => batches.Seek(new BatchPosition(5, 0, 70)));
        Assert.Throws<ArgumentException>(() => batches.Seek(new BatchPosition(5, -1, 0)));
    }

    [Fact]
    public void Next_ManyTimesInsideAScope_LeavesOnlyItsResult()
    {
        using var batches = new ShuffledBatches(Toy());
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int k = 0; k < 20; k++)
        {
            using var x = batches.Next(8);
            Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Constructor_InsideAScope_OutlivesIt()
    {
        ShuffledBatches batches;
        using (NewDisposeScope())
            batches = new ShuffledBatches(Toy());
        using var x = batches.Next(2);
        Assert.Equal(2, x.shape[0]);
        batches.Dispose();
    }

    [Fact]
    public void Next_SyntheticSource_IsItsArrayAsATensor()
    {
        using var source = new RingData(seed: 8);
        using var x = source.Next(16);
        Assert.Equal([16, 2], x.shape);
        Assert.Equal(ScalarType.Float32, x.dtype);
        Assert.Equal(new RingData(seed: 8).NextArray(16), x.data<float>().ToArray());
    }

    /// <summary>70 images of 2 x 3 whose first pixel is their index, the others noise; label = index mod 10.</summary>
    private static ImageDataset Toy()
    {
        var random = new Random(1);
        byte[] pixels = Enumerable.Range(0, 70 * 6).Select(k => (byte)(k % 6 == 0 ? k / 6 : random.Next(256))).ToArray();
        byte[] labels = Enumerable.Range(0, 70).Select(k => (byte)(k % 10)).ToArray();
        return ImageDataset.FromIdx("toy", new IdxArray("images", [70, 2, 3], pixels), new IdxArray("labels", [70], labels),
            [.. "0123456789".Select(c => c.ToString())]);
    }
}
