using System.Reflection;
using System.Runtime.Loader;

namespace GanNotebooks.Runtime;

/// <summary>
/// Serves Plotly.NET and what it needs from the library's own folder, in a load context of its own: notebook hosts bring an older
/// FSharp.Core, beside which Plotly.NET 6 fails.
/// </summary>
internal static class PlotlyIsolation
{
    private static readonly string[] Isolated = ["Plotly.NET", "Plotly.NET.CSharp", "DynamicObj", "Giraffe.ViewEngine", "FSharp.Core"];

    /// <summary>Hooks the default load context, and the library's own where a host has loaded it into another one.</summary>
    public static void Install()
    {
        var ours = typeof(PlotlyIsolation).Assembly;
        if (Path.GetDirectoryName(ours.Location) is not { Length: > 0 } folder)
            return;
        var own = AssemblyLoadContext.GetLoadContext(ours) ?? AssemblyLoadContext.Default;
        var context = new PlotlyLoadContext(folder, own);
        AssemblyLoadContext.Default.Resolving += (_, name) => context.TryServe(name);
        if (own != AssemblyLoadContext.Default)
            own.Resolving += (_, name) => context.TryServe(name);
    }

    /// <summary>
    /// The reason why no figure can be shown, in plain words, or null. A notebook that names the package
    /// Plotly.NET.Interactive before the library has Plotly.NET 6 loaded beside the kernel's FSharp.Core, and what is loaded stays.
    /// </summary>
    public static string? Conflict
    {
        get
        {
            string? folder = Path.GetDirectoryName(typeof(PlotlyIsolation).Assembly.Location);
            var foreign = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a =>
                a.GetName() is { Name: "Plotly.NET", Version.Major: >= 6 } && Path.GetDirectoryName(a.Location) != folder);
            return foreign is null
                ? null
                : "Plotly.NET was loaded before the workbook's library, by a line such as #r \"nuget: Plotly.NET.Interactive, 6.0.0\". "
                    + "Beside this kernel's FSharp.Core it cannot draw. "
                    + "Restart the kernel, and put that line after the cell #!import setup.csx.";
        }
    }

    private sealed class PlotlyLoadContext(string folder, AssemblyLoadContext own) : AssemblyLoadContext("GanNotebooks.Plotly")
    {
        public Assembly? TryServe(AssemblyName name) => Array.IndexOf(Isolated, name.Name) >= 0 ? Load(name) : null;

        // TorchSharp and the library itself keep static state: there must be one copy of each, the host's.
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name is null or "TorchSharp" || assemblyName.Name.StartsWith("GanNotebooks", StringComparison.Ordinal))
                return own.LoadFromAssemblyName(assemblyName);
            string file = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
