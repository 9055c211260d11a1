using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GanNotebooks.Workbook.Book;

/// <summary>
/// What the scripts in an output draw. Each figure of the library carries the whole drawing script and ends with a call such as
/// <c>.draw("id", …)</c>. The book takes the numbers of that call, checks them, and runs its own copy of the drawing script: of what
/// stands in a notebook nothing is executed.
/// </summary>
internal static class FigureCalls
{
    /// <summary>How the element begins that contains the calls, as data.</summary>
    public const string Mark = "<script type=\"application/json\" class=\"figure-calls\">";

    /// <summary>How that of a figure begins which needs plotly.js, its bundle or the whole.</summary>
    public const string PlotlyMark = "<script type=\"application/json\" class=\"figure-calls needs-plotly";

    /// <summary>How that of a figure begins which needs more of plotly.js than the bundle "cartesian".</summary>
    public const string WholePlotlyMark = PlotlyMark + " whole";

    private const string Open = "<script>";
    private const string Close = "</script>";
    private const int MostFromALetter = 64, MostOfAFigure = 1 << 26;
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    // With the drawing script in it, and without: then it waits for the copy that the notebook has elsewhere.
    private static readonly (string Open, string Before, string After)[] Forms =
    [
        ("(window.ganFigures", "})()).", ""),
        ("(function g(f){f=window.ganFigures", ";f?f.", ":setTimeout(g,50)})()"),
    ];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly Regex Id = new("^gan-[a-z0-9-]{1,60}$", Linear);
    private static readonly Regex Colour = new(@"^(@?[A-Za-z]{0,30}|#[0-9A-Fa-f]{3,8}|(rgb|rgba|hsl|hsla)\([\d.,% ]*\))$", Linear);
    private static readonly Regex Attributes = new(@"<([A-Za-z]+)[\s/][^>]*>", Linear);

    // Dashes of lines and markers of points in a legend.
    private static readonly HashSet<string> Looks =
    [
        "", "solid", "dot", "dash", "longdash", "dashdot", "longdashdot", "circle", "circle-open", "square", "diamond", "triangle-up",
        "triangle-down", "cross", "x", "star", "line-ew",
    ];

    // Maps are missing: plotly.js loads their outlines from elsewhere.
    private static readonly HashSet<string> Traces =
    [
        "bar", "barpolar", "box", "candlestick", "carpet", "cone", "contour", "contourcarpet", "funnel", "funnelarea", "heatmap",
        "histogram", "histogram2d", "histogram2dcontour", "icicle", "image", "indicator", "isosurface", "mesh3d", "ohlc", "parcats",
        "parcoords", "pie", "sankey", "scatter", "scatter3d", "scattercarpet", "scattergl", "scatterpolar", "scatterpolargl",
        "scatterternary", "splom", "streamtube", "sunburst", "surface", "table", "treemap", "violin", "volume", "waterfall",
    ];

    // What the bundle draws.
    private static readonly HashSet<string> Cartesian =
    [
        "", "bar", "box", "contour", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "image", "pie", "scatter",
        "scatterternary", "violin",
    ];

