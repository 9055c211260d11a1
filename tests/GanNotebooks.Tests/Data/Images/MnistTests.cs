using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data;

public sealed class MnistTests
{
    [Fact]
    public void Train_CommittedFiles_HaveTheKnownCounts()
    {
        var data = Mnist.Train(); // the loader has compared the MD5s
        Assert.Equal((60_000, 28, 28), (data.Count, data.Height, data.Width));
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], data.CountByLabel());
        Assert.Equal([5, 0, 4, 1, 9], data.Labels[..5].ToArray());
        Assert.Equal(33.318, Mean(data), 5e-4); // mean pixel of the training set, 0.1307 of 255
    }

    [Fact]
    public void Test_CommittedFiles_HaveTheKnownCounts()
    {
        var data = Mnist.Test();
        Assert.Equal((10_000, 28, 28), (data.Count, data.Height, data.Width));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], data.CountByLabel());
        Assert.Equal([7, 2, 1, 0, 4], data.Labels[..5].ToArray());
    }

    [Fact]
    public void Md5_CommittedFiles_AreThoseOfTheOriginals()
    {
        string folder = Path.Combine(DataFolder.Find(), "mnist");
        Assert.Equal("2646ac647ad5339dbf082846283269ea", IdxReader.Read(Path.Combine(folder, "t10k-images-idx3-ubyte.gz"), 3).Md5());
        Assert.Equal("27ae3e4e09519cfbb04c329615203637", IdxReader.Read(Path.Combine(folder, "t10k-labels-idx1-ubyte.gz"), 1).Md5());
    }

    [Fact]
    public void Test_OneChangedPixelInAPlainCopy_IsRefusedByItsChecksum()
    {
        using var folder = new TemporaryFolder();
        string source = Path.Combine(DataFolder.Find(), "mnist");
        File.Copy(Path.Combine(source, "t10k-labels-idx1-ubyte.gz"), Path.Combine(folder.Path, "t10k-labels-idx1-ubyte.gz"));
        var images = IdxReader.Read(Path.Combine(source, "t10k-images-idx3-ubyte.gz"), 3);
        images.Values[12345] ^= 1;
        File.WriteAllBytes(Path.Combine(folder.Path, "t10k-images-idx3-ubyte"), IdxBytes.Encode(images.Shape, images.Values));
        var error = Assert.Throws<DataFileException>(() => Mnist.Test(folder.Path));
        Assert.Contains("2646ac647ad5339dbf082846283269ea", error.Message, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(folder.Path, "t10k-images-idx3-ubyte"), error.File);
    }

    [Fact]
    public void Train_EmptyFolder_NamesTheMissingFile()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<DataFileException>(() => Mnist.Train(folder.Path));
        Assert.Equal(Path.Combine(folder.Path, "train-images-idx3-ubyte.gz"), error.File);
    }

    private static double Mean(ImageDataset data)
    {
        long sum = 0L;
        foreach (byte pixel in data.Pixels)
            sum += pixel;
        return (double)sum / data.Pixels.Length;
    }
}
