using GanNotebooks.Workbook.NotebookProcess;

namespace GanNotebooks.Workbook.Tests.NotebookProcess;

public sealed class PackageLinesTests
{
    [Theory]
    [InlineData("#r \"nuget: TorchSharp, 0.107.0\"\nvar x = 1;", "TorchSharp.dll")]
    [InlineData("#r \"nuget: TorchSharp-cpu, 0.50.0\"", "TorchSharp.dll")]
    [InlineData("#r \"nuget:Plotly.NET\"", "Plotly.NET.dll")]
    [InlineData("  #r   \"nuget:  Plotly.NET.Interactive, 6.0.0\"", "Plotly.NET.dll")]
    public void Replace_PackageThatTheLibraryBrings_IsTheLibrarysCopy(string code, string file)
    {
        string replaced = PackageLines.Replace(code, LibraryFolder.Path, out string? notes, out var failure);

        Assert.Null(failure);
        Assert.StartsWith($"{code.Split('\n')[0].Trim()}: the library's {Path.GetFileNameWithoutExtension(file)} ", notes,
            StringComparison.Ordinal);
        Assert.StartsWith($"#r \"{Path.Combine(LibraryFolder.Path, file)}\"", replaced, StringComparison.Ordinal);
        Assert.Equal(code.Split('\n').Length, replaced.Split('\n').Length);
    }

    [Fact]
    public void Replace_OtherPackage_FailsWithItsLineAndWhatToDo()
    {
        PackageLines.Replace("var x = 1;\n#r \"nuget: Newtonsoft.Nothing, 1.0\"", LibraryFolder.Path, out string? notes, out var failure);

        Assert.Empty(notes);
        Assert.Equal(("PackageReference", 2), (failure!.Name, failure.Line));
        Assert.Contains("Newtonsoft.Nothing", failure.Message, StringComparison.Ordinal);
        Assert.Contains("fetches no packages", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var x = 1;\n#r \"nuget: Plotly.NET.Interactive, 6.0.0\"", true)]
    [InlineData("#r \"nuget: Plotly.NET, 6.0.0\"", false)]
    public void WantCharts_Code_IsTrueForTheChartsPackageOnly(string code, bool wants) =>
        Assert.Equal(wants, PackageLines.WantCharts(code));

    [Theory]
    [InlineData("#r \"../other.dll\"")]
    [InlineData("var text = \"#r nuget: X\";")]
    [InlineData("// #r \"nuget: X\"")]
    public void Replace_OtherLines_StayAsTheyAre(string code)
    {
        Assert.Equal(code, PackageLines.Replace(code, LibraryFolder.Path, out string? notes, out var failure));
        Assert.Null(failure);
        Assert.Empty(notes);
    }
}
