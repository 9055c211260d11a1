using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Data;

public sealed class PixelBatchesTests
{
    // Image k has the pixels k, k + 10, ..., k + 50.
    private static readonly ImageDataset Toy = ImageDataset.FromIdx("toy",
        new IdxArray("i", [40, 2, 3], [.. Enumerable.Range(0, 240).Select(n => (byte)(4 * (n / 6) + 10 * (n % 6)))]),
        new IdxArray("l", [40], new byte[40]), ["x"]);

    [Fact]
    public void Next_Grey_GivesTheImagesOfTheOrderInZeroToOne()
    {
        using var batches = new PixelBatches(Toy, seed: 3);
        float[] shown = [.. Enumerable.Range(0, 5).SelectMany(_ => batches.Next(8).data<float>().ToArray())];
        using var all = PixelBatches.All(Toy);
        Assert.Equal([40, 6], all.shape);
        Assert.Equal(all.data<float>().ToArray().Order(), shown.Order());
        Assert.Equal(Toy.Pixels.ToArray().Select(b => b / 255f), all.data<float>().ToArray());
        Assert.Equal(new BatchPosition(3, 1, 0), batches.Position);
        Assert.Equal([6], batches.SampleShape);
    }

    [Fact]
    public void Next_Rounded_IsOneAboveOneHalf()
    {
        var light = ImageDataset.FromIdx("light", new IdxArray("i", [1, 1, 4], [0, 127, 128, 255]), new IdxArray("l", [1], [0]), ["x"]);
        using var batches = new PixelBatches(light, values: PixelValues.Rounded);
        Assert.Equal([0, 0, 1, 1], batches.Next(1).data<float>().ToArray());
    }

    [Fact]
    public void Next_Sampled_IsDrawnAgainWithTheGreyLevelAsProbability()
    {
        using var batches = new PixelBatches(Toy, seed: 1, PixelValues.Sampled);
        const int epochs = 500;
        var sum = zeros(6);
        var values = new HashSet<float>();
        for (int i = 0; i < epochs; i++)
        {
            using var batch = batches.Next(40);
            values.UnionWith(batch.data<float>().ToArray());
            sum.add_(batch.mean([0]));
        }
        Assert.Equal([0, 1], values.Order());
        using var grey = PixelBatches.All(Toy);
        // 20,000 draws of each column, in epochs of 40: five standard errors are 0.018
        Assert.All(sum.data<float>().ToArray().Zip(grey.mean([0]).data<float>().ToArray()),
            pair => Assert.Equal(pair.Second, pair.First / epochs, 0.018f));
    }

    [Theory]
    [InlineData(PixelValues.Grey)]
    [InlineData(PixelValues.Sampled)]
    public void Seek_Position_ContinuesBitForBit(PixelValues values)
    {
        using var first = new PixelBatches(Toy, seed: 2, values);
        first.Next(30);
        var position = first.Position;
        float[] next = first.Next(20).data<float>().ToArray();
        using var second = new PixelBatches(Toy, seed: 2, values);
        second.Seek(position);
        Assert.Equal(next, second.Next(20).data<float>().ToArray());
    }

    // A checkpoint of grey pixels must not go on with binary ones.
    [Fact]
    public void Name_Values_TellSourcesApart() => Assert.Equal(3,
        Enum.GetValues<PixelValues>().Select(v => new PixelBatches(Toy, values: v).Name).Distinct().Count());

    [Fact]
    public void ToImages_Rows_AreSquaresFromMinusOneToOne()
    {
        using var rows = tensor([0f, 1f, 0.5f, 0.25f]).view(1, 4);
        using var images = PixelBatches.ToImages(rows);
        Assert.Equal([1, 1, 2, 2], images.shape);
        Assert.Equal([-1, 1, 0, -0.5f], images.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => PixelBatches.ToImages(zeros(2, 5)));
    }
}
