using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data.Own;

public sealed class PictureCacheTests : IDisposable
{
    private static readonly DateTime Then = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder folder = new();

    public PictureCacheTests() => Directory.CreateDirectory(Photos);

    private string Photos => Path.Combine(folder.Path, "photos");

    private string Cache => Path.Combine(folder.Path, "cache");

    public void Dispose() => folder.Dispose();

    // The content changes, size and time do not: only the cache can still show the old pixel.
    [Fact]
    public void Load_SecondTime_TakesTheCacheAndNotTheFiles()
    {
        string first = Name(10);
        string cached = Assert.Single(Directory.GetFiles(Cache));
        Assert.Equal(first, Name(20));
        File.Delete(cached);
        Assert.NotEqual(first, Name(20));
    }

    [Fact]
    public void Load_ChangedTimeSizeNameOrShape_ReadsAgain()
    {
        string first = Name(10);
        Assert.NotEqual(first, Name(20, Then.AddSeconds(1)));
        Assert.NotEqual(first, Name(10, side: 4));
        Assert.Equal(3, Directory.GetFiles(Cache).Length);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("other")]
    public void Load_DamagedCache_IsRebuilt(string damage)
    {
        Name(10);
        string cached = Assert.Single(Directory.GetFiles(Cache));
        byte[] bytes = File.ReadAllBytes(cached);
        File.WriteAllBytes(cached, damage switch
        {
            "empty" => [],
            "cut" => bytes[..^1],
            "flipped" => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)],
            _ => new byte[100],
        });
        Assert.Contains("1 images of 1 x 8 x 8", Name(10), StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(cached));
    }

    [Fact]
    public void Load_CacheThatCannotBeWritten_IsNoError()
    {
        File.WriteAllText(Cache, "a file where the folder should be");
        Assert.Contains("1 images", Name(10), StringComparison.Ordinal);
        Assert.Equal("a file where the folder should be", File.ReadAllText(Cache));
    }

    // A link in the cache would lead a write elsewhere.
    [Fact]
    public void Load_LinkInTheCache_IsNeitherReadNorWritten()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links of Linux");
        Name(10);
        string cached = Assert.Single(Directory.GetFiles(Cache)), elsewhere = Path.Combine(folder.Path, "elsewhere");
        File.Delete(cached);
        File.WriteAllText(elsewhere, "mine");
        File.CreateSymbolicLink(cached, elsewhere);
        Assert.Contains("1 images", Name(10), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(elsewhere));
    }

    [Fact]
    public void Load_ManyShapes_KeepsSixteenFilesAndWhatIsNotIts()
    {
        Directory.CreateDirectory(Cache);
        File.WriteAllText(Path.Combine(Cache, "mine.squares"), "");
        for (int side = 1; side <= 20; side++)
            Name(10, side: side);
        Assert.Equal(17, Directory.GetFiles(Cache).Length);
        Assert.True(File.Exists(Path.Combine(Cache, "mine.squares")));
    }

    private string Name(byte value, DateTime? time = null, int side = 8)
    {
        string file = Path.Combine(Photos, "a.png");
        File.WriteAllBytes(file, PictureBytes.Png(1, 1, (_, _) => [value], PictureBytes.Grey));
        File.SetLastWriteTimeUtc(file, time ?? Then);
        using var images = new ImageFolder(Photos, side, 1, options: new() { CacheFolder = Cache });
        return images.Name;
    }
}
