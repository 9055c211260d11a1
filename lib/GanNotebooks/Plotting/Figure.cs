using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using GanNotebooks.Runtime;

namespace GanNotebooks.Plotting;

/// <summary>
/// A finished figure. A cell that ends with one shows it, in every notebook host and with no network. It follows the page's light or dark
/// theme, fits the page's width, says in words what it shows (alt text), and shows those words where scripts do not run.
/// </summary>
[TypeFormatterSource(typeof(ShowableFormatterSource))]
public sealed class Figure : IShowable
{
    private static int count;

    private readonly SharedFrames frames;
    private readonly IReadOnlyList<string> labels;

    /// <summary>Creates a figure from finished frames.</summary>
    /// <param name="title">One line above the figure.</param>
    /// <param name="alt">A description in words, for readers who do not see the picture.</param>
    /// <param name="frames">Plotly figures (JSON objects with data and layout); more than one makes a slider and a play button.</param>
    /// <param name="labels">The slider's label for each frame.</param>
    internal Figure(string title, string alt, IReadOnlyList<JsonObject> frames, IReadOnlyList<string> labels)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(alt);
        (Title, Alt, this.labels, this.frames) = (title, alt, labels, new SharedFrames(frames));
    }

    /// <summary>One line above the figure.</summary>
    public string Title { get; }

    /// <summary>A description of the figure in words.</summary>
    public string Alt { get; }

    /// <summary>The number of frames of the slider; 1 for a still figure.</summary>
    public int FrameCount => frames.Frames.Count;

    /// <inheritdoc/>
    public string ToHtml()
    {
        string id = $"gan-figure-{Environment.ProcessId}-{Interlocked.Increment(ref count)}";
        return string.Create(CultureInfo.InvariantCulture, $"""
            <figure class="gan-figure" style="margin:1em 0"><figcaption style="font-weight:600">{WebUtility.HtmlEncode(Title)}</figcaption>
            <div id="{id}" role="img" aria-label="{WebUtility.HtmlEncode(Alt)}" style="width:100%;min-height:1em"><p style="font-style:italic">{WebUtility.HtmlEncode(Alt)}</p></div>
            {Controls(id)}</figure>{PlotlyScript.ElementOnce()}
            <script>{FigureScript.Draw(id, frames, labels)}</script>
            """);
    }

    /// <inheritdoc/>
    public string ToText() => $"[figure] {Title}: {Alt}";

    /// <inheritdoc/>
    public override string ToString() => ToText();

    private string Controls(string id) => FrameCount > 1 ? FrameControls.Html(id, FrameCount, labels[^1]) : "";
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
        string json = part!.ToJsonString();
        if (!places.TryGetValue(json, out int place))
            places.Add(json, place = places.Count);
        return place;
    }
}
