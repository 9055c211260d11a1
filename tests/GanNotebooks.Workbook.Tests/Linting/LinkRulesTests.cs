using GanNotebooks.Workbook.Linting;

namespace GanNotebooks.Workbook.Tests.Linting;

public sealed class LinkRulesTests
{
    [Fact]
    public void Pages_Repository_AreThoseOfRootCourseDocsAndData()
    {
        using var folder = new TemporaryFolder();
        string[] expected = ["README.md", "notebooks/glossary.md", "docs/hosts.md", "data/README.md", "data/results/README.md"];
        foreach (string name in expected.Append("lib/other.md"))
            folder.Write(name, "# Page");

        var pages = LinkRules.Pages(new Repository(folder.Path)).Select(path => Path.GetRelativePath(folder.Path, path).Replace('\\', '/'));

        Assert.Equal(expected, pages);
    }

    [Fact]
    public void Pages_OfThisRepository_HaveNoBrokenLinks() => Assert.Empty(
        from page in LinkRules.Pages(TestPaths.Repository)
        from target in LinkRules.Broken(File.ReadAllText(page), Path.GetDirectoryName(page)!)
        select $"{Path.GetFileName(page)}: {target}");
}
