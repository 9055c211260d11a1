using System.Globalization;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Doctor;

/// <summary>Checks the built library: files, native torch, device.</summary>
internal static class LibraryChecks
{
    private const string Build = "dotnet build -c Release";

    public static Diagnosis Built(Repository repository)
    {
        if (!File.Exists(Path.Combine(LibraryFolder.Path, "GanNotebooks.dll")))
            return Diagnosis.Error("library", $"not built ({repository.Shown(LibraryFolder.Path)} has no GanNotebooks.dll)", Build);
        if (!File.Exists(repository.Setup))
            return Diagnosis.Error("library", "notebooks/setup.csx is missing", Build);
        string? missing = File.ReadLines(repository.Setup).Where(line => line.StartsWith("#r \"", StringComparison.Ordinal))
            .Select(line => line[4..].TrimEnd('"')).FirstOrDefault(file => !File.Exists(file));
        return missing is null
            ? Diagnosis.Good("library", $"{repository.Shown(LibraryFolder.Path)}, notebooks/setup.csx")
            : Diagnosis.Error("library", $"notebooks/setup.csx refers to {missing}, which is not there (was the clone moved?)", Build);
    }

    public static Diagnosis Torch()
    {
        try
        {
            var report = NativeTorch.Load();
            if (report.Warning is { } warning)
            {
                return Diagnosis.Warning("torch", warning,
                    $"Without {NativeTorch.LibTorchVariable} and --libtorch the workbook uses the libtorch that it was built with.");
            }

            return Diagnosis.Good("torch", $"libtorch {TorchSharp.torch.__version__}" +
                (report.Patched
                    ? ", loaded through a copy patched in memory (this system's libstdc++ is older than TorchSharp's compiler)"
                    : ""));
        }
        catch (TorchLoadException error)
        {
            return Diagnosis.Error("torch", error.Message,
                Elsewhere ? "" : MissingLibraries() is { Length: > 0 } names ? "Missing system libraries: " + names : Build);
        }
    }

    public static Diagnosis Device()
    {
        try
        {
            return Diagnosis.Good("device", DeviceChoice.For(DeviceOption.Auto).Reason);
        }
        catch (Exception error) when (error is TorchLoadException or TypeInitializationException or DllNotFoundException)
        {
            return Diagnosis.Error("device", "torch does not load", "See torch, above.");
        }
    }

    /// <summary>Across file systems the build silently copies half a gigabyte instead of linking it.</summary>
    public static Diagnosis Links()
    {
        string file = Path.Combine(LibraryFolder.Path, "libtorch_cpu.so");
        if (!OperatingSystem.IsLinux() || !File.Exists(file))
            return Diagnosis.Good("hard links", "not looked at on this system");
        string? links = ShellCommand.Ask("stat", "-c", "%h", file);
        if (!int.TryParse(links, CultureInfo.InvariantCulture, out int count) || count > 1)
            return Diagnosis.Good("hard links", "natives are shared with the package cache");
        return Diagnosis.Warning(
            "hard links",
            $"{new FileInfo(file).Length / 1e6:0} MB were copied, not linked: clone and package cache are on different file systems",
            "To save the space, set NUGET_PACKAGES to a folder on the clone's file system and build again.");
    }

    private static bool Elsewhere => Environment.GetEnvironmentVariable(NativeTorch.LibTorchVariable) is { Length: > 0 };

    private static string MissingLibraries()
    {
        string file = Path.Combine(LibraryFolder.Path, "libLibTorchSharp.so");
        string listed = OperatingSystem.IsLinux() && File.Exists(file) ? ShellCommand.Ask("ldd", file) ?? "" : "";
        var missing = listed.Split('\n').Where(line => line.Contains("=> not found", StringComparison.Ordinal));
        return string.Join(", ", missing.Select(line => line.Trim().Split(' ')[0]).Distinct());
    }
}
