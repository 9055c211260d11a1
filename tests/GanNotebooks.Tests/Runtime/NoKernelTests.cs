using System.Reflection;
using System.Runtime.Loader;
using GanNotebooks.Data;
using GanNotebooks.Runtime;

namespace GanNotebooks.Tests.Runtime;

/// <summary>The library where there is no kernel: nothing of .NET Interactive lies beside it, and it asks for nothing of it.</summary>
public sealed class NoKernelTests
{
    private static string Library => Path.Combine(Path.GetDirectoryName(DataFolder.Find())!, "lib", "bin");

    [Fact]
    public void Output_Library_BringsNothingOfTheKernel() => Assert.DoesNotContain(
        Directory.EnumerateFiles(Library, "*.dll").Select(Path.GetFileName),
        file => file!.StartsWith("Microsoft.DotNet.Interactive", StringComparison.Ordinal));

    [Fact]
    public void Library_WithoutAKernel_HasAllItsTypesAndPlainOutput()
    {
        // The kernel is in the process, and yet not to be had: the harder of the two cases.
        Assert.NotNull(typeof(Microsoft.DotNet.Interactive.Kernel).Assembly);
        var context = new WithoutKernel();
        var library = context.LoadFromAssemblyPath(Path.Combine(Library, "GanNotebooks.dll"));

        Assert.Equal(typeof(Lab).Assembly.GetTypes().Length, library.GetTypes().Length);
        Assert.All(library.GetTypes(), type => type.GetCustomAttributes(inherit: true));
        var host = library.GetType(typeof(NotebookHost).FullName!)!;
        Assert.Equal(nameof(HostKind.Plain), host.GetProperty(nameof(NotebookHost.Kind))!.GetValue(null)!.ToString());
        Assert.Equal(CancellationToken.None, host.GetProperty(nameof(NotebookHost.Cancellation))!.GetValue(null));
    }

    /// <summary>A second copy of the library, in a world in which the kernel's assemblies do not exist.</summary>
    private sealed class WithoutKernel() : AssemblyLoadContext("without a kernel")
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name!.StartsWith("Microsoft.DotNet.Interactive", StringComparison.Ordinal)
            ? throw new FileNotFoundException("not here", assemblyName.Name)
            : null;
    }
}
