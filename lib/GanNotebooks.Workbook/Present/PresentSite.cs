using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Live;
using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Present;

/// <summary>
/// What the page of a presented notebook gets: the deck itself, the lab under <see cref="LabPage"/>, and answers to what it posts about
/// cells. A post is JSON, and so is its answer; what is wrong with one is told in <c>error</c>.
/// </summary>
/// <param name="deck">The deck's page.</param>
/// <param name="cells">The cells.</param>
internal sealed class PresentSite(string deck, LiveCells cells)
{
    /// <summary>Where the lab is.</summary>
    public const string LabPage = "lab.html";

    private const string Index = "index.html", DeckPolicy = "frame-ancestors 'self'";

    // A proxy or a browser may end a request that is silent for a minute.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly LoopbackFile page = new("text/html; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(deck))
    {
        // The deck states its own, which names each of its scripts; only this part cannot stand in a page.
        Policy = DeckPolicy,
    };

    /// <summary>The lab's site with the deck in its place.</summary>
    public LoopbackSite Around(LoopbackSite lab) => lab with
    {
        File = path => path == Index ? page : lab.File(path == LabPage ? Index : path),
        Posts = new Dictionary<string, Func<string, CancellationToken, Task<LoopbackFile>>>
        {
            ["cells/run"] = (body, _) => Task.FromResult(Answer(body, Run)),
            ["cells/prepare"] = (body, _) => Task.FromResult(Answer(body, Prepare)),
            ["cells/code"] = (body, _) => Task.FromResult(Answer(body, Code)),
            ["cells/stop"] = async (_, _) =>
            {
                await cells.StopAsync().ConfigureAwait(false);
                return Json([]);
            },
            ["cells/watch"] = WatchAsync,
        },
    };

    private JsonObject Run(JsonElement message)
    {
        cells.Run([.. message.GetProperty("run").EnumerateArray().Select(one =>
            (one.GetProperty("cell").GetInt32(), one.GetProperty("source").GetString() ?? throw new ArgumentException("no source")))]);
        return [];
    }

    private JsonObject Prepare(JsonElement message)
    {
        cells.Prepare(message.GetProperty("cell").GetInt32());
        return [];
    }

    // While it is typed.
    private static JsonObject Code(JsonElement message)
    {
        string source = message.GetProperty("source").GetString() ?? "";
        return source.Length > LiveCells.LongestSource
            ? throw new ArgumentException("the text is too long")
            : new JsonObject { ["html"] = CodeHighlighter.ToHtml(source) };
    }

    private async Task<LoopbackFile> WatchAsync(string body, CancellationToken cancel)
    {
        int version = 0;
        var wrong = Answer(body, message =>
        {
            version = message.GetProperty("after").GetInt32();
            return [];
        }, out bool isWrong);
        if (isWrong)
            return wrong;
        await cells.WaitAsync(version, LongestWait, cancel).ConfigureAwait(false);
        var (status, shown) = cells.Since(version);
        var answer = new JsonObject
        {
            ["version"] = status.Version, ["phase"] = JsonNamingPolicy.CamelCase.ConvertName(status.Phase.ToString()),
            ["cell"] = status.Cell, ["prepared"] = status.Prepared, ["total"] = status.Total, ["failure"] = status.Failure,
            ["shown"] = new JsonArray([.. shown.OrderBy(pair => pair.Key).Select(pair => Shown(pair.Key, pair.Value))]),
        };
        if (status.Progress is { } progress)
            answer["progress"] = new JsonObject { ["title"] = progress.Title, ["part"] = progress.Fraction, ["text"] = progress.Text };
        return Json(answer);
    }

    private static JsonObject Shown(int index, ShownCell cell) => new()
    {
        ["cell"] = index, ["source"] = cell.Source, ["code"] = CodeHighlighter.ToHtml(cell.Source.TrimEnd()),
        ["seconds"] = Math.Round(cell.Result.Seconds, 2), ["failure"] = cell.Result.Failure,
        ["html"] = DeepStack.Run(() => OutputHtml.ToHtml(cell.Result.Cell, [])).Trim(),
    };

    private static LoopbackFile Answer(string body, Func<JsonElement, JsonObject> take) => Answer(body, take, out _);

    private static LoopbackFile Answer(string body, Func<JsonElement, JsonObject> take, out bool isWrong)
    {
        isWrong = false;
        try
        {
            using var message = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            return Json(take(message.RootElement));
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException or FormatException
            or KeyNotFoundException)
        {
            isWrong = true;
            return Json(new JsonObject { ["error"] = error is ArgumentException ? error.Message : "the message cannot be read" });
        }
    }

    private static LoopbackFile Json(JsonObject answer) =>
        new("application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(answer));
}
