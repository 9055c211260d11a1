using System.Reflection;
using System.Runtime.Loader;

namespace GanNotebooks.Runtime;

/// <summary>
/// Answers requests for an older TorchSharp with the one that is loaded: a package that a reader adds to a notebook, such as
/// TorchSharp.PyBridge, was built against some older version, and two copies of TorchSharp do not work together.
/// </summary>
internal static class TorchAssemblyRedirect
{
    private const string Torch = "TorchSharp";

    /// <summary>Hooks the default load context, and the library's own where a host has loaded it into another one.</summary>
    public static void Install()
    {
        AssemblyLoadContext.Default.Resolving += (_, name) => Serve(name);
        if (AssemblyLoadContext.GetLoadContext(typeof(TorchAssemblyRedirect).Assembly) is { } own && own != AssemblyLoadContext.Default)
            own.Resolving += (_, name) => Serve(name);
    }

    /// <summary>The loaded TorchSharp, if that is what is asked for, in this or an older version.</summary>
    internal static Assembly? Serve(AssemblyName wanted) => wanted.Name != Torch
        ? null
        : AppDomain.CurrentDomain.GetAssemblies()
            .FirstOrDefault(a => a.GetName() is { Name: Torch } loaded && (wanted.Version is null || loaded.Version >= wanted.Version));
}
