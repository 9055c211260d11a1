using System.Text.Json;
using GanNotebooks.Workbook.NotebookProcess;

namespace GanNotebooks.Workbook.Tests.NotebookProcess;

/// <summary>The kernel as the runner hosts it: what a cell shows, and why it fails.</summary>
public sealed class KernelSessionTests : IDisposable
{
    private readonly MemoryStream pipe = new();
    private readonly TemporaryFolder folder = new();
    private readonly EventWriter events;
    private readonly KernelSession session;

    public KernelSessionTests()
    {
        events = new EventWriter(pipe, new PathScrubber(folder.Path));
        session = new KernelSession(events);
    }

    public void Dispose()
    {
        session.Dispose();
        events.Dispose();
        folder.Dispose();
        pipe.Dispose();
    }

    [Theory]
    [InlineData("42", "42")]
    [InlineData("0.5", "0.5")]
    [InlineData("true", "True")]
    [InlineData("\"text\"", "text")]
    [InlineData("DayOfWeek.Monday", "Monday")]
    public async Task Run_Primitive_IsShownAsPlainTextOnly(string code, string text) =>
        Assert.Equal(new Dictionary<string, string> { ["text/plain"] = text }, await ValueOf(code));

    [Fact]
    public async Task Run_Object_IsShownAsHtmlAndText()
    {
        var data = await ValueOf("new { Mean = 1.5 }");

        Assert.Equal(["text/html", "text/plain"], data.Keys.Order());
        Assert.Contains("Mean", data["text/html"], StringComparison.Ordinal);
        Assert.DoesNotContain("<div", data["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DisplayHelper_IsThereAsInEveryKernel() =>
        Assert.Equal("shown", (await ValueOf("display(\"shown\");"))["text/plain"]);

    [Fact]
    public async Task Run_HtmlHelper_ShowsHtml() =>
        Assert.Equal("<b>hi</b>", (await ValueOf("display(HTML(\"<b>hi</b>\"));"))["text/html"]);

    [Fact]
    public async Task Run_MissingFile_IsNotTakenForALibraryThatIsNotBuilt()
    {
        var failure = await session.RunAsync("#r \"/no/such.dll\"", "n.ipynb[1]");

        Assert.Equal("CS0006", failure?.Name);
        Assert.DoesNotContain(Repository.BuildCommand, failure!.Message, StringComparison.Ordinal);
    }

    // Neither a value nor an exception that cannot be shown lets a cell pass.
    [Theory]
    [InlineData("class T { public override string ToString() => throw new Exception(\"ts\"); }\nnew T()")]
    [InlineData("class T { public override string ToString() => throw new Exception(\"ts\"); }\ndisplay(new T()); throw new Exception();")]
    [InlineData("class E : Exception { public override string Message => null; }\nthrow new E();")]
    [InlineData("class E : Exception { public override string Message => null; }\nawait Task.Run(() => throw new E());")]
    [InlineData("class E : Exception { public override string Message => throw new E(); }\nthrow new E();")]
    [InlineData("class E : Exception { public override string StackTrace => throw new E(); }\nthrow new E();")]
    [InlineData("class E : Exception { public override string ToString() => throw new E(); }\nthrow new E();")]
    [InlineData("class E : Exception { public override string Message => throw new E(); }\nawait Task.Run(() => throw new E());")]
    [InlineData("class E : Exception { public override string Message => throw new E(); }\n"
        + "throw new AggregateException(new E(), new E());")]
    [InlineData("class E : Exception { public override string Message => throw new Exception(\"m\"); }\n"
        + "class T { public override string ToString() => throw new E(); }\nnew T()")]
    public async Task Run_WhatCannotBeShown_FailsTheCell(string code)
    {
        Assert.NotNull(await session.RunAsync(code, "n.ipynb[1]"));
        Assert.Null(await session.RunAsync("1 + 1", "n.ipynb[2]"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("// only a comment")]
    [InlineData("int x = 1;")]
    public async Task Run_CellWithoutAValue_Passes(string code) => Assert.Null(await session.RunAsync(code, "n.ipynb[1]"));

    [Fact]
    public async Task Run_Nothing_IsNotShown()
    {
        Assert.Null(await session.RunAsync("string nothing = null;\nnothing", "n.ipynb[1]"));
        Assert.Empty(Told<ChildEvent.Shown>());
    }

    [Fact]
    public async Task Run_TypeWithFormatterSource_ShowsItself()
    {
        Assert.Null(await session.RunAsync("""
            public class TypeFormatterSourceAttribute(Type type) : Attribute
            {
                public Type FormatterSourceType => type;
                public string[] PreferredMimeTypes => ["text/html", "text/plain"];
            }
            public class Form(string mimeType, string text)
            {
                public string MimeType => mimeType;
                public bool Format(object value, System.IO.TextWriter writer) { writer.Write(text); return true; }
            }
            public class Source
            {
                public IEnumerable<object> CreateTypeFormatters() => [new Form("text/html", "<b>itself</b>"), new Form("text/plain", "itself")];
            }
            [TypeFormatterSource(typeof(Source))]
            public class ShowsItself;
            """, "n.ipynb[1]"));
        Assert.Equal(new Dictionary<string, string> { ["text/html"] = "<b>itself</b>", ["text/plain"] = "itself" },
            await ValueOf("new ShowsItself()"));
    }

    [Theory]
    [InlineData("\nint x = \"a\";", "CS0029", 2)]
    [InlineData("1 +", "CS1733", 1)]
    [InlineData("\n\nint F() { return 1; int unreached = 2; }", "CS0162", 3)]
    [InlineData("#!nothing", "DNI101", 1)]
    public async Task Run_AnyDiagnostic_FailsTheCellWithItsLine(string code, string name, int line)
    {
        var failure = await session.RunAsync(code, "n.ipynb[1]");

        Assert.Equal((name, line), (failure?.Name, failure?.Line));
    }

    [Fact]
    public async Task Run_Info_FailsTheCell()
    {
        // Max and Min have an overload for each kind of number: nested, the inner lambda is bound for all of them, and the compiler remarks
        // on it.
        const string code = "double MinMax(double[][] a) => Enumerable.Range(0, a[0].Length).Min(j => a.Max(row => row[j]));";

        Assert.Equal("CS9236", (await session.RunAsync(code, "n.ipynb[1]"))?.Name);
    }

    [Fact]
    public async Task Run_Exception_NamesTheLineAndTheMethods()
    {
        Assert.Null(await session.RunAsync("int Half(int x)\n{\n    throw new ArgumentException(\"odd\");\n}", "n.ipynb[1]"));
        var failure = await session.RunAsync("\nHalf(3)", "n.ipynb[2]");

        Assert.Equal(("ArgumentException", "odd", 2), (failure?.Name, failure?.Message, failure?.Line));
        Assert.Contains(failure!.Trace, frame => frame.Contains("at Half(Int32 x) in ", StringComparison.Ordinal)
            && frame.EndsWith("n.ipynb[1]:line 3", StringComparison.Ordinal));
        Assert.DoesNotContain(failure.Trace, frame => frame.Contains("DotNet.Interactive", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ErrorInAnImportedFile_FailsTheCellWithTheFilesLine()
    {
        var failure = await session.RunAsync($"#!import \"{folder.Write("own.csx", "var a = 1;\nNothing.Such();")}\"", "own.csx");

        Assert.Equal(("CS0103", 2), (failure?.Name, failure?.Line));
    }

    [Fact]
    public async Task Run_FormatterThatThrows_FailsTheCell()
    {
        Assert.Null(await session.RunAsync(
            "public class Thrower { public string Name => throw new InvalidOperationException(\"broken\"); public override string "
                + "ToString() => throw new InvalidOperationException(\"broken\"); }", "n.ipynb[1]"));
        Assert.Contains("broken",
            (await session.RunAsync(
                "Microsoft.DotNet.Interactive.Formatting.Formatter.Register<Thrower>(t => t.ToString(), \"text/html\");\nnew Thrower()",
                "n.ipynb[2]"))?.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyDictionary<string, string>> ValueOf(string code)
    {
        Assert.Null(await session.RunAsync(code, "n.ipynb[1]"));
        return Assert.Single(Told<ChildEvent.Shown>()).Data;
    }

    private List<T> Told<T>()
    {
        pipe.Position = 0;
        using var reader = new StreamReader(pipe, leaveOpen: true);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(line, WireJson.Default.ChildEvent)).OfType<T>()];
    }
}
