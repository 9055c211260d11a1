using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace GanNotebooks.Workbook;

/// <summary>
/// Resolves the library and all it needs from lib/bin, the folder that the notebooks' `#r` lines name: so a process holds one copy of
/// GanNotebooks and of TorchSharp, whoever asks first.
/// </summary>
internal static class LibraryFolder
{
    /// <summary>lib/bin of the clone that the program lies in, or else of the clone that it was built in.</summary>
    public static string Path { get; } = Beside() ?? typeof(LibraryFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(data => data.Key == "LibraryFolder").Value!;

    // From lib/GanNotebooks.Workbook/bin/Release: a clone may be moved, or be carried to another machine.
    private static string? Beside()
    {
        string folder = System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "bin"));
        return File.Exists(System.IO.Path.Combine(folder, "GanNotebooks.dll")) ? folder : null;
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Must be in place before the first use of a library type, here and in the tests.")]
    public static void Hook() => AssemblyLoadContext.Default.Resolving += Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        string file = System.IO.Path.Combine(Path, name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}
