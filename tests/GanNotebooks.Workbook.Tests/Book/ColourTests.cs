using System.Globalization;
using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>Every colour of text on every paper it can lie on, in both themes: WCAG AA asks for a contrast of 4.5.</summary>
public sealed partial class ColourTests
{
    private const double enough = 4.5;
    private static readonly string style =
        File.ReadAllText(Path.Combine(TestPaths.Repository.Root, "lib", "GanNotebooks.Workbook", "Assets", "book.css"));

    public static TheoryData<string, string> Pairs => new(
        from paper in new[] { "paper", "panel", "code", "good-paper", "bad-paper" }
        from ink in paper switch
        {
            "code" => new[] { "ink", "quiet", "k", "s", "n", "c", "t", "m" },
            "good-paper" => ["ink", "quiet", "good", "link"],
            "bad-paper" => ["ink", "quiet", "bad", "link"],
            _ => ["ink", "quiet", "link", "good", "bad"],
        }
        select (ink, paper));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Style_TextOnPaper_HasContrastInLightAndDark(string ink, string paper)
    {
        var (light, dark) = Themes();

        Assert.InRange(Contrast(light[ink], light[paper]), enough, 21);
        Assert.InRange(Contrast(dark[ink], dark[paper]), enough, 21);
    }

    private static (Dictionary<string, string> Light, Dictionary<string, string> Dark) Themes()
    {
        var blocks = Root().Matches(style).Take(2)
            .Select(block => Colour().Matches(block.Value).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value))
            .ToList();
        return (blocks[0], blocks[1]);
    }

    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    /// <summary>Relative luminance of sRGB, WCAG 2.2.</summary>
    private static double Luminance(string colour) =>
        0.2126 * Channel(colour, 1) + 0.7152 * Channel(colour, 3) + 0.0722 * Channel(colour, 5);

    private static double Channel(string colour, int at)
    {
        double value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    // The second is the dark one; ":root[data-theme=light]" has no colours.
    [GeneratedRegex(@"(?m)^:root(\[data-theme=""dark""\])? \{[^}]*\}")]
    private static partial Regex Root();

    [GeneratedRegex("--([a-z-]+): (#[0-9a-f]{6});")]
    private static partial Regex Colour();
}
