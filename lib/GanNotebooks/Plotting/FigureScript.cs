using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GanNotebooks.Plotting;

/// <summary>
/// The JavaScript that draws a figure once plotly.js is there, and lets the reader scrub through frames. Each figure carries it, because
/// any cell may be the first to run; a page keeps the first copy.
/// </summary>
internal static class FigureScript
{
    private static readonly string Source = Read();

    // A page may hold figures of an older build: the name tells builds apart.
    private static readonly string Name = "ganFigures" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Source)))[..8];

    // The runner adds plotly.js to outputs that have this; pictures do without.
    private const string Mark = "// by Plotly.react";

    /// <summary>Draws plotly figures.</summary>
    public static string Draw(string id, SharedFrames frames, IReadOnlyList<string> labels) =>
        Call($"draw({Js(id)},{Js(frames.Parts)},{Js(frames.Frames)},{Js(labels)})") + Mark;

    /// <summary>Swaps the source of an image.</summary>
    public static string DrawImageFrames(string id, IReadOnlyList<string> sources, IReadOnlyList<string> labels) =>
        Call($"drawImages({Js(id)},{Js(sources)},{Js(labels)})");

    private static string Call(string what) => $"(window.{Name}=window.{Name}||({Source})()).{what};";

    // System.Text.Json escapes <, > and & by default: nothing in the data can end the script element.
    private static string Js<T>(T value) => JsonSerializer.Serialize(value);

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
    /// <summary>The elements; <see cref="FigureScript"/> brings them to life.</summary>
    public static string Html(string id, int frames, string label) => string.Create(CultureInfo.InvariantCulture, $"""
        <div class="gan-controls" style="display:flex;gap:.75em;align-items:center;max-width:44em">
        <button type="button" id="{id}-play" aria-label="Play the animation" style="font:inherit;color:inherit;background:none;border:1px solid currentcolor;border-radius:4px;min-width:5.5em;padding:.25em .75em;cursor:pointer">▶ Play</button>
        <input type="range" id="{id}-slider" min="0" max="{frames - 1}" value="{frames - 1}" step="1" aria-label="Frame" style="flex:1;min-width:6em">
        <output id="{id}-label" for="{id}-slider" style="min-width:7em;font-variant-numeric:tabular-nums">{WebUtility.HtmlEncode(label)}</output></div>
        """);
}
