using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace GanNotebooks.Runtime;

/// <summary>
/// Loads a native library whose dependencies the system's loader may not find: the CUDA libraries of a Python torch lie in folders of their
/// own (<c>site-packages/nvidia/*/lib</c>). One that is missing is looked for there and loaded by its path; the loader then knows it by its
/// name.
/// </summary>
internal static partial class NativeDependencies
{
    private const string Driver = "libcuda.so.1";

    // Where containers and distributions put the driver's own library and a CUDA toolkit.
    private static readonly string[] SystemFolders =
    [
        "/usr/local/nvidia/lib64", "/usr/local/nvidia/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib/wsl/lib",
        "/usr/local/cuda/lib64", "/usr/local/cuda/targets/x86_64-linux/lib",
    ];

    /// <summary>Loads a library, after those of its missing dependencies that these folders contain.</summary>
    /// <param name="path">The absolute path of the library.</param>
    /// <param name="folders">The folders to search.</param>
    /// <returns>Its handle.</returns>
    /// <exception cref="DllNotFoundException">The library does not load; the message is the loader's.</exception>
    public static nint Load(string path, IReadOnlyList<string> folders) => Load(path, folders, NativeLibrary.Load, []);

    /// <summary>The same with the loader passed in.</summary>
    internal static nint Load(string path, IReadOnlyList<string> folders, Func<string, nint> open, HashSet<string> tried)
    {
        while (true)
        {
            try
            {
                return open(path);
            }
            catch (DllNotFoundException error) when (Missing(error.Message) is { } name && Find(name, folders) is { } dependency
                && dependency != path && tried.Add(dependency))
            {
                Load(dependency, folders, open, tried);
            }
        }
    }

    /// <summary>The folders that may hold what a libtorch needs.</summary>
    /// <param name="libtorch">The folder that holds libtorch_cpu; for a Python torch <c>site-packages/torch/lib</c>.</param>
    public static IReadOnlyList<string> FoldersBeside(string libtorch)
    {
        string site = Path.GetFullPath(Path.Combine(libtorch, "..", ".."));
        var toolkits = new[] { "CUDA_HOME", "CUDA_PATH" }.Select(Environment.GetEnvironmentVariable).Where(v => v is { Length: > 0 })
            .Select(v => Path.Combine(v!, "lib64"));
        return [.. new[] { libtorch, Path.Combine(site, "torch.libs") }.Concat(Below(Path.Combine(site, "nvidia"))).Concat(toolkits)
            .Concat(SystemFolders).Where(Directory.Exists)];
    }

    /// <summary>
    /// Loads the NVIDIA driver's library by its path where the loader does not know its name: CUDA asks for it by name only.
    /// </summary>
    public static void LoadDriver(IReadOnlyList<string> folders)
    {
        if (!NativeLibrary.TryLoad(Driver, out _) && Find(Driver, folders) is { } file)
            NativeLibrary.TryLoad(file, out _);
    }

    /// <summary>The name of the library that the loader missed; null when it complains of something else.</summary>
    internal static string? Missing(string message) =>
        MissingLibrary().Match(message) is { Success: true } match ? match.Groups[1].Value : null;

    private static IEnumerable<string> Below(string nvidia) =>
        Directory.Exists(nvidia)
            ? Directory.EnumerateDirectories(nvidia).Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "lib"))
            : [];

    /// <summary>The first file of that name in the folders; null when there is none.</summary>
    internal static string? Find(string name, IEnumerable<string> folders) =>
        folders.Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    [GeneratedRegex(@"([\w.+-]+\.so[\w.]*): cannot open shared object file")]
    private static partial Regex MissingLibrary();
}
