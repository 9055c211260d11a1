using System.Runtime.InteropServices;

namespace GanNotebooks.Workbook.Doctor;

/// <summary>Checks the machine: platform, SDK, memory, disk, browser.</summary>
internal static class SystemChecks
{
    private const double Gigabyte = 1e9;
    private static readonly string[] Platforms = ["linux-x64", "win-x64", "osx-arm64"];

    public static Diagnosis Platform()
    {
        string rid = RuntimeInformation.RuntimeIdentifier;
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string portable = $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        string found = $"{RuntimeInformation.OSDescription}, {portable}{(rid == portable ? "" : $" ({rid})")}, "
            + $"{Environment.ProcessorCount} processors";
        return Platforms.Contains(portable)
            ? Diagnosis.Good("platform", found)
            : Diagnosis.Error("platform", found, $"TorchSharp has native libraries for {string.Join(", ", Platforms)} only.");
    }

    public static Diagnosis Sdk()
    {
        string listed = ShellCommand.Ask("dotnet", "--list-sdks") ?? "";
        var sdks = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).ToList();
        string found = $"runtime {Environment.Version}, SDKs: {(sdks.Count == 0 ? "none found" : string.Join(", ", sdks))}";
        return sdks.Any(version => version.StartsWith("10.", StringComparison.Ordinal))
            ? Diagnosis.Good(".NET", found)
            : Diagnosis.Error(".NET", found, "Install the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0");
    }

    public static Diagnosis Memory()
    {
        const double enough = 3;
        double total = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gigabyte;
        return total >= enough
            ? Diagnosis.Good("memory", $"{total:0.0} GB")
            : Diagnosis.Warning("memory", $"{total:0.0} GB", "A notebook takes up to 1.5 GB in the quick profile; close other programs.");
    }

    public static Diagnosis Disk(Repository repository)
    {
        const double enough = 2;
        double free = new DriveInfo(repository.Root).AvailableFreeSpace / Gigabyte;
        return free >= enough
            ? Diagnosis.Good("disk", $"{free:0.0} GB free")
            : Diagnosis.Warning("disk", $"{free:0.0} GB free", "Builds and executed notebooks need about 1 GB; free some space.");
    }

    /// <summary>The path of a browser that prints and that tests can drive; null when there is none.</summary>
    public static string? FindBrowser() => ShellCommand.Find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    public static Diagnosis Browser() =>
        FindBrowser() is { } path
        ? Diagnosis.Good("chromium", path)
        : Diagnosis.Optional("chromium", "not found",
            "Only `book --pdf` and the tests of the book need it: apt-get install chromium. Any browser shows the book.");
}
