using System.Text.RegularExpressions;
using GanNotebooks.Data;

namespace GanNotebooks.Tests;

/// <summary>The folders of the library are its architecture: who may know whom. Read off the source, usings and full names.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Runtime"] = [],
        ["Theory"] = [],
        ["Data"] = ["Runtime"],
        ["Networks"] = [],
        ["Losses"] = ["Theory"],
        ["Regularizers"] = [],
        ["Training"] = ["Networks", "Losses", "Regularizers", "Data", "Runtime", "Metrics"],
        ["Metrics"] = ["Data", "Networks", "Interop", "Runtime"],
        ["Interop"] = ["Runtime"],
        ["Plotting"] = ["Theory", "Metrics", "Training", "Runtime"],
    };

    // A property named Data is common, the folder's partial name is not.
    private static string Partial(string folder) => folder == "Data" ? "Data.Data" : folder;

    private static string Library => Path.Combine(Path.GetDirectoryName(DataFolder.Find())!, "lib", "GanNotebooks");

    public static TheoryData<string> Folders => [.. MayKnow.Keys.Where(f => Directory.Exists(Path.Combine(Library, f)))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_Source_KnowsOnlyWhatItMay(string folder)
    {
        var known = from file in Directory.EnumerateFiles(Path.Combine(Library, folder), "*.cs")
                    from other in MayKnow.Keys
                    where other != folder
                        && Regex.IsMatch(File.ReadAllText(file), $@"GanNotebooks\.{other}\b|(?<![\w.]){Partial(other)}\.[A-Z]\w+")
                    where !MayKnow[folder].Contains(other)
                    select $"{Path.GetFileName(file)} knows {other}";
        Assert.Empty(known);
    }

    [Fact]
    public void Theory_Source_KnowsNothingOfTorch() => Assert.DoesNotContain(
        Directory.EnumerateFiles(Path.Combine(Library, "Theory"), "*.cs"),
        file => File.ReadAllText(file).Contains("using TorchSharp", StringComparison.Ordinal));

    [Fact]
    public void Library_Folders_AreTheOnesOfTheArchitecture() => Assert.All(
        Directory.EnumerateDirectories(Library).Select(d => Path.GetFileName(d)).Where(d => d is not ("bin" or "obj")),
        folder => Assert.Contains(folder, MayKnow.Keys));

    // A generator of TorchSharp is on the CPU; torch refuses it for a tensor on a GPU.
    [Fact]
    public void Library_Source_FillsFromAGeneratorOnlyWhereItIsAllowedToOnAGpu() => Assert.Empty(
        from file in Directory.EnumerateFiles(Library, "*.cs", SearchOption.AllDirectories)
        where Path.GetFileName(file) != "SeededFill.cs"
        from Match call in Regex.Matches(File.ReadAllText(file),
            @"\.(?:normal_|uniform_)\([^;]*?(?:random|generator|weights)!?\)|new Generator\([^)]*[dD]evice")
        select $"{Path.GetFileName(file)}: {call.Value}");

    [Fact]
    public void Plotting_Source_NeverKnowsTheLoop() => Assert.DoesNotContain(
        Directory.EnumerateFiles(Path.Combine(Library, "Plotting"), "*.cs"), file => Regex.IsMatch(File.ReadAllText(file), @"\bTrainer\b"));
}
