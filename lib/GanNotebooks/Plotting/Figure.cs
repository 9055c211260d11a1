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
    /// <param name="alt">What is to be seen, for readers who do not see it.</param>
    /// <param name="frames">Plotly figures (JSON objects with data and layout); more than one makes a slider and a play button.</param>
    /// <param name="labels">The slider's label for each frame.</param>
    internal Figure(string title, string alt, IReadOnlyList<JsonObject> frames, IReadOnlyList<string> labels)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(alt);
        (Title, Alt, this.labels, this.frames) = (title, alt, labels, new SharedFrames(frames));
    }

    /// <summary>One line above the figure.</summary>
    public string Title { get; }

    /// <summary>What is to be seen, in words.</summary>
    public string Alt { get; }

    /// <summary>How many frames the slider moves through; 1 for a still figure.</summary>
    public int FrameCount => frames.Frames.Count;

    /// <inheritdoc/>
    public string ToHtml()
    {
        var id = $"gan-figure-{Environment.ProcessId}-{Interlocked.Increment(ref count)}";
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
