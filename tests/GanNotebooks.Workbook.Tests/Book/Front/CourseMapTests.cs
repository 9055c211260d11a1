namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>The cards of the front page.</summary>
public sealed class CourseMapTests
{
    private static readonly string Notebooks = Path.Combine(TestPaths.Repository.Root, "notebooks");

    // Five notebooks had none, and their cards an empty field.
    [Fact]
    public void Pictures_OfTheCourse_AreOneForEachNotebook()
    {
        string cards = Path.Combine(Notebooks, "images", "cards");
        string[] Names(string folder, string pattern, SearchOption depth) =>
            [.. Directory.EnumerateFiles(folder, pattern, depth).Select(file => Path.GetFileNameWithoutExtension(file)!)
                .Where(name => char.IsDigit(name[0])).Order(StringComparer.Ordinal)];

        Assert.Equal(Names(Notebooks, "*.ipynb", SearchOption.TopDirectoryOnly), Names(cards, "*.png", SearchOption.AllDirectories));
    }
}
