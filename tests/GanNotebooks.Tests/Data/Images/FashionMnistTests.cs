using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data;

public sealed class FashionMnistTests
{
    [Fact]
    public void Train_WhenInstalled_HasSixThousandOfEachClass()
    {
        Assert.SkipUnless(FashionMnist.IsAvailable(), "Fashion-MNIST is not installed: apt install dataset-fashion-mnist");
        Assert.Equal(Enumerable.Repeat(6000, 10), FashionMnist.Train().CountByLabel());
    }

    [Fact]
    public void Test_OfTheRepository_HasAThousandOfEachClass() =>
        Assert.Equal(Enumerable.Repeat(1000, 10), FashionMnist.Test().CountByLabel());

    [Fact]
    public void Locate_NowhereInstalled_SaysWhereItLookedAndHowToGetIt()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<DataFileException>(() => FashionMnist.Locate(folder.Path, "/nowhere"));
        Assert.All(
            [folder.Path, "/nowhere", "apt install dataset-fashion-mnist", "https://github.com/zalandoresearch/fashion-mnist"],
            part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Locate_SecondFolderComplete_TakesIt()
    {
        using var empty = new TemporaryFolder();
        using var full = new TemporaryFolder();
        foreach (string part in (string[])["train-images-idx3", "train-labels-idx1"])
            File.WriteAllBytes(Path.Combine(full.Path, part + "-ubyte.gz"), []);
        Assert.Equal(full.Path, FashionMnist.Locate(empty.Path, full.Path));
    }

    [Fact]
    public void Train_DigitsInstead_IsRefusedByTheChecksum()
    {
        var error = Assert.Throws<DataFileException>(() => FashionMnist.Test(Path.Combine(DataFolder.Find(), "mnist")));
        Assert.Contains("8181f5470baa50b63fa0f6fddb340f0a", error.Message, StringComparison.Ordinal);
    }
}
