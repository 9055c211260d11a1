using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data;

public sealed class DataFolderTests
{
    [Fact]
    public void Find_FromTheLibrary_HoldsMnist() => Assert.True(Directory.Exists(Path.Combine(DataFolder.Find(), "mnist")));

    [Fact]
    public void FindFrom_OutsideTheRepository_SaysWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<DataFileException>(() => DataFolder.FindFrom(folder.Path));
        Assert.Contains("GanNotebooks.sln", error.Message, StringComparison.Ordinal);
    }
}
