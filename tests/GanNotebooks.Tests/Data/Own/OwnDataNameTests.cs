using GanNotebooks.Data;

namespace GanNotebooks.Tests.Data.Own;

public sealed class OwnDataNameTests
{
    [Theory]
    [InlineData("folder:/a/photos", "folder:/a/photos,side=32,channels=3")]
    [InlineData("FOLDER:/a/b/../photos/", "folder:/a/photos/,side=32,channels=3")]
    [InlineData("folder:/a/photos,channels=1,side=28", "folder:/a/photos,side=28,channels=1")]
    [InlineData("folder:/a/my photos, 2026,broken=skip", "folder:/a/my photos, 2026,side=32,channels=3,broken=skip")]
    [InlineData("folder:/a,background=black", "folder:/a,side=32,channels=3,background=black")]
    [InlineData("csv:/a/p.csv", "csv:/a/p.csv")]
    [InlineData("csv:/a/p.csv,standardise=yes,header=detected", "csv:/a/p.csv")]
    [InlineData("csv:/a/p.csv,columns=x+y,separator=tab,header=no,standardise=no",
        "csv:/a/p.csv,columns=x+y,separator=tab,header=no,standardise=no")]
    public void Parse_Text_SaysTheSameFromAnyFolder(string text, string whole)
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "paths of Unix");
        Assert.True(OwnDataName.IsOne(text));
        var name = OwnDataName.Parse(text);
        Assert.Equal(whole, name.Text);
        Assert.Equal(whole, OwnDataName.Parse(name.Text).Text);
    }

    [Fact]
    public void Parse_RelativePath_IsBelowTheWorkingDirectory() =>
        Assert.Equal(Path.GetFullPath("photos"), OwnDataName.Parse("folder:photos,side=8").Path);

    [Fact]
    public void Parse_Settings_ReachTheLoaders()
    {
        var images = OwnDataName.Parse("folder:a,side=64,channels=1,background=black,broken=skip");
        Assert.Equal((64, 1, new ImageFolderOptions { Background = 0, SkipBroken = true }),
            (images.Side, images.Channels, images.FolderOptions));
        var points = OwnDataName.Parse("csv:a.csv,columns=x+3,separator=semicolon,header=yes,standardise=no").TableOptions;
        Assert.Equal(["x", "3"], points.Columns);
        Assert.Equal((CsvSeparator.Semicolon, (bool?)true, false), (points.Separator, points.Header, points.Standardise));
        Assert.True(OwnDataName.Parse("csv:a.csv").TableOptions.Standardise);
    }

    [Theory]
    [InlineData("mnist", "neither folder:DIR nor csv:FILE")]
    [InlineData("folder:", "names no folder")]
    [InlineData("csv:", "names no file")]
    [InlineData("csv:,header=no", "names no file")]
    [InlineData("folder:a\0b", "names no folder")]
    [InlineData("folder:a,size=32", "folder: has no setting 'size'; there are side, channels, background, broken")]
    [InlineData("csv:a,side=32", "csv: has no setting 'side'; there are columns, separator, header, standardise")]
    [InlineData("folder:a,side=big", "side=big must be a whole number from 1 to 1024")]
    [InlineData("folder:a,side=0", "side=0 must be a whole number from 1 to 1024")]
    [InlineData("folder:a,side=-8", "side=-8 must be")]
    [InlineData("folder:a,side=99999999999", "must be a whole number")]
    [InlineData("folder:a,channels=2", "channels=2 must be 1 or 3")]
    [InlineData("folder:a,broken=yes", "broken=yes must be stop or skip")]
    [InlineData("csv:a,header=maybe", "header=maybe must be detected or yes or no")]
    public void Parse_WrongText_NamesWhatIsWrong(string text, string message) => Assert.Contains(message,
        Assert.Throws<ArgumentException>(() => OwnDataName.Parse(text)).Message, StringComparison.Ordinal);
}
