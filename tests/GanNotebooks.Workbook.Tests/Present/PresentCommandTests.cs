using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Tests.Slides;

namespace GanNotebooks.Workbook.Tests.Present;

/// <summary>The command, and what its server takes and refuses.</summary>
[Trait("Category", "Slow")]
public sealed class PresentCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("present 05", "not run yet, so there are no outputs to show. `workbook run 05` runs it.")]
    [InlineData("present", "Required argument 'notebook' missing")]
    [InlineData("present 05 06", "present shows one notebook, and these are 2.")]
    [InlineData("present 07", "There is no notebook '07'.")]
    public async Task Present_WhatCannotBeShown_SaysSoInOneLine(string arguments, string why)
    {
        folder.Write("GanNotebooks.sln", "");
        folder.Write("notebooks/05-a.ipynb", SlideText.Of(SlideText.Prose("# 05 · A", "slide")));
        folder.Write("notebooks/06-b.ipynb", SlideText.Of(SlideText.Prose("# 06 · B", "slide")));
        var run = await WorkbookProcess.RunAsync(folder.Path, folder.Path, Cancel, arguments.Split(' '));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Shell.IsOneLine(run.Errors);
        Assert.Contains(why, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Cell_RunsItAndTheWatchShowsIt()
    {
        using var present = await StartAsync();
        Assert.Empty((await PostAsync(present, "cells/run", """{"run":[{"cell":2,"source":"a + 40"}]}""")).AsObject());
        JsonNode now;
        int version = 0;
        do
        {
            now = await PostAsync(present, "cells/watch", $$"""{"after":{{version}}}""");
            version = now["version"]!.GetValue<int>();
        }
        while (now["shown"]!.AsArray().Count == 0);
        var shown = now["shown"]![0]!;
        Assert.Equal((2, "a + 40"), (shown["cell"]!.GetValue<int>(), shown["source"]!.ToString()));
        Assert.Equal("<pre class=\"output value\">42</pre>", shown["html"]!.ToString());
        Assert.Contains("class=\"n\"", (await PostAsync(present, "cells/code", """{"source":"int a = 5;"}"""))["html"]!.ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cells/run", "")]
    [InlineData("cells/run", "null")]
    [InlineData("cells/run", "[]")]
    [InlineData("cells/run", "{\"run\":[]")]
    [InlineData("cells/run", "{\"run\":5}")]
    [InlineData("cells/run", "{\"run\":[5]}")]
    [InlineData("cells/run", "{\"run\":[{\"cell\":2}]}")]
    [InlineData("cells/run", "{\"run\":[{\"cell\":2,\"source\":null}]}")]
    [InlineData("cells/run", "{\"run\":[{\"cell\":2,\"source\":\"\\ud800\"}]}")]
    [InlineData("cells/run", "{\"run\":[{\"cell\":99,\"source\":\"1\"}]}")]
    [InlineData("cells/run", "{\"run\":[{\"cell\":0,\"source\":\"1\"}]}")]
    [InlineData("cells/run", "{\"run\":[{\"cell\":1e99,\"source\":\"1\"}]}")]
    [InlineData("cells/prepare", "{\"cell\":\"x\"}")]
    [InlineData("cells/prepare", "{\"cell\":-1}")]
    [InlineData("cells/code", "{\"source\":7}")]
    [InlineData("cells/watch", "{\"after\":\"now\"}")]
    public async Task Post_WrongMessage_IsAnsweredWithAnErrorAndTheNextOneIsServed(string path, string body)
    {
        using var present = await StartAsync();
        Assert.NotNull((await PostAsync(present, path, body))["error"]);
        Assert.NotNull((await PostAsync(present, "cells/code", """{"source":"1"}"""))["html"]);
    }

    // Whoever can post can run code on this machine: only the page itself may.
    [Fact]
    public async Task Post_NotFromThePage_IsRefusedAndRunsNothing()
    {
        using var present = await StartAsync();
        string url = present.Address + "cells/run", own = new Uri(present.Address).GetLeftPart(UriPartial.Authority);
        string body = $$"""{"run":[{"cell":1,"source":"System.IO.File.WriteAllText(\"{{folder.File("ran")}}\", \"\");"}]}""";
        (string? Origin, string Type, string Url)[] wrong =
        [
            ("http://example.org", "application/json", url), (null, "application/json", url), ("null", "application/json", url),
            (own, "text/plain", url), (own, "application/x-www-form-urlencoded", url),
            (own, "application/json", own + "/cells/run"), (own, "application/json", own + "/0123456789abcdef0123456789abcdef/cells/run"),
        ];
        foreach (var (origin, type, address) in wrong)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, type) };
            if (origin is not null)
                request.Headers.Add("Origin", origin);
            using var answer = await client.SendAsync(request, Cancel);
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{origin} {type}: {answer.StatusCode}");
        }

        using var rebound = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(new { }) };
        rebound.Headers.Host = "example.org";
        using var refused = await client.SendAsync(rebound, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var now = await PostAsync(present, "cells/watch", """{"after":0}""");
        Assert.Equal("idle", now["phase"]!.ToString());
        Assert.False(File.Exists(folder.File("ran")));
    }

    [Fact]
    public async Task Get_DeckAndLab_StateWhatTheyMayLoad()
    {
        using var present = await StartAsync();
        using var deck = await client.GetAsync(new Uri(present.Address), Cancel);
        Assert.Equal("frame-ancestors 'self'", string.Join(';', deck.Headers.GetValues("Content-Security-Policy")));
        string page = await deck.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("default-src 'none'; script-src 'sha256-", page, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self'", page, StringComparison.Ordinal);
        using var lab = await client.GetAsync(new Uri(present.Address + "lab.html"), Cancel);
        Assert.StartsWith("default-src 'none'; script-src 'self'", string.Join(';', lab.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
        Assert.Contains("The lab", await lab.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static Task<PresentProcess> StartAsync() => PresentProcess.StartAsync(SlideText.Prose("# 09 · Title", "slide"),
        SlideText.Code("int a = 2;", "skip"), SlideText.Code("a", "slide", value: "2"));

    private async Task<JsonNode> PostAsync(PresentProcess present, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, present.Address + path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Origin", new Uri(present.Address).GetLeftPart(UriPartial.Authority));
        using var answer = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
    }
}
