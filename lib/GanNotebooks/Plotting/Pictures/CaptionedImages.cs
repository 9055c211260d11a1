using System.Globalization;
using System.Net;
using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Plotting;

/// <summary>A row of images with a caption under each; it wraps on a narrow page.</summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class CaptionedImages : IShowable
{
    private const int CaptionWidth = 128;

    private readonly string title, alt;
    private readonly IReadOnlyList<(string Source, string Caption)> images;
    private readonly int width;

    private CaptionedImages(string title, string alt, int width, IReadOnlyList<(string, string)> images) =>
        (this.title, this.alt, this.width, this.images) = (title, alt, width, images);

    /// <summary>Puts images next to one another.</summary>
    /// <param name="title">One line above.</param>
    /// <param name="alt">A description in words.</param>
    /// <param name="images">Shaped as in <see cref="ImageGrid.Of"/>, values in [-1, 1].</param>
    /// <param name="captions">One for each image; a line break starts a new line.</param>
    /// <param name="scale">Screen pixels for one image pixel.</param>
    /// <exception cref="ArgumentException">There are not as many captions as images.</exception>
    public static CaptionedImages Of(string title, string alt, Tensor images, IEnumerable<string> captions, int scale = 3)
    {
        ArgumentNullException.ThrowIfNull(images);
        string[] lines = [.. captions];
        if (images.dim() == 0 || lines.Length != images.size(0))
            throw new ArgumentException($"{lines.Length} captions for images of shape {Shape.Text(images.shape)}", nameof(captions));
        using var scope = NewDisposeScope();
        var pictures = Enumerable.Range(0, lines.Length).Select(i => PngPicture.FromImages(images.narrow(0, i, 1), 1)).ToList();
        return new CaptionedImages(title, alt, pictures[0].Width * scale, [.. pictures.Select((p, i) => (p.DataUri, lines[i]))]);
    }

    /// <inheritdoc/>
    public string ToHtml() => FigureHtml.Wrap(title, alt,
        $"<div style=\"display:flex;flex-wrap:wrap;gap:1em\">{string.Concat(images.Select(Item))}</div>");

    /// <inheritdoc/>
    public string ToText() => $"[images] {title}: {alt} ({string.Join("; ", images.Select(i => i.Caption.ReplaceLineEndings(" ")))})";

    /// <inheritdoc/>
    public override string ToString() => ToText();

    private string Item((string Source, string Caption) image) => string.Create(CultureInfo.InvariantCulture,
        $"<div style=\"width:{Math.Max(width, CaptionWidth)}px\"><img src=\"{image.Source}\" "
            + $"alt=\"\" width=\"{width}\" " // the caption below says what it is
            + $"style=\"image-rendering:pixelated;display:block;height:auto\">"
            + $"{WebUtility.HtmlEncode(image.Caption).ReplaceLineEndings("<br>")}</div>");
}
