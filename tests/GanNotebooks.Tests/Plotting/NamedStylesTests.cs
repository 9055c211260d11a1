using System.Globalization;
using System.Text.RegularExpressions;
using GanNotebooks.Plotting;
using GanNotebooks.Studies;

namespace GanNotebooks.Tests.Plotting;

/// <summary>A name looks the same in the whole book, other names look different, and all can be seen on light and dark pages.</summary>
public sealed partial class NamedStylesTests
{
    private const double Enough = 3; // WCAG 2.2, 1.4.11: graphical objects

    [Fact]
    public void All_Styles_DifferInColourOrDash()
    {
        var looks = NamedStyles.All.Select(row => (row.Style.Color, row.Style.Dash)).ToList();
        Assert.Equal(looks.Distinct().Count(), looks.Count);
        Assert.Equal(NamedStyles.All.SelectMany(row => row.Names).Distinct(StringComparer.OrdinalIgnoreCase).Count(),
            NamedStyles.All.Sum(row => row.Names.Length));
    }

    [Fact]
    public void Line_NameOfAMethod_LooksTheSameInAnyOrder()
    {
        string[] names = ["GAN", "PacGAN2", "R1", "R3", "SN-hinge", "my own"];
        Assert.Equal(names.ToDictionary(n => n, n => Look(names, n)).Where(p => p.Key != "my own"),
            names.ToDictionary(n => n, n => Look(names.Reverse(), n)).Where(p => p.Key != "my own"));
    }

    [Fact]
    public void Style_FreeOnes_AreNotThoseOfNames()
    {
        var named = NamedStyles.All.Select(row => (row.Style.Color, row.Style.Dash)).ToHashSet();
        Assert.DoesNotContain(Enumerable.Range(0, 8).Select(i => Style.For(Role.Auto, i)), s => named.Contains((s.Color, s.Dash)));
    }

    [Fact]
    public void Line_NamesOfAllMethods_AreInTheTable() =>
        Assert.All(CollapseMethod.All, method => Assert.NotNull(NamedStyles.Find(method.Name)));

    [Theory]
    [InlineData("flow, time h", "flow")]
    [InlineData("saturating: σ(l)", "saturating")]
    [InlineData("R1 (γ = 1)", "r1")]
    public void Find_NameWithDetails_IsTheNameBeforeThem(string detailed, string name) =>
        Assert.Equal(NamedStyles.Find(name), NamedStyles.Find(detailed));

    [Fact]
    public void Line_TwoOfOneName_HaveOneColourAndTwoDashes()
    {
        string[] names = ["R1, γ = 1", "R1, γ = 10"];
        var (first, second) = (Look(names, names[0]), Look(names, names[1]));
        Assert.Equal(first.Colour, second.Colour);
        Assert.NotEqual(first.Dash, second.Dash);
    }

    [Fact]
    public void Line_FreeStyles_AvoidThoseOfNames()
    {
        string[] names = ["PacGAN2", "a", "b", "c", "d", "e", "f", "g", "h"];
        var looks = names.Select(n => Look(names, n)).ToList();
        Assert.Equal(looks.Count, looks.Distinct().Count());
    }

    [Fact]
    public void Palette_ColoursOfLines_HaveContrastOnLightAndDarkPages()
    {
        var palette = Colours().Matches(Script()).Where(m => m.Groups[1].Value is not ("grid" or "paper" or "cold" or "cool" or "neutral" or "warm" or "hot"))
            .ToList();
        Assert.Equal(10, palette.Count);
        foreach (var colour in palette)
        {
            Assert.All((string[])["#ffffff", "#fdfcfa"], paper => Assert.InRange(Contrast(colour.Groups[2].Value, paper), Enough, 21));
            Assert.All((string[])["#16171a", "#1f1f1f", "#2b2b2b"],
                paper => Assert.InRange(Contrast(colour.Groups[3].Value, paper), Enough, 21));
        }
    }

    private static (string Colour, string Dash) Look(IEnumerable<string> names, string name)
    {
        var plot = names.Aggregate(new Plot("", "x", "y"), (p, n) => p.Line(n, [0, 1], [0, 1]));
        var line = plot.Specification()["data"]!.AsArray().Single(t => (string?)t!["name"] == name)!["line"]!;
        return ((string)line["color"]!, (string)line["dash"]!);
    }

    private static string Script()
    {
        using var stream = typeof(Plot).Assembly.GetManifestResourceStream("figures.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string colour) =>
        0.2126 * Channel(colour, 1) + 0.7152 * Channel(colour, 3) + 0.0722 * Channel(colour, 5);

    private static double Channel(string colour, int at)
    {
        double value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex("\"@([a-z]+)\": \\[\"(#[0-9a-f]{6})\", \"(#[0-9a-f]{6})\"\\]")]
    private static partial Regex Colours();
}
