using System.Reflection;

namespace GanNotebooks.Workbook.Book;

/// <summary>Style sheet, scripts and fonts, embedded in this program and written beside the pages.</summary>
internal static class Assets
{
    private const string Prefix = "assets/";

    public static void Write(string bookFolder, string? plotly)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (string? name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string path = Path.Combine(bookFolder, name.Replace('\\', '/'));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var source = assembly.GetManifestResourceStream(name)!;
            using var target = File.Create(path);
            source.CopyTo(target);
        }

        if (plotly is not null)
            File.WriteAllText(Path.Combine(bookFolder, Prefix, "plotly.js"), plotly);
    }
}
