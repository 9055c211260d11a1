using GanNotebooks.Runtime;

namespace GanNotebooks.Tests.Runtime;

public sealed class NativeDependenciesTests : IDisposable
{
    private readonly string site = Directory.CreateTempSubdirectory("gan-notebooks-site-").FullName;

    public void Dispose() => Directory.Delete(site, recursive: true);

    [Fact]
    public void Load_DependencyThatTheLoaderMisses_IsLoadedByItsPathFirst()
    {
        string lib = Put("torch/lib/libtorch_cuda.so"), blas = Put("nvidia/cublas/lib/libcublas.so.12"),
            part = Put("nvidia/cu13/lib/libcublasLt.so.12");
        var needs = new Dictionary<string, string> { [lib] = "libcublas.so.12", [blas] = "libcublasLt.so.12" };
        var loaded = new List<string>();
        nint Open(string path)
        {
            if (needs.TryGetValue(path, out string? name) && !loaded.Exists(p => Path.GetFileName(p) == name))
            {
                throw new DllNotFoundException(
                    $"Unable to load shared library '{path}' or one of its dependencies.\n{name}: cannot open shared object file: No "
                        + "such file or directory");
            }

            loaded.Add(path);
            return loaded.Count;
        }
        Assert.Equal(3, NativeDependencies.Load(lib, NativeDependencies.FoldersBeside(Path.GetDirectoryName(lib)!), Open, []));
        Assert.Equal([part, blas, lib], loaded);
    }

    [Theory]
    [InlineData("libcudnn.so.9: cannot open shared object file: No such file or directory")] // nowhere
    [InlineData("undefined symbol: _ZN2at5emptyE")]
    public void Load_WhatCannotBeHelped_IsPassedOn(string message)
    {
        string lib = Put("torch/lib/libtorch_cuda.so");
        var error = Assert.Throws<DllNotFoundException>(
            () => NativeDependencies.Load(lib, NativeDependencies.FoldersBeside(Path.GetDirectoryName(lib)!),
                _ => throw new DllNotFoundException(message), []));
        Assert.Equal(message, error.Message);
    }

    // A file that is there and does not load must not be tried for ever.
    [Fact]
    public void Load_DependencyThatDoesNotHelp_IsTriedOnce()
    {
        string lib = Put("torch/lib/libtorch_cuda.so"), other = Put("nvidia/cublas/lib/libcublas.so.12");
        var tried = new List<string>();
        nint Open(string path)
        {
            tried.Add(path);
            return path == other ? 1 : throw new DllNotFoundException("libcublas.so.12: cannot open shared object file");
        }
        Assert.Throws<DllNotFoundException>(() =>
            NativeDependencies.Load(lib, NativeDependencies.FoldersBeside(Path.GetDirectoryName(lib)!), Open, []));
        Assert.Equal([lib, other, lib], tried);
    }

    // What .NET really says on this system.
    [Fact]
    public void Missing_MessageOfTheRealLoader_IsNotMistaken()
    {
        var error = Assert.Throws<DllNotFoundException>(
            () => System.Runtime.InteropServices.NativeLibrary.Load(Path.Combine(site, "libnone.so")));
        Assert.True(NativeDependencies.Missing(error.Message) is null or "libnone.so", error.Message);
    }

    private string Put(string name)
    {
        string path = Path.Combine(site, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }
}
