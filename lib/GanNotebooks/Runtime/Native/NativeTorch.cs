using System.Reflection;
using System.Runtime.InteropServices;

namespace GanNotebooks.Runtime;

/// <summary>
/// Loads torch's native libraries before TorchSharp looks for them: in a fixed order, by absolute path, and on a system whose C++
/// runtime is older than TorchSharp's compiler (Debian 12, Ubuntu 22.04) through a copy patched in memory. No file is written.
/// </summary>
public static class NativeTorch
{
    /// <summary>The symbol version that TorchSharp 0.107 wants from libstdc++ (GCC 13), and the only symbol that carries it.</summary>
    internal const string NewVersion = "GLIBCXX_3.4.32", NewSymbol = "_ZSt21ios_base_library_initv";

    /// <summary>
    /// An import of the same library that takes no argument and changes nothing. Older C++ runtimes set up their streams through
    /// objects inside libtorch itself, so the call that the new symbol makes is not missed.
    /// </summary>
    internal const string HarmlessSymbol = "_ZNSt6chrono3_V212steady_clock3nowEv";

    private static readonly Lock Gate = new();
    private static NativeTorchReport? report;

    /// <summary>Environment variable that names the folder of another libtorch (a Python torch's <c>lib</c> folder, for example).</summary>
    public const string LibTorchVariable = "GAN_NOTEBOOKS_LIBTORCH";

    /// <summary>The libraries that were loaded, and how. Calls <see cref="Load"/> if that has not happened yet.</summary>
    /// <exception cref="TorchLoadException">The native libraries of torch cannot be loaded.</exception>
    public static NativeTorchReport Report => Load();

    /// <summary>Loads the native libraries once; later calls return the first result.</summary>
    /// <exception cref="TorchLoadException">A file is missing or does not load; the message says which and what to do.</exception>
    public static NativeTorchReport Load()
    {
        lock (Gate)
            return report ??= LoadOnce();
    }

    /// <summary>Whether TorchSharp's native library loads as shipped beside this libstdc++, or needs the patched copy.</summary>
    /// <param name="torchSharpLibrary">Path of libLibTorchSharp.so.</param>
    /// <param name="cppRuntime">Path of libstdc++.so.6.</param>
    public static bool NeedsPatch(string torchSharpLibrary, string cppRuntime) =>
        new ElfImage(File.ReadAllBytes(torchSharpLibrary)).RequiresVersion(NewVersion)
        && !new ElfImage(File.ReadAllBytes(cppRuntime)).DefinesVersion(NewVersion);

    private static NativeTorchReport LoadOnce()
    {
        string directory = FindDirectory();
        OpenMpPolicy.PreferSleeping();
        string? elsewhere = Environment.GetEnvironmentVariable(LibTorchVariable) is { Length: > 0 } other ? Path.GetFullPath(other) : null;
        string libtorch = elsewhere ?? directory;
        var folders = OperatingSystem.IsLinux() ? NativeDependencies.FoldersBeside(libtorch) : [];
        if (OperatingSystem.IsLinux() && File.Exists(Path.Combine(libtorch, FileName("torch_cuda"))))
            NativeDependencies.LoadDriver(folders);
        foreach (string name in TorchLibraries())
            LoadFile(Path.Combine(libtorch, name), folders, required: name.Contains("torch_cpu", StringComparison.Ordinal));
        string torchSharp = Path.Combine(directory, FileName("LibTorchSharp"));
        bool patched = OperatingSystem.IsLinux() && CppRuntimePath() is { } cpp && NeedsPatch(torchSharp, cpp);
        nint library = patched ? LoadPatched(torchSharp, folders) : LoadFile(torchSharp, folders, required: true);
        var missing = elsewhere is not null && OperatingSystem.IsLinux() ? MissingSymbols(torchSharp, library) : [];
        return new NativeTorchReport(directory, libtorch, patched,
            elsewhere is null ? null : LibTorchVersion.Warning(elsewhere, LibTorchVersion.Of(elsewhere), LibTorchVersion.Expected, missing))
        {
            MissingSymbols = missing,
        };
    }

    // Functions are bound when they are first called, so that a library with unknown ones loads, and ends the process later. Asked here,
    // they can be named.
    private static List<string> MissingSymbols(string torchSharp, nint library) =>
        [.. new ElfImage(File.ReadAllBytes(torchSharp)).Imports()
            .Where(symbol => symbol != NewSymbol && !NativeLibrary.TryGetExport(library, symbol, out _))];

    private static nint LoadPatched(string path, IReadOnlyList<string> folders)
    {
        var image = new ElfImage(File.ReadAllBytes(path));
        image.MakeImportHarmless(NewVersion, NewSymbol, HarmlessSymbol);
        try
        {
            return MemoryFile.Load(image.Bytes, Path.GetFileName(path));
        }
        catch (DllNotFoundException e)
        {
            throw CannotLoad(path, folders, e);
        }
    }

