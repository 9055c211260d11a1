using System.Globalization;
using System.Net;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Plotting;

/// <summary>Images in a grid, as a crisp PNG; several grids become an animation with a slider.</summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class ImageGrid : IShowable
{
    private static int count;

    private readonly string title, alt;
    private readonly IReadOnlyList<(string Label, string Source)> frames;
    private readonly int width;

    private ImageGrid(string title, string alt, int width, IReadOnlyList<(string, string)> frames) =>
        (this.title, this.alt, this.width, this.frames) = (title, alt, width, frames);

    /// <summary>Arranges images in rows.</summary>
    /// <param name="title">One line above the grid.</param>
    /// <param name="alt">A description in words.</param>
    /// <param name="images">Images [N, C, H, W] with C = 1 or 3, or [N, H·W] of square grey images; values in [-1, 1].</param>
    /// <param name="columns">Images in a row.</param>
    /// <param name="scale">Screen pixels for one image pixel.</param>
    /// <exception cref="ArgumentException">The images have none of these shapes.</exception>
    public static ImageGrid Of(string title, string alt, Tensor images, int columns = 10, int scale = 2) =>
        Frames(title, alt, [("", images)], columns, scale);

    /// <summary>Arranges several sets of images as the frames of an animation.</summary>
    /// <param name="title">One line above the grid.</param>
    /// <param name="alt">A description in words.</param>
    /// <param name="frames">A label (such as the training step) and images, shaped as in <see cref="Of"/>, for each frame.</param>
    /// <param name="columns">Images in a row.</param>
    /// <param name="scale">Screen pixels for one image pixel.</param>
    public static ImageGrid Frames(string title, string alt, IEnumerable<(string Label, Tensor Images)> frames, int columns = 10,
        int scale = 2)
    {
        var pictures = frames.Select(f => (f.Label, Picture: PngPicture.FromImages(f.Images, columns))).ToList();
        if (pictures.Count == 0)
            throw new ArgumentException("an image grid needs at least one frame", nameof(frames));
        return new ImageGrid(title, alt, pictures[0].Picture.Width * scale, [.. pictures.Select(p => (p.Label, p.Picture.DataUri))]);
    }

    /// <inheritdoc/>
    public string ToHtml()
    {
        string id = $"gan-images-{Environment.ProcessId}-{Interlocked.Increment(ref count)}";
        string[] labels = frames.Select(f => f.Label).ToArray();
        bool animated = frames.Count > 1;
        string script = animated ? $"<script>{FigureScript.DrawImageFrames(id, [.. frames.Select(f => f.Source)], labels)}</script>" : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            <figure class="gan-figure" style="margin:1em 0"><figcaption style="font-weight:600">{WebUtility.HtmlEncode(title)}</figcaption>
            <img id="{id}" src="{frames[^1].Source}" alt="{WebUtility.HtmlEncode(alt)}" width="{width}" style="max-width:100%;height:auto;image-rendering:pixelated">
            {(animated ? FrameControls.Html(id, frames.Count, labels[^1]) : "")}</figure>{script}
            """);
    }

    /// <inheritdoc/>
    public string ToText() => $"[images] {title}: {alt}";

    /// <inheritdoc/>
    public override string ToString() => ToText();
}
