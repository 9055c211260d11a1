using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data;

public sealed class ImageDatasetTests
{
    [Fact]
    public void FromIdx_DifferentLengths_NamesBothFilesAndLengths()
    {
        var error = Assert.Throws<DataFileException>(() => Make(labels: [0, 1]));
        Assert.All(["the-labels", "the-images", "3 labels", "found 2"],
            part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void FromIdx_LabelOutOfRange_NamesFileRangeValueAndIndex()
    {
        var error = Assert.Throws<DataFileException>(() => Make(labels: [0, 255, 2]));
        Assert.Equal("the-labels: expected labels from 0 to 1; found 255 at index 1.", error.Message);
    }

    [Fact]
    public void Image_Index_ReturnsItsPixels() => Assert.Equal([6, 7, 8, 9, 10, 11], Make().Image(1).ToArray());

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Image_IndexOutside_Throws(int index)
    {
        var data = Make();
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Image(index).Length);
    }

    [Fact]
    public void Take_Two_KeepsTheFirstTwo()
    {
        var data = Make().Take(2);
        Assert.Equal(2, data.Count);
        Assert.Equal(12, data.Pixels.Length);
        Assert.Equal([1, 1], data.CountByLabel());
    }

    [Fact]
    public void Where_LabelZero_KeepsImagesZeroAndTwo()
    {
        var data = Make().Where(label => label == 0);
        Assert.Equal([0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17], data.Pixels.ToArray());
        Assert.Equal([2, 0], data.CountByLabel());
    }

    [Fact]
    public void Where_Nothing_Throws() => Assert.Throws<ArgumentException>(() => Make().Where(_ => false));

    private static ImageDataset Make(byte[]? labels = null)
    {
        labels ??= [0, 1, 0];
        var images = new IdxArray("the-images", [3, 2, 3], [.. Enumerable.Range(0, 18).Select(k => (byte)k)]);
        return ImageDataset.FromIdx("toy", images, new IdxArray("the-labels", [labels.Length], labels), ["a", "b"]);
    }

    [Theory]
    [InlineData(2, 2, 2, 7, 2)]
    [InlineData(2, 2, 2, 9, 2)]
    [InlineData(2, 2, 2, 8, 1)]
    [InlineData(2, 2, 2, 8, 3)]
    [InlineData(2, -2, -2, 8, 2)]
    [InlineData(2, 0, 2, 0, 2)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, 8, int.MaxValue)]
    public void FromIdx_OtherNumberOfValuesThanItsShapeSays_IsRefused(int n, int h, int w, int pixels, int labels)
    {
        var images = new IdxArray("images", [n, h, w], new byte[pixels]);
        var names = new IdxArray("labels", [n], new byte[Math.Min(labels, 8)]);
        Assert.Throws<DataFileException>(() => ImageDataset.FromIdx("test", images, names, ["0"]));
    }
}
