using System.Text.RegularExpressions;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Tests.Notebooks;

/// <summary>
/// The table "What the sources say, and where it is checked" of notebooks/README.md: it leads to sections that are there.
/// </summary>
public sealed class SourceTableTests
{
    private const string Title = "## What the sources say, and where it is checked", Head = "| source | claim | checked in | verdict |";

    private static string Folder => Path.Combine(TestPaths.Repository.Root, "notebooks");

    private static string[] Rows => [.. File.ReadAllText(Path.Combine(Folder, "README.md")).ReplaceLineEndings("\n").Split(Title + "\n")[1]
        .Split(Head + "\n")[1].Split('\n').Skip(1).TakeWhile(line => line.StartsWith('|'))];

    [Fact]
    public void Table_EveryPlace_IsASectionOfItsNotebook()
    {
        Assert.InRange(Rows.Length, 25, 100);
        Assert.Empty(Rows.SelectMany(Faults));
    }

    // Power: what the table may not say is found.
    [Theory]
    [InlineData("| slides | a | 03 \"The saddle\" | b |", 0)]
    [InlineData("| slides | a | 03 \"The saddles of all\" | b |", 1)]
    [InlineData("| slides | a | 03 \"The saddle\"; 77 \"The saddle\" | b |", 1)]
    [InlineData("| slides | a | 03, all sections | b |", 0)]
    [InlineData("| slides | a | 03 | b |", 1)]
    [InlineData("| slides | a | \"The saddle\" | b |", 1)]
    [InlineData("| slides | a | b |", 1)]
    public void Faults_Row_AreCounted(string row, int expected) => Assert.Equal(expected, Faults(row).Count());

    private static IEnumerable<string> Faults(string row)
    {
        string[] cells = row.Trim().Trim('|').Split('|');
        if (cells.Length != 4)
            return [$"four cells were expected: {row}"];
        return cells[2].Split(';').SelectMany(FaultsOfPlace);
    }

    // A place is a notebook's number with titles in quotation marks, or with "all sections".
    private static IEnumerable<string> FaultsOfPlace(string place)
    {
        var match = Regex.Match(place, @"^\s*(\d\d)\b(.*)$");
        string[] files = match.Success ? Directory.GetFiles(Folder, match.Groups[1].Value + "-*.ipynb") : [];
        if (files.Length != 1)
            return [$"no notebook: {place}"];
        string[] titles = [.. Regex.Matches(match.Groups[2].Value, "\"([^\"]+)\"").Select(title => title.Groups[1].Value)];
        if (titles.Length == 0 && !match.Groups[2].Value.Contains("all sections", StringComparison.Ordinal))
            return [$"no section: {place}"];
        string[] headings = [.. NotebookFile.Read(files[0]).MarkdownCells.SelectMany(cell => cell.Lines)
            .Where(line => Regex.IsMatch(line, "^#{2,6} ")).Select(line => line.TrimStart('#').Trim())];
        return from title in titles
               where !headings.Any(heading => heading.StartsWith(title, StringComparison.Ordinal))
               select $"{Path.GetFileNameWithoutExtension(files[0])} has no section {title}";
    }
}
