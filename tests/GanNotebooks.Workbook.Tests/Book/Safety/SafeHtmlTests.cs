using System.IO.Compression;
using System.Text;
using AngleSharp.Html.Parser;
using GanNotebooks.Workbook.Book;

namespace GanNotebooks.Workbook.Tests.Book;

public sealed class SafeHtmlTests
{
    [Theory]
    [InlineData("<script>steal()</script>")]
    [InlineData("<SCRIPT\n>steal()</SCRIPT\t>")]
    [InlineData("<scr<script>ipt>steal()</script>")]
    [InlineData("<img src=x onerror=steal()>")]
    [InlineData("<img src=\"x\"onerror=\"steal()\">")]
    [InlineData("<svg onload=steal()><animate onbegin=steal()></svg>")]
    [InlineData("<svg><script>steal()</script></svg>")]
    [InlineData("<svg><a xlink:href=\"javascript:steal()\"><text>x</text></a></svg>")]
    [InlineData("<svg><style><img src=x onerror=steal()></style></svg>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=steal()>")]
    [InlineData("<a href=\"javascript:steal()\">x</a>")]
    [InlineData("<a href=\"java\tscript:steal()\">x</a>")]
    [InlineData("<a href=\" javascript:steal()\">x</a>")]
    [InlineData("<a href=\"&#106;avascript&colon;steal()\">x</a>")]
    [InlineData("<a href=\"data:text/html,<script>steal()</script>\">x</a>")]
    [InlineData("<a href=\"vbscript:steal()\">x</a>")]
    [InlineData("<a href=\"//steal.example/\">x</a>")]
    [InlineData("<a href=\"../../steal.html\">x</a>")]
    [InlineData("<a href=\"file:///etc/steal\">x</a>")]
    [InlineData("<iframe src=\"javascript:steal()\"></iframe>")]
    [InlineData("<iframe srcdoc=\"<script>steal()</script>\"></iframe>")]
    [InlineData("<object data=steal.swf></object><embed src=steal.swf>")]
    [InlineData("<form action=\"https://steal.example\"><input name=a><button formaction=\"javascript:steal()\">x</button></form>")]
    [InlineData("<meta http-equiv=refresh content=\"0;url=https://steal.example\">")]
    [InlineData("<base href=\"https://steal.example\"><link rel=stylesheet href=\"https://steal.example\">")]
    [InlineData("<style>@import 'https://steal.example';</style>")]
    [InlineData("<p style=\"background:url(https://steal.example)\">x</p>")]
    [InlineData("<p style=\"background:u\\72l(https://steal.example)\">x</p>")]
    [InlineData("<p data-kept-style=\"background:url(https://steal.example)\">x</p>")]
    [InlineData("<p style=\"width:expression(steal())\">x</p>")]
    [InlineData("<svg><path fill=\"url(https://steal.example)\" d=\"M0 0\"/></svg>")]
    [InlineData("<img src=\"https://steal.example/a.png\" srcset=\"https://steal.example/b.png 2x\">")]
    [InlineData("<img src=\"files/../../steal.png\">")]
    [InlineData("<img src=\"/steal.png\">")]
    [InlineData("<img src=\"data:image/svg+xml;base64,c3RlYWw=\">")]
    [InlineData("<video poster=\"https://steal.example\"><source src=\"https://steal.example\"></video>")]
    [InlineData("<table background=\"https://steal.example\"></table>")]
    [InlineData("<!--><script>steal()</script>-->")]
    [InlineData("<![CDATA[<script>steal()</script>]]>")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=steal()>\"></noscript>")]
    [InlineData("<textarea><img title=\"</textarea><img src=x onerror=steal()>\">")]
    [InlineData("<div id=main onclick=steal()></div>")]
    public void Of_WhatRunsOrLoads_IsGone(string html)
    {
        string safe = SafeHtml.Of(html) + SafeHtml.OfWords(html);

        HostileBook.AssertInert(new HtmlParser().ParseDocument(safe), "SafeHtml");
        // As text it may stay.
        Assert.DoesNotContain("steal", string.Concat(new HtmlParser().ParseDocument(safe).All
            .SelectMany(element => element.Attributes).Select(attribute => attribute.Value)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<details><summary>Solution</summary>\n\n<p>x</p>\n</details>")]
    [InlineData("<table class=\"prose-table\"><thead><tr><th style=\"text-align: right\">a</th></tr></thead></table>")]
    [InlineData("<div style=\"width:clamp(80px,62%,128px);max-width:100%\"><img id=\"gan-images-1\" src=\"files/a.png\" alt=\"a\"></div>")]
    [InlineData("<p style=\"grid-template-columns:repeat(auto-fill,minmax(max(9em,calc((100% - 2em) / 3 - 1px)),1fr))\"></p>")]
    [InlineData("<a href=\"https://arxiv.org/abs/1406.2661\">paper</a><a href=\"04-x.html#a-b\">page</a><a href=\"#fn:1\">1</a>")]
    [InlineData("<input type=\"range\" id=\"gan-figure-1-1-slider\" min=\"0\" max=\"4\" value=\"0\" step=\"1\" aria-label=\"Frame\">")]
    [InlineData("<button type=\"button\" id=\"a-play\" aria-label=\"Play\" style=\"font:inherit;background:none\">▶ Play</button>")]
    [InlineData("<span class=\"math\">a_1 &lt; b</span>")]
    public void Of_WhatTheCourseUses_StaysAsItIs(string html) => Assert.Equal(html, SafeHtml.Of(html));

    // A script or a style of the page acts on these names.
    [Theory]
    [InlineData("verdict good")]
    [InlineData("side open")]
    [InlineData("badge good")]
    [InlineData("typeset")]
    [InlineData("figure-calls")]
    [InlineData("output error")]
    [InlineData("cell\tturn\nbar")]
    public void Of_NamesOfThePage_AreGone(string names)
    {
        Assert.Equal("<div>x</div>", SafeHtml.Of($"<div class=\"{names}\">x</div>"));
        Assert.Equal("<div class=\"gan-table\">x</div>", SafeHtml.Of($"<div class=\"{names} gan-table\">x</div>"));
        Assert.Equal("<span>x</span>", SafeHtml.OfWords($"<span class=\"{names}\">x</span>"));
        Assert.Equal("<span class=\"math\">x</span>", SafeHtml.OfWords($"<span class=\"{names} math\">x</span>"));
    }

    [Fact]
    public void Of_Drawing_KeepsItsParts()
    {
        const string drawing = "<svg viewBox=\"0 0 480 236\" fill=\"currentColor\" style=\"display:block;width:100%\"><defs>"
            + "<marker id=\"gan-head\" viewBox=\"0 0 10 10\" refX=\"9\" markerWidth=\"7\" orient=\"auto\">"
            + "<path d=\"M0 0L10 5z\" fill=\"#0b9c72\"></path></marker>"
            + "</defs><path d=\"M62 72H100\" marker-end=\"url(#gan-head)\" stroke-dasharray=\"3 4\"></path>"
            + "<text x=\"1\" y=\"2\">G</text></svg>";

        Assert.Equal(drawing, SafeHtml.Of(drawing));
    }

    [Fact]
    public void OfWords_Heading_HasNoLinkAndNoName() =>
        Assert.Equal("a <em>b</em> c", SafeHtml.OfWords("<a href=\"https://example.org\" id=\"main\">a</a> <em>b</em> <p>c</p>"));

    // Each would take a parser minutes, gigabytes or a deep stack; refused shapes are shown as text.
    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<b><p></b>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<a b")]
    [InlineData("<svg>")]
    [InlineData("<svg><p><path/>")]
    [InlineData("</p>")]
    [InlineData("<!--")]
    [InlineData("<")]
    [InlineData("<script>")]
    [InlineData("<p style=\"")]
    public void Of_AMegabyteOfOneThing_EndsInTime(string unit)
    {
        string html = new StringBuilder().Insert(0, unit, 1_000_000 / unit.Length).ToString();
        Assert.InRange(WorstCase.Seconds(() => SafeHtml.Of(html)), 0, WorstCase.Patience);
    }

    [Fact]
    public void Of_FormattingThatIsRepeatedForEachBlock_IsRefused()
    {
        string formatting = string.Concat(Enumerable.Range(0, 50).Select(i => $"<b class=\"x{i}\">"));
        string html = $"<div>{formatting}</div>" + string.Concat(Enumerable.Repeat("<p>x", 100_000));

        Assert.Null(HtmlShape.Tidy(html));
    }

    // The drawing script in a figure, and the short form of an executed notebook, which has the script once.
    [Theory]
    [InlineData("scatter", false)]
    [InlineData("heatmap", false)]
    [InlineData("sunburst", true)]
    public void FigureCalls_BothForms_AreReadAndSayHowMuchOfPlotlyTheyNeed(string kind, bool whole)
    {
        string call = $$"""draw("gan-figure-1-1",["{\"type\":\"{{kind}}\"}","{}"],[[0,1]],[""],0)""";
        foreach (string script in new[]
        {
            $"(window.ganFigures0A=window.ganFigures0A||(function x(){{}})()).{call};// by Plotly.react",
            $"(function g(f){{f=window.ganFigures0A;f?f.{call}:setTimeout(g,50)}})();// by Plotly.react",
        })
        {
            string read = FigureCalls.Of($"<script>{script}</script>", out bool foreign);
            Assert.False(foreign);
            Assert.Equal(whole, read.StartsWith(FigureCalls.WholePlotlyMark, StringComparison.Ordinal));
            Assert.StartsWith(FigureCalls.PlotlyMark, read, StringComparison.Ordinal);
            Assert.Contains(kind, read, StringComparison.Ordinal);
        }

        _ = FigureCalls.Of("<script>(function g(f){f=window.other;f?f.draw():setTimeout(g,50)})()</script>", out bool other);
        Assert.True(other);
    }

    // Large figures of the library come packed. What they hold is looked at as if they did not.
    [Fact]
    public void FigureCalls_PackedParts_AreCleanedAsOthersAre()
    {
        string parts = """["{\"type\":\"sunburst\",\"text\":\"<a href='https://evil.example'>x</a>\"}","{\"geo\":{}}"]""";

        string read = FigureCalls.Of(PackedFigure(Pack(parts)), out bool foreign);

        Assert.False(foreign);
        Assert.StartsWith(FigureCalls.WholePlotlyMark, read, StringComparison.Ordinal);
        Assert.Contains("sunburst", read, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", read, StringComparison.Ordinal);
        Assert.DoesNotContain("geo", read, StringComparison.Ordinal);
        Assert.Equal(FigureCalls.Of(PackedFigure(parts, packed: false), out _), read);
    }

    public static TheoryData<string> BadlyPacked => new(
        "", "?", "AAAA", Convert.ToBase64String("[]"u8), Pack(""), Pack("[\"{}\""), Pack("{\"a\":1}"), Pack("[{}]"),
        Pack("[\"{}\",\"{}\"]")[..^16], Pack("[\"{}\",\"{}\"]").Insert(8, "\\u003C"), Pack("[\"{\\\"a\\\":1,\\\"a\\\":2}\",\"{}\"]"));

    [Theory]
    [MemberData(nameof(BadlyPacked))]
    public void FigureCalls_BadlyPacked_IsForeign(string letters)
    {
        Assert.Equal("", FigureCalls.Of(PackedFigure(letters), out bool foreign));
        Assert.True(foreign);
    }

    // Two hundred megabytes in a few hundred thousand letters: the memory that is asked for is that of 64 letters for each, at most 64 MB.
    [Fact]
    public void FigureCalls_Bomb_IsForeign()
    {
        byte[] zeros = new byte[1 << 20];
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int i = 0; i < 200; i++)
                gzip.Write(zeros);
        }

        string script = PackedFigure(Convert.ToBase64String(packed.ToArray()));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("", FigureCalls.Of(script, out bool foreign));

        Assert.True(foreign);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 150L << 20);
    }

    private static string PackedFigure(string parts, bool packed = true) =>
        $"<script>(function g(f){{f=window.ganFigures0A;f?f.draw(\"gan-figure-1-1\",{(packed ? $"\"{parts}\"" : parts)},[[0,1]],[\"\"],0)"
            + ":setTimeout(g,50)})();// by Plotly.react</script>";

    private static string Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(packed.ToArray());
    }
}