    private static nint LoadFile(string path, IReadOnlyList<string> folders, bool required)
    {
        if (!required && !File.Exists(path))
            return 0;
        try
        {
            return NativeDependencies.Load(path, folders);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw CannotLoad(path, folders, e);
        }
    }

    private static TorchLoadException CannotLoad(string path, IReadOnlyList<string> folders, Exception cause)
    {
        string name = Path.GetFileName(path), loader = cause.Message;
        return new TorchLoadException(
            !File.Exists(path) ? $"Torch's native library {name} is missing from {Path.GetDirectoryName(path)}. {RemedyFor(path)}"
            : LibTorchVersion.Unfit(loader) is { } unfit ? $"Torch's native library {name} is there but does not load: {unfit}"
            : NativeDependencies.Missing(loader) is { } other
            ? $"Torch's native library {name} needs {other}, which is {WhereIs(other, folders)}."
            : $"Torch's native library {name} is there but does not load: {loader.Split('\n')[0]} " +
              "Run `dotnet run -c Release --project lib/GanNotebooks.Workbook -- doctor` to see what is missing.",
            cause);
    }

    private static string WhereIs(string library, IReadOnlyList<string> folders) =>
        NativeDependencies.Find(library, folders) is { } file
            ? $"at {file}, but goes by another name there (SONAME): a libtorch of another make"
            : "neither where the system looks nor beside libtorch";

    private static string RemedyFor(string path) =>
        Environment.GetEnvironmentVariable(LibTorchVariable) is { Length: > 0 } other
            && Path.GetDirectoryName(path) == Path.GetFullPath(other)
            ? $"That folder was named by --libtorch or {LibTorchVariable}; it must be the one that holds torch's libraries, for a "
                + "Python torch .../site-packages/torch/lib. Leave the setting out to use the package's own."
            : Remedy;

    private const string Remedy = "Build the workbook again: dotnet build -c Release";

    // The order matters: each one by absolute path before whatever asks for it by name, so that an old libtorch in the system's folders is
    // not picked up. CUDA's part registers itself when it is loaded, which must be before torch is first asked whether there is CUDA.
    private static string[] TorchLibraries() => OperatingSystem.IsWindows()
        ? ["c10.dll", "torch_cpu.dll", "c10_cuda.dll", "torch_cuda.dll", "torch.dll"]
        : [FileName("c10"), FileName("torch_cpu"), FileName("c10_cuda"), FileName("torch_cuda"), FileName("torch")];

    private static string FileName(string library) =>
        OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    private static string FindDirectory()
    {
        var candidates = CandidateDirectories().Distinct().ToList();
        return candidates.Find(d => File.Exists(Path.Combine(d, FileName("LibTorchSharp"))))
            ?? throw new TorchLoadException(
                $"TorchSharp's native library {FileName("LibTorchSharp")} was not found. Looked in: {string.Join(", ", candidates)}. "
                    + $"{Remedy}");
    }

    private static IEnumerable<string> CandidateDirectories()
    {
        var ours = typeof(NativeTorch).Assembly;
        foreach (string? location in new[] { typeof(TorchSharp.torch).Assembly.Location, ours.Location })
        {
            if (Path.GetDirectoryName(location) is not { Length: > 0 } folder)
                continue;
            yield return folder;
            yield return Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        }
        foreach (var written in ours.GetCustomAttributes<AssemblyMetadataAttribute>())
        {
            if (written is { Key: "TorchNativeDirectory", Value: { Length: > 0 } value })
                yield return value;
        }
    }

    private static string? CppRuntimePath()
    {
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            int slash = line.IndexOf('/', StringComparison.Ordinal);
            if (slash >= 0 && Path.GetFileName(line[slash..]).StartsWith("libstdc++.so", StringComparison.Ordinal))
                return line[slash..];
        }
        return null;
    }
}

/// <summary>The origin of torch's native libraries.</summary>
/// <param name="Directory">Folder of TorchSharp's native library.</param>
/// <param name="LibTorchDirectory">Folder of libtorch; another one when <see cref="NativeTorch.LibTorchVariable"/> is set.</param>
/// <param name="Patched">Whether the copy patched in memory was needed (C++ runtime older than GCC 13).</param>
/// <param name="Warning">A warning about a libtorch from elsewhere, or null.</param>
public sealed record NativeTorchReport(string Directory, string LibTorchDirectory, bool Patched, string? Warning = null)
{
    /// <summary>
    /// Functions that TorchSharp's native library takes from libtorch and that a libtorch from elsewhere does not have; calling one ends
    /// the process.
    /// </summary>
    public IReadOnlyList<string> MissingSymbols { get; init; } = [];

    /// <summary>Whether libtorch has CUDA in it.</summary>
    public bool HasCuda =>
        File.Exists(Path.Combine(LibTorchDirectory, OperatingSystem.IsWindows() ? "torch_cuda.dll" : "libtorch_cuda.so"));
}

/// <summary>Torch's native library cannot be used on this machine; the message names what is missing and what mends it.</summary>
public sealed class TorchLoadException : Exception
{
    /// <summary>Creates the exception.</summary>
    public TorchLoadException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}
