using System.Diagnostics;
using System.Text.Json.Nodes;
using GanNotebooks.Data;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GanNotebooks.Tests;

/// <summary>What the build leaves behind, and what it would restore.</summary>
public sealed class BuildTests
{
    private static string Root => Path.GetDirectoryName(DataFolder.Find())!;

    private static string Output => Path.Combine(Root, "lib", "bin");

    [Fact]
    public void Output_Library_BringsEveryManagedDependencyItsDocumentationAndItsNatives()
    {
        foreach (string? file in new[] { "GanNotebooks.dll", "GanNotebooks.xml", "TorchSharp.dll", "TorchSharp.PyBridge.dll",
            "Razorvine.Pickle.dll", "Plotly.NET.dll", "FSharp.Core.dll", "DynamicObj.dll", "Newtonsoft.Json.dll" })
        {
            Assert.True(File.Exists(Path.Combine(Output, file)), file);
        }

        if (OperatingSystem.IsLinux())
        {
            Assert.All(["libLibTorchSharp.so", "libtorch_cpu.so", "libtorch.so", "libc10.so"],
                file => Assert.True(File.Exists(Path.Combine(Output, file)), file));
        }
    }

    [Fact]
    public void Setup_References_ExistAndEndWithTheModuleConstructor()
    {
        var lines = File.ReadAllLines(Path.Combine(Root, "notebooks", "setup.csx")).Where(l => l.Length > 0).ToList();
        var references = lines.Where(l => l.StartsWith("#r ", StringComparison.Ordinal)).Select(l => l[4..^1]).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, path => Assert.True(Path.IsPathFullyQualified(path) && File.Exists(path), path));
        Assert.Contains("RunModuleConstructor", lines[^1], StringComparison.Ordinal);
    }

    // With it every command and every notebook's process would start more slowly, and the GPU kit, which has none, not at all.
    [Fact]
    public void Workbook_Frameworks_AreTheRuntimeAlone() => Assert.DoesNotContain("AspNetCore",
        File.ReadAllText(Path.Combine(Root, "lib", "GanNotebooks.Workbook", "bin", "Release", "workbook.runtimeconfig.json")),
        StringComparison.Ordinal);

    // In a raw string literal a line is a line of data or of HTML; everywhere else a long line wraps in an editor.
    [Fact]
    public void Source_Lines_AreAtMost140CharactersLong()
    {
        string[] files = [.. new[] { "lib", "tests" }.SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))];
        Assert.True(files.Length > 500, $"only {files.Length} files found");
        Assert.Empty(from file in files
                     from line in LongLines(File.ReadAllText(file))
                     select $"{Path.GetRelativePath(Root, file)}:{line}");
    }

    [Theory]
    [InlineData("var x = 1;", false)]
    [InlineData("// ", true)]
    [InlineData("var x = \"\"; // ", true)]
    [InlineData("var x = \"\"\"a\"\"\"; // ", true)]
    [InlineData("var x = \"\"\"\n", false)]
    [InlineData("var x = $$\"\"\"\n{{1}}", false)]
    public void LongLines_RawStrings_AreLeftOut(string start, bool found)
    {
        string end = start.Contains("\"\"\"\n", StringComparison.Ordinal) ? "\n\"\"\";" : "";
        string filling = start.EndsWith(';') ? "" : new string('x', MostCharacters);
        Assert.Equal(found ? [1] : [], LongLines(start + filling + end));
    }

    private const int MostCharacters = 140;

    private static IEnumerable<int> LongLines(string source)
    {
        var tree = CSharpSyntaxTree.ParseText(source);
        var raw = tree.GetRoot().DescendantNodes().Where(IsRawText).Select(node => node.GetLocation().GetLineSpan())
            .SelectMany(span => Enumerable.Range(span.StartLinePosition.Line, span.EndLinePosition.Line - span.StartLinePosition.Line + 1))
            .ToHashSet();
        return tree.GetText().Lines.Where(line => line.Span.Length > MostCharacters && !raw.Contains(line.LineNumber))
            .Select(line => line.LineNumber + 1);
    }

    private static bool IsRawText(SyntaxNode node) =>
        (node as LiteralExpressionSyntax)?.Token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken) == true
        || (node as InterpolatedStringExpressionSyntax)?.StringStartToken.IsKind(SyntaxKind.InterpolatedMultiLineRawStringStartToken)
            == true;

    // 200 MB is the promise; natives that are hard links into the package cache take no space of their own.
    [Fact]
    public void Output_AllProjects_TakeUnder200MegabytesOfTheirOwn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "asks the system for link counts");
        Assert.SkipUnless(NativesCanBeLinked(), "the package folder and the checkout are on two disks, or one of them is read-only");
        string files = Run("find", [Root, "-type", "f", "-links", "1", "(", "-path", "*/bin/*", "-o", "-path", "*/obj/*", ")",
            "-printf", "%s\n"]);
        long bytes = files.Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(long.Parse);
        Assert.InRange(bytes, 1, 200_000_000);
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("cpu", "linux-x64", "libtorch-cpu-linux-x64")]
    [InlineData("cpu", "win-x64", "libtorch-cpu-win-x64")]
    [InlineData("cpu", "osx-arm64", "libtorch-cpu-osx-arm64")]
    [InlineData("cuda", "linux-x64", "TorchSharp-cuda-linux")]
    [InlineData("cuda", "win-x64", "TorchSharp-cuda-windows")]
    [InlineData("none", "linux-x64", null)]
    public void TorchBackend_Platform_BringsExactlyItsNativePackage(string backend, string platform, string? package)
    {
        string json =
            Run("dotnet", ["msbuild", Path.Combine(Root, "lib", "GanNotebooks", "GanNotebooks.csproj"), "-getItem:PackageReference",
            $"-p:TorchBackend={backend}", "-p:UseCurrentRuntimeIdentifier=false", $"-p:RuntimeIdentifier={platform}"]);
        var native = JsonNode.Parse(json)!["Items"]!["PackageReference"]!.AsArray().Select(item => (string?)item!["Identity"])
            .Where(id => id!.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase) || id.Contains("-cuda-", StringComparison.Ordinal));
        Assert.Equal(package is null ? [] : [package], native);
    }

    // A package file is linked next to the output, as the build does it with libtorch.
    private static bool NativesCanBeLinked()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        if (!Directory.Exists(packages))
            return false;
        string probe = Path.Combine(Output, Path.GetRandomFileName());
        using var link = Process.Start(new ProcessStartInfo("ln", [FirstPackage(packages), probe]) { RedirectStandardError = true })!;
        link.StandardError.ReadToEnd();
        link.WaitForExit();
        File.Delete(probe);
        return link.ExitCode == 0;
    }

    private static string FirstPackage(string packages) =>
        Directory.EnumerateFiles(Path.Combine(packages, "torchsharp"), "*.nupkg", SearchOption.AllDirectories).First();

    private static string Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
