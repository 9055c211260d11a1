using System.IO.Compression;
using System.Reflection;
using System.Text.RegularExpressions;
using GanNotebooks.Runtime;

namespace GanNotebooks.Workbook.Book;

/// <summary>Style sheet, scripts and fonts, embedded in this program and written beside the pages.</summary>
internal static class Assets
{
    private const string Prefix = "assets/";

    private static readonly Regex FontAddress = new(@"url\(fonts/([\w-]+\.woff2)\)", RegexOptions.NonBacktracking),
        OtherFonts = new(@",url\(fonts/[\w-]+\.(woff|ttf)\) format\(""\w+""\)", RegexOptions.NonBacktracking);

    private const string Figures = "figures.js", Bundle = "plotly-cartesian.min.js.gz";

    /// <summary>The script that draws figures.</summary>
    public static string FigureScript => $"window.ganFigures=({Read(Figures)})();\n";

    /// <summary>plotly.js, the bundle for the library's own figures.</summary>
    public static string PlotlyScript => Unpacked(Assembly.GetExecutingAssembly(), Bundle);

    /// <summary>The colours and the letters of the book: how its style sheet begins, for pages of another shape.</summary>
    public static string Palette
    {
        get
        {
            string style = Read("assets/book.css");
            return style[..style.IndexOf("* { box-sizing", StringComparison.Ordinal)];
        }
    }

    /// <summary>The book's style sheets, for a page in one file.</summary>
    public static string BookStyle => $"{Read("assets/book.css")}@media print {{\n{Read("assets/print.css")}}}\n";

    /// <summary>The style sheet of KaTeX with its letters in it, for a page in one file.</summary>
    public static string KatexStyle => FontAddress.Replace(OtherFonts.Replace(Read("assets/katex/katex.min.css"), ""), match =>
        $"url(data:font/woff2;base64,{Convert.ToBase64String(Bytes($"{Prefix}katex/fonts/{match.Groups[1].Value}"))})");

    /// <summary>plotly.js for the figures of a page in one file.</summary>
    /// <param name="whole">Whether the page needs more than the bundle for the library's own figures.</param>
    /// <exception cref="FileNotFoundException">The whole of plotly.js is needed and the library is not built.</exception>
    public static string Plotly(bool whole) => whole ? WholePlotly() : PlotlyScript;

    /// <summary>A text that is embedded in this program.</summary>
    public static string Read(string name) => Text(Assembly.GetExecutingAssembly(), name);

    /// <param name="bookFolder">The folder of the pages.</param>
    /// <param name="plotly">Whether a page needs plotly.js; a notebook's copy is not run.</param>
    /// <param name="whole">Whether a page needs more than the bundle for the library's own figures. It comes from the library's
    /// folder.</param>
    /// <exception cref="FileNotFoundException">The whole of plotly.js is needed and the library is not built.</exception>
    public static void Write(string bookFolder, bool plotly, bool whole)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));
        foreach (string name in names)
        {
            string path = Path.Combine(bookFolder, name.Replace('\\', '/'));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var source = assembly.GetManifestResourceStream(name)!;
            AtomicFile.Write(path, source.CopyTo);
        }

        WriteText(bookFolder, Figures, FigureScript);
        if (plotly)
            WriteText(bookFolder, "plotly.js", whole ? WholePlotly() : Unpacked(assembly, Bundle));
    }

    public static void WriteText(string bookFolder, string name, string text) =>
        AtomicFile.WriteText(Path.Combine(bookFolder, Prefix, name), text);

    // The assembly is opened for what is stored in it; none of its code runs.
    private static string WholePlotly()
    {
        var assembly = Assembly.LoadFrom(Path.Combine(LibraryFolder.Path, "Plotly.NET.dll"));
        return Text(assembly, assembly.GetManifestResourceNames().First(name =>
            name.StartsWith("Plotly.NET.plotly-", StringComparison.Ordinal) && name.EndsWith(".min.js", StringComparison.Ordinal)));
    }

    private static string Unpacked(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(new GZipStream(assembly.GetManifestResourceStream(resource)!, CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    private static byte[] Bytes(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
