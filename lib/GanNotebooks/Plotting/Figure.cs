using System.Net;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;

namespace GanNotebooks.Plotting;

/// <summary>
/// A finished figure. A cell that ends with one shows it, in every notebook host and with no network. It follows the page's light or dark
/// theme, fits the page's width, and says below in words what it shows.
/// </summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class Figure : IShowable
{
    private static int count;

    private readonly IReadOnlyList<JsonObject> specifications;
    private readonly int start;
    private readonly IReadOnlyList<string> labels;

    /// <summary>Creates a figure from finished frames.</summary>
    /// <param name="title">One line above the figure.</param>
    /// <param name="alt">A description in words, for readers who do not see the picture.</param>
    /// <param name="frames">Plotly figures (JSON objects with data and layout); more than one makes a slider and a play button.</param>
    /// <param name="labels">The slider's label for each frame.</param>
    /// <param name="start">The frame that is shown first; negative numbers count from the end.</param>
    internal Figure(string title, string alt, IReadOnlyList<JsonObject> frames, IReadOnlyList<string> labels, int start = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(alt);
        (Title, Alt, this.labels, specifications) = (title, alt, labels, frames);
        this.start = FrameControls.Place(start, frames.Count);
    }

    /// <summary>One line above the figure.</summary>
    public string Title { get; }

    /// <summary>A description of the figure in words.</summary>
    public string Alt { get; }

    /// <summary>The number of frames of the slider; 1 for a still figure.</summary>
    public int FrameCount => specifications.Count;

    /// <summary>The frames as plotly wants them.</summary>
    internal IReadOnlyList<JsonObject> Specifications => specifications;

    /// <inheritdoc/>
    public string ToHtml()
    {
        string id = $"gan-figure-{Environment.ProcessId}-{Interlocked.Increment(ref count)}";
        string name = WebUtility.HtmlEncode(Title.Length > 0 ? Title : "Figure");
        string drawing = $"<div id=\"{id}\" role=\"img\" aria-label=\"{name}\" style=\"width:100%;min-height:1em\"></div>{Controls(id)}";
        return $"""
            {FigureHtml.Wrap(Title, Alt, drawing)}{PlotlyScript.ElementFor(specifications)}
            <script>{FigureScript.Draw(id, new SharedFrames(specifications), labels, start)}</script>
            """;
    }

    /// <inheritdoc/>
    public string ToText() => $"[figure] {Title}: {Alt}";

    /// <inheritdoc/>
    public override string ToString() => ToText();

    private string Controls(string id) => FrameCount > 1 ? FrameControls.Html(id, labels, start) : "";
}

/// <summary>
/// The frames of an animation, cut into traces and layouts. What several frames have in common, such as the field under a growing path, is
/// kept once; that makes a page several times smaller.
/// </summary>
internal sealed class SharedFrames
{
    private readonly Dictionary<string, int> places = [];

    /// <summary>Cuts up figures.</summary>
    /// <param name="figures">Plotly figures: JSON objects with data and layout.</param>
    public SharedFrames(IEnumerable<JsonObject> figures) =>
        Frames = [.. figures.Select(f => (int[])[.. f["data"]!.AsArray().Select(Place), Place(f["layout"])])];

    /// <summary>Every distinct trace and layout, as JSON.</summary>
    public IReadOnlyList<string> Parts => [.. places.OrderBy(p => p.Value).Select(p => p.Key)];

    /// <summary>For each frame where its traces are in <see cref="Parts"/>, in order, and last its layout.</summary>
    public IReadOnlyList<int[]> Frames { get; }

    private int Place(JsonNode? part)
    {
        string json = part!.ToJsonString(FigureScript.Plain);
        if (!places.TryGetValue(json, out int place))
            places.Add(json, place = places.Count);
        return place;
    }
}
