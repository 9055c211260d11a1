using System.Globalization;
using System.Net;

namespace GanNotebooks.Plotting;

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
