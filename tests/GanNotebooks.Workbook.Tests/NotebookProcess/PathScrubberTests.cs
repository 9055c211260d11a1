using GanNotebooks.Workbook.NotebookProcess;

namespace GanNotebooks.Workbook.Tests.NotebookProcess;

public sealed class PathScrubberTests
{
    private readonly PathScrubber scrubber = new("/clone/here", ("/elsewhere/folder", "."));

    [Theory]
    [InlineData("at A.B() in /clone/here/lib/GanNotebooks/Lab.cs:line 3", "at A.B() in lib/GanNotebooks/Lab.cs:line 3")]
    [InlineData("at C.D() in /agent/build/of/somebody/File.cs:line 7", "at C.D() in File.cs:line 7")]
    [InlineData("at C.D() in C:\\build\\File.cs:line 7", "at C.D() in File.cs:line 7")]
    [InlineData("no file '/elsewhere/folder/data.csv' in /clone/here", "no file 'data.csv' in .")]
    [InlineData("a ratio p/q and https://example.org/clone/here2", "a ratio p/q and https://example.org/clone/here2")]
    [InlineData("at E.F() in 04-x.ipynb[9]:line 2", "at E.F() in 04-x.ipynb[9]:line 2")]
    public void Clean_PathsOfThisMachine_BecomeRelative(string text, string cleaned) => Assert.Equal(cleaned, scrubber.Clean(text));

    [Fact]
    public void Clean_HomeFolder_BecomesTilde() =>
        Assert.Equal("~/data", scrubber.Clean(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/data"));
}
