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

    // Some distributors call the file train-images.idx3-ubyte.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Test_DottedNames_AreFound(bool gzip)
    {
        using var folder = new TemporaryFolder();
        string source = Path.Combine(DataFolder.Find(), "mnist");
        foreach (string name in new[] { "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" })
        {
            string packed = Path.Combine(source, name + ".gz"), dotted = Path.Combine(folder.Path, name.Replace("-idx", ".idx"));
            if (gzip)
                File.Copy(packed, dotted + ".gz");
            else
                File.WriteAllBytes(dotted, IdxMutationTests.Unzip(File.ReadAllBytes(packed)));
        }

        Assert.Equal(10_000, Mnist.Test(folder.Path).Count);
        Assert.True(MnistFiles.Digits.TestIsIn(folder.Path));
        Assert.False(MnistFiles.Digits.TrainIsIn(folder.Path));
        string missing = Assert.Throws<DataFileException>(() => Mnist.Train(folder.Path)).Message;
        Assert.All(["train-images-idx3-ubyte", "train-images-idx3-ubyte.gz", "train-images.idx3-ubyte", "train-images.idx3-ubyte.gz"],
            name => Assert.Contains(name, missing, StringComparison.Ordinal));
    }

    [Fact]
    public void Test_WebPageInTheFolder_IsNamed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "t10k-images-idx3-ubyte"), "<!DOCTYPE html><html><title>404</title></html>");
        Assert.Contains("a web page", Assert.Throws<DataFileException>(() => Mnist.Test(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sha256_CommittedFiles_AreThoseOfTheTable()
    {
        string folder = Path.Combine(DataFolder.Find(), "mnist");
        foreach (var file in new[] { MnistFiles.Digits.TestImages, MnistFiles.Digits.TestLabels })
        {
            var array = IdxReader.Read(Path.Combine(folder, file.Name + ".gz"), file.Shape.Count, file.Shape);
            Assert.Equal((file.Md5, file.Sha256), (array.Md5(), array.Sha256()));
        }
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
