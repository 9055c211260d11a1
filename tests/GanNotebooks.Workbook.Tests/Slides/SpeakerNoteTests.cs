using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Tests.Slides;

/// <summary>The minutes that the course's speaker notes promise.</summary>
public sealed class SpeakerNoteTests
{
    private const double WordsPerMinute = 130; // a calm talk

    public static TheoryData<string> Notebooks => [.. Directory.EnumerateFiles(TestPaths.Repository.Notebooks, "??-*.ipynb")
        .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    // What is read aloud must leave time to write on the board and to wait for answers.
    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Notes_OfASlide_CanBeReadAloudInTheirMinutes(string name)
    {
        var cells = JsonNode.Parse(File.ReadAllText(Path.Combine(TestPaths.Repository.Notebooks, name)))!["cells"]!.AsArray();
        var notes = cells.Where(c => (string?)c!["metadata"]?["slideshow"]?["slide_type"] == "notes")
            .Select(c => string.Concat(c!["source"]!.AsArray().Select(line => (string?)line)))
            .Select(text => (Text: text, Minutes: SpeakerNote.MinutesOf(text))).Where(n => n.Minutes is not null).ToList();
        Assert.Empty(notes.Where(n => Words(n.Text) / WordsPerMinute > n.Minutes).Select(n => n.Text));
        Assert.True(notes.Count == 0 || notes.Sum(n => Words(n.Text)) / WordsPerMinute < 0.5 * notes.Sum(n => n.Minutes),
            "the notes fill more than half of the time");
    }

    private static int Words(string text) => Regex.Count(Regex.Replace(text, @"\$[^$]*\$", " formula "), @"[\w'’]+");
}
