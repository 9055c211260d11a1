using System.Globalization;
using System.Net;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Plotting;

/// <summary>Images in a grid, as a crisp PNG; several grids become an animation with a slider.</summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class ImageGrid : IShowable
{
    // In heights of a letter.
    private const int Highest = 36;

    private static int count;

    private readonly string title, alt;
    private readonly IReadOnlyList<(string Label, PngPicture Picture)> frames;
    private readonly string[] rowLabels, columnLabels;
    private readonly int scale, start;

    private ImageGrid(string title, string alt, IReadOnlyList<(string, PngPicture)> frames, int scale, int start, string[] rowLabels,
        string[] columnLabels) => (this.title, this.alt, this.frames, this.scale, this.start, this.rowLabels, this.columnLabels)
            = (title, alt, frames, scale, start, rowLabels, columnLabels);

    /// <summary>Arranges images in rows.</summary>
    /// <param name="title">One line above the grid.</param>
    /// <param name="alt">A description in words, shown below.</param>
    /// <param name="images">Images [N, C, H, W] with C = 1 or 3, or [N, H·W] of square grey images; values in [-1, 1].</param>
    /// <param name="columns">Images in a row.</param>
    /// <param name="scale">Screen pixels for one image pixel, at least; a wide page shows the grid larger.</param>
    /// <param name="rowLabels">A label left of each row.</param>
    /// <param name="columnLabels">A label above each column.</param>
    /// <exception cref="ArgumentException">
    /// The images have none of these shapes, or there are not as many labels as rows or columns.
    /// </exception>
    public static ImageGrid Of(string title, string alt, Tensor images, int columns = 10, int scale = 2,
        IEnumerable<string>? rowLabels = null, IEnumerable<string>? columnLabels = null) =>
        Frames(title, alt, [("", images)], columns, scale, 0, rowLabels, columnLabels);

    /// <summary>Arranges several sets of images as the frames of an animation.</summary>
    /// <param name="title">One line above the grid.</param>
    /// <param name="alt">A description in words, shown below.</param>
    /// <param name="frames">A label (such as the training step) and images, shaped as in <see cref="Of"/>, for each frame.</param>
    /// <param name="columns">Images in a row.</param>
    /// <param name="scale">Screen pixels for one image pixel, at least; a wide page shows the grid larger.</param>
    /// <param name="start">The frame that is shown first and in print; negative numbers count from the end, −1 is the last.</param>
    /// <param name="rowLabels">A label left of each row.</param>
    /// <param name="columnLabels">A label above each column.</param>
    /// <exception cref="ArgumentException">There are no frames, or not as many labels as rows or columns.</exception>
    public static ImageGrid Frames(string title, string alt, IEnumerable<(string Label, Tensor Images)> frames, int columns = 10,
        int scale = 2, int start = 0, IEnumerable<string>? rowLabels = null, IEnumerable<string>? columnLabels = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(alt);
        (string Label, PngPicture Picture)[] all = [.. frames.Select(f => (f.Label, PngPicture.FromImages(f.Images, columns)))];
        if (all.Length == 0)
            throw new ArgumentException("an image grid needs at least one frame", nameof(frames));
        var first = all[0].Picture;
        return new ImageGrid(title, alt, all, scale, FrameControls.Place(start, all.Length),
            Labels(rowLabels, first.Rows, "rows", nameof(rowLabels)), Labels(columnLabels, first.Columns, "columns", nameof(columnLabels)));
    }

    /// <summary>The frames of an animation from finished pictures; the last is shown first.</summary>
    internal static ImageGrid OfPictures(string title, string alt, IReadOnlyList<(string Label, PngPicture Picture)> frames) =>
        new(title, alt, frames, 2, frames.Count - 1, [], []);

    /// <inheritdoc/>
    public string ToHtml()
    {
        string id = $"gan-images-{Environment.ProcessId}-{Interlocked.Increment(ref count)}";
        string[] labels = [.. frames.Select(f => f.Label)];
        string controls = frames.Count > 1 ? FrameControls.Html(id, labels, start) : "";
        string script = frames.Count > 1
            ? $"<script>{FigureScript.DrawImageFrames(id, [.. frames.Select(f => f.Picture.DataUri)], labels, start)}</script>"
            : "";
        return FigureHtml.Wrap(title, alt, Labelled(Image(id)) + controls) + script;
    }

    /// <inheritdoc/>
    public string ToText() => $"[images] {title}: {alt}";

    /// <inheritdoc/>
    public override string ToString() => ToText();

    private string Image(string id)
    {
        var shown = frames[start].Picture;
        string name = WebUtility.HtmlEncode(title.Length > 0 ? title : "Images");
        // The border shows where a white picture ends on white paper.
        return string.Create(CultureInfo.InvariantCulture,
            $"<img id=\"{id}\" src=\"{shown.DataUri}\" alt=\"{name}\" width=\"{shown.Width}\" height=\"{shown.Height}\" "
                + $"style=\"display:block;width:calc(100% - 2px);height:auto;border:1px solid #808080;image-rendering:pixelated\">");
    }

    // Two rows and two columns: labels lie along the picture's edges, and as evenly as its images.
    private string Labelled(string image)
    {
        int width = frames[0].Picture.Width * scale;
        string across = string.Concat(columnLabels.Select(l => Label(l, "flex:1;min-width:0;text-align:center")));
        string down = string.Concat(
            rowLabels.Select(l => Label(l, "flex:1;min-height:0;display:flex;align-items:center;justify-content:end")));
        // As wide as the page, if it is no higher than a plot then, and no pixel is more than 2.6 times as large as asked for.
        double aspect = (double)frames[0].Picture.Width / frames[0].Picture.Height;
        string size = string.Create(CultureInfo.InvariantCulture,
            $"width:clamp({width}px,{Highest * aspect:0.##}em,{width * 13 / 5}px);max-width:100%");
        return rowLabels.Length + columnLabels.Length == 0 ? $"<div style=\"{size}\">{image}</div>" : $"""
            <div style="display:grid;grid-template-columns:auto minmax(0,1fr);gap:.15em .5em;{size};font-size:.88em;line-height:1.2">
            <div></div><div style="display:flex">{across}</div><div style="display:flex;flex-direction:column">{down}</div>
            {image}</div>
            """;
    }

    private static string Label(string text, string style) => $"<div style=\"{style}\">{WebUtility.HtmlEncode(text)}</div>";

    private static string[] Labels(IEnumerable<string>? labels, int count, string what, string parameter)
    {
        string[] all = [.. labels ?? []];
        return all.Length == 0 || all.Length == count
            ? all
            : throw new ArgumentException($"{all.Length} labels for {count} {what}", parameter);
    }
}
