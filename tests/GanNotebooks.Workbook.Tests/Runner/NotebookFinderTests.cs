using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Runner;

namespace GanNotebooks.Workbook.Tests.Runner;

public sealed class NotebookFinderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Repository repository;

    public NotebookFinderTests()
    {
        repository = new Repository(folder.Path);
        foreach (string? name in new[] { "notebooks/01-b.ipynb", "notebooks/00-start-here.ipynb", "notebooks/README.md", "own/mine.ipynb",
            "own/other.txt", "notebooks/my-notebook.ipynb", "notebooks/2026-trial.ipynb" })
        {
            folder.Write(name, "");
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("00")]
    [InlineData("0")]
    [InlineData("00-start-here")]
    [InlineData("00-start-here.ipynb")]
    public void Find_NumberNameOrFile_IsTheNotebook(string name) => Assert.Equal(["00-start-here.ipynb"], Names(name));

    [Fact]
    public void Find_Nothing_IsTheCourseInOrder() => Assert.Equal(["00-start-here.ipynb", "01-b.ipynb"], Names());

    // The README tells a reader to put a notebook beside those of the course.
    [Theory]
    [InlineData("my-notebook")]
    [InlineData("2026-trial")]
    public void Find_OwnNotebookBesideTheCourse_IsFoundByItsNameAndNotOfTheCourse(string name)
    {
        string path = Assert.Single(NotebookFinder.Find(repository, [name]));
        Assert.False(repository.IsOfCourse(path));
        Assert.EndsWith(Path.Combine("out", "own"), OutputFolder.Of(repository, [path], null, "--out", _ => { }), StringComparison.Ordinal);
        Assert.All(NotebookFinder.Find(repository, []), course => Assert.True(repository.IsOfCourse(course)));
    }

    [Fact]
    public void Find_PathOrFolder_IsWhatIsThere()
    {
        Assert.Equal(["other.txt"], Names(folder.File("own/other.txt")));
        Assert.Equal(["mine.ipynb"], Names(folder.File("own")));
    }

    [Fact]
    public void Find_SameNotebookTwice_IsItOnce() => Assert.Equal(["00-start-here.ipynb"], Names("00", "00-start-here"));

    [Fact]
    public void Find_PartOfAWord_IsRejectedWithTheList() =>
        Assert.Contains("The notebooks are: 00-start-here, 01-b", Assert.Throws<ArgumentException>(() => Names("00-sta")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void BookContents_CourseNotebook_IsTheWholeCourse_ForeignOneIsItself()
    {
        var course = NotebookFinder.Find(repository, []);

        Assert.Equal(course, BookContents.Of(repository, [course[1]]));
        Assert.Equal(["elsewhere.ipynb"], BookContents.Of(repository, ["elsewhere.ipynb"]));
    }

    private IEnumerable<string?> Names(params string[] names) => NotebookFinder.Find(repository, names).Select(Path.GetFileName);
}
