using System.Reflection;
using System.Text.RegularExpressions;

namespace GanNotebooks.Runtime;

/// <summary>Finds the version of libtorch in a folder, and whether TorchSharp's native library was built for it.</summary>
public static partial class LibTorchVersion
{
    /// <summary>The version that this TorchSharp was built against.</summary>
    public static string Expected { get; } =
        typeof(LibTorchVersion).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(m => m.Key == "LibTorchVersion").Value!;

    /// <summary>The version of the libtorch in a folder, from what a Python torch or a libtorch archive writes beside it.</summary>
    /// <param name="directory">The folder that holds libtorch_cpu.</param>
    /// <returns>"2.10.0+cu128", or null when nothing there says it.</returns>
    public static string? Of(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        string above = Path.Combine(directory, "..");
        // torch/version.py beside torch/lib
        if (Read(Path.Combine(above, "version.py")) is { } python && VersionLine().Match(python) is { Success: true } match)
            return match.Groups[1].Value;
        return Read(Path.Combine(above, "build-version"))?.Trim(); // libtorch/build-version beside libtorch/lib
    }

    /// <summary>
    /// The message about a libtorch of another version or another build; null if major and minor agree and nothing is missing.
    /// </summary>
    /// <param name="directory">The folder of the library.</param>
    /// <param name="found">The version of that libtorch, or null if it is unknown.</param>
    /// <param name="expected">The version that TorchSharp was built against.</param>
    /// <param name="missing">Symbols that TorchSharp's native library needs and that are missing.</param>
    public static string? Warning(string directory, string? found, string expected, IReadOnlyList<string>? missing = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        string? version = found is null
            ? $"The libtorch in {directory} does not say which version it is; this TorchSharp was built for {expected}. Another minor "
                + "version may crash or compute wrongly."
            : Minor(found) == Minor(expected)
                ? null
                : $"The libtorch in {directory} is {found}, but this TorchSharp was built for {expected}. Its C++ interface changes "
                    + "from one minor version to the next: expect missing symbols, crashes or wrong numbers. Take a torch "
                        + $"{Minor(expected)}.";
        string? symbols = missing is [var first, ..]
            ? $"It lacks {missing.Count} of the functions that TorchSharp calls, such as {first}; calling one ends the process.{Abi(first)}"
            : null;
        return symbols is null ? version : $"{version ?? $"The libtorch in {directory} does not fit."} {symbols}";
    }

    /// <summary>
    /// In plain words, why a loader that complains of an undefined symbol does so; null when it complains of something else.
    /// </summary>
    /// <param name="loaderMessage">The loader's message.</param>
    public static string? Unfit(string loaderMessage) => UndefinedSymbol().Match(loaderMessage) is { Success: true } match
        ? $"it needs {match.Groups[1].Value}, which this libtorch does not have. Libtorch is of another version than {Expected}, for "
            + $"which TorchSharp was built.{Abi(match.Groups[1].Value)}"
        : null;

    // GCC marks what has std::string in its signature since its new ABI.
    private static string Abi(string symbol) => symbol.Contains("cxx11", StringComparison.Ordinal)
        ? " It may also have been built with the old C++ ABI, as PyTorch's pip packages were before 2.7; TorchSharp needs the new one."
        : "";

    private static string Minor(string version) => string.Join('.', version.Split('.', '+').Take(2));

    private static string? Read(string file) => File.Exists(file) ? File.ReadAllText(file) : null;

    [GeneratedRegex(@"__version__\s*=\s*['""]([^'""]+)['""]")]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"undefined symbol: (\w+)")]
    private static partial Regex UndefinedSymbol();
}
