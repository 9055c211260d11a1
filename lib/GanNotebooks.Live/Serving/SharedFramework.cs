using System.Reflection;
using System.Runtime.Loader;

namespace GanNotebooks.Live;

/// <summary>
/// ASP.NET Core for hosts that were started without it, such as dotnet-repl: its assemblies are taken from the folder beside the running
/// runtime.
/// </summary>
internal static class SharedFramework
{
    private const string Name = "Microsoft.AspNetCore.App", Probe = "Microsoft.AspNetCore.Server.Kestrel.Core";

    private static readonly Lock Gate = new();
    private static bool isThere;

    /// <summary>Makes sure that types of ASP.NET Core can be used.</summary>
    /// <exception cref="LivePageException">There is none for this runtime.</exception>
    public static void Require()
    {
        lock (Gate)
        {
            if (isThere)
                return;
            if (!Loads())
            {
                string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
                Serve(Find(runtime) ?? throw new LivePageException(Missing(runtime)));
                if (!Loads())
                    throw new LivePageException(Missing(runtime));
            }

            isThere = true;
        }
    }

    /// <summary>The newest ASP.NET Core of the same major version beside a runtime; null for none.</summary>
    /// <param name="runtime">The folder of the runtime, such as <c>/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.0</c>.</param>
    internal static string? Find(string runtime)
    {
        string all = Path.GetFullPath(Path.Combine(runtime, "..", "..", Name));
        return !Directory.Exists(all) ? null
            : Directory.EnumerateDirectories(all)
                .Select(folder => (Folder: folder, Version: VersionOf(folder)))
                .Where(found => found.Version?.Major == Environment.Version.Major)
                .OrderByDescending(found => found.Version).Select(found => found.Folder).FirstOrDefault();
    }

    /// <summary>What is wrong and what to do, when a runtime has none.</summary>
    internal static string Missing(string runtime) =>
        $"The live page needs ASP.NET Core {Environment.Version.Major}, which the .NET SDK brings along. "
        + $"{Path.GetFullPath(Path.Combine(runtime, "..", ".."))} has none. "
        + $"Install the .NET {Environment.Version.Major} SDK or the ASP.NET Core runtime, and start again.";

    private static AssemblyLoadContext Own =>
        AssemblyLoadContext.GetLoadContext(typeof(SharedFramework).Assembly) ?? AssemblyLoadContext.Default;

    private static bool Loads()
    {
        try
        {
            var version = new Version(Environment.Version.Major, 0, 0, 0);
            return Own.LoadFromAssemblyName(new AssemblyName(Probe) { Version = version }).GetName().Version >= version;
        }
        catch (Exception error) when (error is FileNotFoundException or FileLoadException)
        {
            return false;
        }
    }

    private static void Serve(string folder)
    {
        AssemblyLoadContext.Default.Resolving += Resolve;
        if (Own != AssemblyLoadContext.Default)
            Own.Resolving += Resolve;

        Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
        {
            string file = Path.Combine(folder, name.Name + ".dll");
            return File.Exists(file) ? AssemblyLoadContext.Default.LoadFromAssemblyPath(file) : null;
        }
    }

    private static Version? VersionOf(string folder) =>
        Version.TryParse(Path.GetFileName(folder).Split('-')[0], out var version) ? version : null;
}
