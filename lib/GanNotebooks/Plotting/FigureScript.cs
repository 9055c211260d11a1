using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GanNotebooks.Plotting;

/// <summary>
/// The JavaScript that draws a figure once plotly.js is there, and lets the reader scrub through frames. Each figure carries it, because
/// any cell may be the first to run; a page keeps the first copy. What the runner executes has one copy, beside that of plotly.js.
/// </summary>
internal static class FigureScript
{
    private static readonly string Source = Read();

    // A page may hold figures of an older build: the name tells builds apart.
    private static readonly string Name = "ganFigures" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Source)))[..8];

    /// <summary>JSON as short as it can be. Whoever puts it into a page replaces "&lt;".</summary>
    public static JsonSerializerOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The runner adds plotly.js to outputs that have this; pictures do without.
    private const string Mark = "// by Plotly.react";

    // Shorter ones gain nothing that is worth a text which nobody can read. The book unpacks up to 64 letters from each.
    private const int LeastPacked = 2500, MostFromALetter = 60;

    /// <summary>
    /// Draws plotly figures. The parts of a large figure are packed: JSON, gzip, base64. That halves what they take in a notebook.
    /// </summary>
    public static string Draw(string id, SharedFrames frames, IReadOnlyList<string> labels, int start) =>
        SharedCall($"draw({Js(id)},{Parts(frames.Parts)},{Js(frames.Frames)},{Js(labels)},{start})") + Mark;

    /// <summary>Swaps the source of an image.</summary>
    public static string DrawImageFrames(string id, IReadOnlyList<string> sources, IReadOnlyList<string> labels, int start) =>
        Call($"drawImages({Js(id)},{Js(sources)},{Js(labels)},{start})");

    /// <summary>Draws a legend that several plots share.</summary>
    /// <param name="id">The element's id.</param>
    /// <param name="entries">Name, colour, and dash or marker of each curve; an empty one stands for bars.</param>
    public static string DrawKey(string id, IEnumerable<string[]> entries) => SharedCall($"key({Js(id)},{Js(entries)})");

    /// <summary>The script itself, for all figures of an executed notebook.</summary>
    public static string Definition => $"window.{Name}=window.{Name}||({Source})();\n";

    private static string Call(string what) => $"(window.{Name}=window.{Name}||({Source})()).{what};";

    // An editor may show the output of a later cell before that which has the script.
    private static string SharedCall(string what) => PlotlyScript.IsWithTheRunner
        ? $"(function g(f){{f=window.{Name};f?f.{what}:setTimeout(g,50)}})();"
        : Call(what);

    private static string Parts(IReadOnlyList<string> parts)
    {
        byte[] plain = JsonSerializer.SerializeToUtf8Bytes(parts, Plain);
        if (plain.Length < LeastPacked)
            return Js(parts);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(plain);
        string letters = Convert.ToBase64String(packed.ToArray());
        return plain.Length > (long)MostFromALetter * letters.Length ? Js(parts) : Js(letters);
    }

    // Without "<" nothing in the data can end the script element. The default escapes quotes and plus signs too, with six letters each.
    private static string Js<T>(T value) => JsonSerializer.Serialize(value, Plain).Replace("<", "\\u003C", StringComparison.Ordinal);

    // The comments stay in the file.
    private static string Read()
    {
        using var stream = typeof(FigureScript).Assembly.GetManifestResourceStream("figures.js")!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n').Select(line => line.Trim());
        return string.Join('\n', lines.Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)));
    }
}

/// <summary>The slider and the play button under an animated figure: plain HTML, usable by keyboard and screen reader.</summary>
internal static class FrameControls
{
    /// <summary>The place of a frame; negative numbers count from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public static int Place(int start, int frames) => start >= -frames && start < frames
        ? (start + frames) % frames
        : throw new ArgumentOutOfRangeException(nameof(start), start, $"there are {frames} frames");

    private const string ButtonStyle = "font:inherit;color:inherit;background:none;border:1px solid currentcolor;border-radius:4px;"
        + "min-width:5.5em;padding:.25em .75em;cursor:pointer";

    /// <summary>The elements; <see cref="FigureScript"/> brings them to life.</summary>
    public static string Html(string id, IReadOnlyList<string> labels, int start) => string.Create(CultureInfo.InvariantCulture, $"""
        <div class="gan-controls" style="display:flex;flex-wrap:wrap;gap:.3em .75em;align-items:center;max-width:44em">
        <button type="button" id="{id}-play" aria-label="Play the animation" style="{ButtonStyle}">▶ Play</button>
        <output id="{id}-label" for="{id}-slider" style="min-width:7em;font-variant-numeric:tabular-nums">{WebUtility.HtmlEncode(labels[start])}</output>
        <input type="range" id="{id}-slider" min="0" max="{labels.Count - 1}" value="{start}" step="1" aria-label="Frame" style="flex:1 1 16em;min-width:6em"></div>
        """);
}
