using System.Reflection;

namespace GanNotebooks.Workbook.Tests;

/// <summary>Where things are; written into the assembly by the build.</summary>
internal static class TestPaths
{
    public static string Workbook => Metadata("Workbook") + (OperatingSystem.IsWindows() ? ".exe" : "");

    public static string PlaywrightPackage => Metadata("PlaywrightPackage");

    public static Repository Repository { get; } = Repository.Above(Path.GetDirectoryName(Metadata("Workbook"))!)!;

    public static string Broken => Path.Combine(Repository.Root, "tests", "GanNotebooks.Workbook.Tests", "Broken");

    private static string Metadata(string key) =>
        typeof(TestPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == key).Value!;
}
