using GanNotebooks.Runtime;

namespace GanNotebooks.Tests.Runtime;

public sealed class LibTorchVersionTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("gan-notebooks-libtorch-").FullName;

    private string Lib => Directory.CreateDirectory(Path.Combine(root, "lib")).FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Of_PythonTorch_IsTheOneInVersionPy()
    {
        File.WriteAllText(Path.Combine(root, "version.py"), "from typing import Optional\n__version__ = '2.10.0+cu128'\ndebug = False\n");
        Assert.Equal("2.10.0+cu128", LibTorchVersion.Of(Lib));
    }

    [Fact]
    public void Of_LibTorchArchive_IsTheOneInBuildVersion()
    {
        File.WriteAllText(Path.Combine(root, "build-version"), "2.9.1+cpu\n");
        Assert.Equal("2.9.1+cpu", LibTorchVersion.Of(Lib));
    }

    [Fact]
    public void Of_FolderThatSaysNothing_IsUnknown() => Assert.Null(LibTorchVersion.Of(Lib));

    [Theory]
    [InlineData("2.10.0+cu128", null)]
    [InlineData("2.10.3", null)]
    [InlineData("2.9.1+cpu", "is 2.9.1+cpu, but this TorchSharp was built for 2.10.0")]
    [InlineData("2.1.0", "Take a torch 2.10")]
    [InlineData(null, "does not say which version it is; this TorchSharp was built for 2.10.0")]
    public void Warning_MinorVersionsThatDiffer_AreNamed(string? found, string? expected)
    {
        string? warning = LibTorchVersion.Warning("lib", found, "2.10.0");
        if (expected is null)
            Assert.Null(warning);
        else
            Assert.Contains(expected, warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.10.0", "The libtorch in lib does not fit. It lacks 2 of the functions")]
    [InlineData("2.11.0+cu130", "is 2.11.0+cu130, but this TorchSharp was built for 2.10.0")]
    public void Warning_MissingFunctions_AreCountedAndOneIsNamed(string found, string expected)
    {
        string? warning = LibTorchVersion.Warning("lib", found, "2.10.0", ["_ZN2at4_ops3add4callERKNS_6TensorE", "_ZN5torch3jit4loadE"]);
        Assert.Contains(expected, warning, StringComparison.Ordinal);
        Assert.Contains("such as _ZN2at4_ops3add4callERKNS_6TensorE; calling one ends the process.", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("C++ ABI", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Unfit_UndefinedSymbolWithTheNewStrings_SpeaksOfTheOldAbi()
    {
        string? plain = LibTorchVersion.Unfit("/x/libLibTorchSharp.so: undefined symbol: _ZN3c105ErrorC2ENSt7__cxx1112basic_stringIcE");
        Assert.Contains("needs _ZN3c105ErrorC2ENSt7__cxx1112basic_stringIcE, which this libtorch does not have", plain,
            StringComparison.Ordinal);
        Assert.Contains("old C++ ABI", plain, StringComparison.Ordinal);
        Assert.Null(LibTorchVersion.Unfit("libgomp.so.1: cannot open shared object file"));
    }

    [Fact]
    public void Expected_IsTheVersionThatWasLoaded() =>
        Assert.StartsWith(string.Join('.', LibTorchVersion.Expected.Split('.').Take(2)), TorchSharp.torch.__version__,
            StringComparison.Ordinal);

    [Fact]
    public void Report_OwnLibtorch_NeedsNoWarning() => Assert.Null(NativeTorch.Report.Warning);
}