    /// <summary>
    /// The calls in an output's scripts as an element of data, empty if there are none; <paramref name="foreign"/> says whether there is a
    /// script that is not the library's.
    /// </summary>
    public static string Of(string html, out bool foreign)
    {
        var calls = new JsonArray();
        var kinds = new HashSet<string>();
        foreign = false;
        for (int at = 0; (at = html.IndexOf("<script", at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            int end = html.IndexOf(Close, at, StringComparison.Ordinal);
            string script = end < 0 || !html.AsSpan(at).StartsWith(Open, StringComparison.Ordinal) ? "" : html[(at + Open.Length)..end];
            at = end < 0 ? html.Length : end + Close.Length;
            if (script.StartsWith("if(!window.Plotly", StringComparison.Ordinal))
                continue; // the drawing library, which the book brings along
            if (Read(script, kinds) is { } read)
                read.ForEach(calls.Add);
            else
                foreign = true;
        }

        if (calls.Count == 0)
            return "";
        bool plotly = calls.Any(call => (string?)call!["call"] == "draw");
        string mark = !plotly ? Mark : (kinds.IsSubsetOf(Cartesian) ? PlotlyMark : WholePlotlyMark) + "\">";
        return mark + calls.ToJsonString() + Close;
    }

    /// <summary>The calls of one script; null when it is not the library's.</summary>
    private static List<JsonNode>? Read(string script, HashSet<string> kinds)
    {
        const string mark = "// by Plotly.react";
        var calls = new List<JsonNode>();
        for (int at = AfterSpace(script, 0); at < script.Length; at = AfterSpace(script, at))
        {
            var (open, before, after) = Array.Find(Forms, form => Begins(script, at, form.Open));
            int start = open is null ? -1 : script.IndexOf(before, at, StringComparison.Ordinal);
            int bracket = start < 0 ? -1 : script.IndexOf('(', start + before.Length);
            int end = bracket < 0 ? -1 : ClosingBracket(script, bracket);
            if (end < 0 || Call(script[(start + before.Length)..bracket], script[(bracket + 1)..end], kinds) is not { } call)
                return null;
            calls.Add(call);
            at = end + 1;
            if (Begins(script, at, after))
                at += after.Length;
            if (Begins(script, at, ";"))
                at++;
            if (Begins(script, at, mark))
                at += mark.Length;
        }

        return calls.Count == 0 ? null : calls;
    }

    private static bool Begins(string text, int at, string word) => text.AsSpan(at).StartsWith(word, StringComparison.Ordinal);

    private static int AfterSpace(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }

    private static int ClosingBracket(string text, int bracket)
    {
        bool quoted = false;
        for (int at = bracket + 1; at < text.Length; at++)
        {
            if (quoted && text[at] == '\\')
                at++;
            else if (text[at] == '"')
                quoted = !quoted;
            else if (text[at] == ')' && !quoted)
                return at;
        }

        return -1;
    }

    private static JsonObject? Call(string method, string arguments, HashSet<string> kinds)
    {
        try
        {
            if (JsonNode.Parse($"[{arguments}]", documentOptions: Strict) is not JsonArray list || !Id.IsMatch(Text(list[0])))
                return null;
            if (method == "draw" && list.Count > 1 && list[1] is JsonValue packed)
                list[1] = Unpacked(Text(packed));
            bool good = (method, list.Count) switch
            {
                ("draw", 5) => AreParts(list[1], kinds) && AreFrames(list[2], list[1], list[3]) && AreTexts(list[3])
                    && IsPlace(list[4], list[2]),
                ("drawImages", 4) => AreTexts(list[1]) && AreTexts(list[2]) && IsPlace(list[3], list[1]) && Same(list[1], list[2])
                    && ((JsonArray)list[1]!).All(source => SafeUrl.IsDataPicture(Text(source))),
                ("key", 2) => list[1] is JsonArray entries && entries.All(IsEntry),
                _ => false,
            };
            return good ? new JsonObject { ["call"] = method, ["arguments"] = list } : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException or FormatException
            or InvalidDataException)
        {
            return null;
        }
    }

    // What is packed may be a bomb: a letter gives a bounded number of letters.
    private static JsonNode? Unpacked(string letters)
    {
        using var packed = new GZipStream(new MemoryStream(Convert.FromBase64String(letters)), CompressionMode.Decompress);
        byte[] bytes = new byte[Math.Min(MostFromALetter * (long)letters.Length, MostOfAFigure)];
        int length = packed.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return packed.ReadByte() < 0
            ? JsonNode.Parse(bytes.AsSpan(0, length), documentOptions: Strict)
            : throw new InvalidDataException("more than a figure has");
    }

    /// <summary>The parts are JSON in text: each is read, cleaned and written again.</summary>
    private static bool AreParts(JsonNode? node, HashSet<string> kinds)
    {
        if (node is not JsonArray parts)
            return false;
        for (int at = 0; at < parts.Count; at++)
        {
            if (JsonNode.Parse(Text(parts[at]), documentOptions: Strict) is not JsonObject part)
                return false;
            if (part["type"] is { } type && !Traces.Contains(Text(type)))
                return false;
            kinds.Add(Text(part["type"]));
            Clean(part);
            parts[at] = part.ToJsonString();
        }

        return true;
    }

    // Traces over a map may also stand in a template; plotly.js loads outlines for them.
    private static readonly string[] Maps = ["scattergeo", "scattermap", "choropleth", "densitymap"];

    // plotly.js loads what "source" names, shows outlines of maps, and lets a style in its texts name a picture.
    private static void Clean(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            for (int at = 0; at < list.Count; at++)
            {
                if (Cleaned(list[at]) is { } text)
                    list[at] = text;
                else
                    Clean(list[at]);
            }
        }

        if (node is not JsonObject part)
            return;
        foreach (string key in part.Select(pair => pair.Key).ToList())
        {
            bool map = key.StartsWith("geo", StringComparison.Ordinal) || key.StartsWith("map", StringComparison.Ordinal);
            bool menu = key is "updatemenus" or "sliders"; // they change the figure by paths that are no keys here
            bool outlines = key == "type" && Maps.Any(name => Text(part[key]).StartsWith(name, StringComparison.Ordinal));
            bool elsewhere = key == "source" && part[key] is JsonValue source && source.GetValueKind() == JsonValueKind.String
                && !SafeUrl.IsDataPicture(Text(source));
            if (map || menu || outlines || elsewhere || key is "__proto__" or "constructor" or "prototype")
                part.Remove(key);
            else if (Cleaned(part[key]) is { } text)
                part[key] = text;
            else
                Clean(part[key]);
        }
    }

    private static string? Cleaned(JsonNode? node) => node is JsonValue && Text(node) is var text
        && (text.Contains('<', StringComparison.Ordinal) || text.Contains("url(", StringComparison.OrdinalIgnoreCase))
            ? SafeText(text)
            : null;

    // Its texts may contain <b>, <br> and <sup>; what else stands in a tag may name a picture.
    private static string SafeText(string text) =>
        Attributes.Replace(text, "<$1>").Replace("url(", "(", StringComparison.OrdinalIgnoreCase);

    private static bool AreFrames(JsonNode? node, JsonNode? parts, JsonNode? labels) => node is JsonArray { Count: > 0 } frames
        && Same(node, labels)
        && frames.All(frame => frame is JsonArray { Count: > 0 } places && places.All(place => IsPlace(place, parts)));

    private static bool IsPlace(JsonNode? node, JsonNode? list) =>
        node is JsonValue value && value.TryGetValue(out int place) && place >= 0 && place < (list as JsonArray)?.Count;

    private static bool AreTexts(JsonNode? node) =>
        node is JsonArray texts && texts.All(text => text is JsonValue value && value.GetValueKind() == JsonValueKind.String);

    private static bool Same(JsonNode? one, JsonNode? other) => (one as JsonArray)?.Count == (other as JsonArray)?.Count;

    // The drawing script writes the colour into HTML.
    private static bool IsEntry(JsonNode? node) => node is JsonArray { Count: 3 } entry && AreTexts(entry)
        && Colour.IsMatch(Text(entry[1])) && Looks.Contains(Text(entry[2]));

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";
}
