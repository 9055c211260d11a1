using System.Text.RegularExpressions;
using GanNotebooks.Data;

namespace GanNotebooks.Tests;

/// <summary>The course's notation and glossary: what they name exists.</summary>
public sealed partial class NotationTests
{
    private static string Notebooks => Path.Combine(Path.GetDirectoryName(DataFolder.Find())!, "notebooks");

    [Fact]
    public void Notation_LastColumn_NamesPublicTypesAndMembersOfTheLibrary()
    {
        var types = typeof(Lab).Assembly.GetExportedTypes().ToLookup(type => type.Name);
        var names = File.ReadLines(Path.Combine(Notebooks, "notation.md")).Where(line => line.StartsWith('|'))
            .SelectMany(row => Name().Matches(row.TrimEnd('|', ' ').Split(" |")[^1]).Select(match => match.Groups[1].Value)).ToList();
        Assert.True(names.Count > 40);
        Assert.DoesNotContain(names, name => !Exists(name.Split('.')));

        bool Exists(string[] name) => types[name[0]].Any(type => name.Length == 1 || type.GetMember(name[1]).Length > 0);
    }

    [Fact]
    public void Glossary_Words_AreSortedOnceEachAndSayWhereTheyComeFrom()
    {
        var entries = File.ReadLines(Path.Combine(Notebooks, "glossary.md")).Where(line => line.StartsWith("**", StringComparison.Ordinal))
            .ToList();
        Assert.All(entries, entry => Assert.Matches(@"^\*\*[^*]+\.\*\* .*\. \(\d\d\)$", entry));
        var words = entries.Select(entry => entry.Split("**")[1].TrimEnd('.')).ToList();
        Assert.Equal(words.Distinct().Order(StringComparer.OrdinalIgnoreCase), words);
    }

    [GeneratedRegex("`([A-Za-z0-9.]+)`")]
    private static partial Regex Name();
}
