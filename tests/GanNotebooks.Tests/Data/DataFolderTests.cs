using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data;

public sealed class DataFolderTests
{
    [Fact]
    public void Find_FromTheLibrary_HoldsMnist() => Assert.True(Directory.Exists(Path.Combine(DataFolder.Find(), "mnist")));
}
