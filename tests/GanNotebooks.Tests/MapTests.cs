using System.Text.RegularExpressions;
using GanNotebooks.Data;

namespace GanNotebooks.Tests;

/// <summary>The map in lib/README.md: it names what is there, and what is there is small enough for a map.</summary>
public sealed class MapTests
{
    private static string Root => Path.GetDirectoryName(DataFolder.Find())!;

    private static string Map => File.ReadAllText(Path.Combine(Root, "lib", "README.md"));

    private static IEnumerable<string> Folders(string below) =>
        from folder in Directory.EnumerateDirectories(Path.Combine(Root, below), "*", SearchOption.AllDirectories)
            .Append(Path.Combine(Root, below))
        where !Regex.IsMatch(folder.Replace('\\', '/'), "/(bin|obj|TestResults)(/|$)")
        select folder;

    [Fact]
    public void Map_EveryLink_LeadsSomewhere() => Assert.Empty(
        from Match link in Regex.Matches(Map, @"\]\(([^)#:]+)\)")
        let path = Path.Combine(Root, "lib", link.Groups[1].Value)
        where !Path.Exists(path)
        select link.Value);

    [Fact]
    public void Map_EveryRoom_IsNamed() => Assert.Empty(
        from project in new[] { "GanNotebooks", "GanNotebooks.Live", "GanNotebooks.Workbook" }
        from folder in Folders(Path.Combine("lib", project))
        let name = Path.GetFileName(folder)
        where Directory.EnumerateFiles(folder, "*.cs").Any() && name != project && !Regex.IsMatch(Map, $@"[`/]{name}`")
        select Path.GetRelativePath(Root, folder));

    [Fact]
    public void Map_EveryFileNamedInTheTables_Exists() => Assert.Empty(
        from Match name in Regex.Matches(Map, @"`((?:\w+/)*\w+\.cs)`")
        let file = Path.GetFileName(name.Groups[1].Value)
        where !Directory.EnumerateFiles(Path.Combine(Root, "lib"), file, SearchOption.AllDirectories).Any()
            && name.Groups[1].Value != "XCommand.cs"
        select name.Value);

    [Theory]
    [InlineData("lib")]
    [InlineData("tests")]
    public void Folder_SourceFiles_AreAtMostTwenty(string below) => Assert.Empty(
        from folder in Folders(below)
        let count = Directory.EnumerateFiles(folder, "*.cs").Count()
        where count > 20
        select $"{Path.GetRelativePath(Root, folder)}: {count} files");
}
