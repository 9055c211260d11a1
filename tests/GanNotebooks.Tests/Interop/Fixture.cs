using GanNotebooks.Data;

namespace GanNotebooks.Tests.Interop;

/// <summary>Files that PyTorch itself wrote: Fixtures/make_fixtures.py.</summary>
internal static class Fixture
{
    private static readonly string data = DataFolder.Find();

    public static string Dcgan => DataFolder.Recorded("pytorch", "dcgan.pth");

    public static string Named(string name) =>
        Path.Combine(Path.GetDirectoryName(data)!, "tests", "GanNotebooks.Tests", "Interop", "Fixtures", name);

    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(Path.GetDirectoryName(Named("x"))!, "*.pth").Append(Dcgan).Order(StringComparer.Ordinal);
}
