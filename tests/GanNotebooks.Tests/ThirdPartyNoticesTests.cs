using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GanNotebooks.Data;

namespace GanNotebooks.Tests;

/// <summary>THIRD-PARTY-NOTICES.md names what is shipped: version, licence and its text, as lock files and packages have it.</summary>
public sealed partial class ThirdPartyNoticesTests
{
    private static readonly string[] Shipped = ["lib/GanNotebooks", "lib/GanNotebooks.Workbook"];

    private static string Root => Path.GetDirectoryName(DataFolder.Find())!;

    private static string Notices => File.ReadAllText(Path.Combine(Root, "THIRD-PARTY-NOTICES.md"));

    private static Dictionary<string, (string Version, string Licence, string Copyright)> Rows => Notices.Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells is [_, not ['-', ..], _, _, _, _]).ToDictionary(cells => cells[1], cells => (cells[2], cells[3], cells[4]));

    public static TheoryData<string, string> Packages
    {
        get
        {
            var packages = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var framework in Shipped.SelectMany(project => JsonNode.Parse(
                File.ReadAllText(Path.Combine(Root, project, "packages.lock.json")))!["dependencies"]!.AsObject().Select(f => f.Value!)))
            {
                foreach (var (name, package) in framework.AsObject().Where(p => p.Value!["resolved"] is not null))
                    packages[name] = package!["resolved"]!.ToString();
            }

            var data = new TheoryData<string, string>();
            foreach (var (name, version) in packages)
                data.Add(name, version);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Notices_ShippedPackage_HasARowThatAgreesWithThePackage(string name, string version)
    {
        Assert.True(Rows.TryGetValue(name, out var row), $"THIRD-PARTY-NOTICES.md has no row for {name} {version}");
        Assert.Equal(version, row.Version);
        Assert.NotEmpty(row.Copyright);
        if (Licence(name, version) is { } stated && !row.Licence.StartsWith("[several]", StringComparison.Ordinal))
            Assert.StartsWith($"[{stated}]", row.Licence, StringComparison.Ordinal);
    }

    // A row that nothing is shipped for is of a package that was there once.
    [Fact]
    public void Notices_Rows_AreOfPackagesThatAreShippedOrOfTheBook() =>
        Assert.Equal(
            [
                "KaTeX, with its fonts", "MiniSearch", "marked, in reveal.js's plugin for notes", "plotly.js, from the package Plotly.NET",
                "reveal.js",
            ],
            Rows.Keys.Except(Packages.Select(p => p.Data.Item1)).Except(["package", "component"]).Order(StringComparer.Ordinal));

    [Fact]
    public void Notices_EveryLicence_HasItsText() => Assert.All(Link().Matches(Notices), link =>
    {
        string file = Path.Combine(Root, link.Groups[1].Value);
        Assert.True(File.Exists(file) && new FileInfo(file).Length > 1000, file);
    });

    [Fact]
    public void Notices_BundledScripts_AreOfTheVersionsThatAreNamed()
    {
        string katex = File.ReadAllText(Path.Combine(Root, "lib", "GanNotebooks.Workbook", "Assets", "katex", "katex.min.js"));
        Assert.Contains($"version:\"{Rows["KaTeX, with its fonts"].Version}\"", katex, StringComparison.Ordinal);
        string reveal = Path.Combine(Root, "lib", "GanNotebooks.Workbook", "Slides", "Assets", "reveal");
        Assert.Contains($"`{Rows["reveal.js"].Version}`", File.ReadAllText(Path.Combine(reveal, "reveal.js")), StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(reveal), file => Assert.Contains(
            $"| `{Path.GetFileName(file)}` | `{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}` |", Notices,
            StringComparison.Ordinal));
        string plotly = File.ReadAllText(Path.Combine(Root, "lib", "bin", "Plotly.NET.dll"), System.Text.Encoding.Latin1);
        Assert.Contains($"plotly.js v{Rows["plotly.js, from the package Plotly.NET"].Version}", plotly, StringComparison.Ordinal);
    }

    // The licence that the package states; null where it states none, or where no package cache is at hand.
    private static string? Licence(string name, string version)
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string file = Path.Combine(cache, name.ToLowerInvariant(), version, name.ToLowerInvariant() + ".nuspec");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants()
                .FirstOrDefault(e => e.Name.LocalName == "license" && (string?)e.Attribute("type") == "expression")?.Value
            : null;
    }

    [GeneratedRegex(@"\]\((licenses/[^)]*)\)")]
    private static partial Regex Link();
}
