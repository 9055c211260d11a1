using System.Reflection;
using System.Text.RegularExpressions;

namespace GanNotebooks.Runtime;

/// <summary>Which version of libtorch a folder holds, and whether TorchSharp's native library was made for it.</summary>
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
        if (Read(Path.Combine(above, "version.py")) is { } python && VersionLine().Match(python) is { Success: true } match) // torch/version.py beside torch/lib
            return match.Groups[1].Value;
        return Read(Path.Combine(above, "build-version"))?.Trim(); // libtorch/build-version beside libtorch/lib
    }

    /// <summary>What to say about a libtorch of another version; null when major and minor agree.</summary>
    /// <param name="directory">Its folder.</param>
    /// <param name="found">Its version; null when unknown.</param>
    /// <param name="expected">The version that TorchSharp was built against.</param>
    public static string? Warning(string directory, string? found, string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (found is null)
            return $"The libtorch in {directory} does not say which version it is; this TorchSharp was built for {expected}. Another minor version may crash or compute wrongly.";
        return Minor(found) == Minor(expected)
            ? null
            : $"The libtorch in {directory} is {found}, but this TorchSharp was built for {expected}. Its C++ interface changes from one minor version to the next: expect missing symbols, crashes or wrong numbers. Take a torch {Minor(expected)}.";
    }

    private static string Minor(string version) => string.Join('.', version.Split('.', '+').Take(2));

    private static string? Read(string file) => File.Exists(file) ? File.ReadAllText(file) : null;

    [GeneratedRegex(@"__version__\s*=\s*['""]([^'""]+)['""]")]
    private static partial Regex VersionLine();
}
