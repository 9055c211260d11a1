using System.Diagnostics;
using System.Text;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Linting;
using GanNotebooks.Workbook.Notebooks;
using GanNotebooks.Workbook.Runner;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Notebooks;

/// <summary>Whatever a file contains: it is read, or refused with one exception, and no command ends on it.</summary>
public sealed class HostileNotebookTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""{"cells": [{"cell_type": "code", "source": "\ud800"}], "nbformat": 4}""", "half of a surrogate pair")]
    [InlineData("""{"cells": [{"cell_type": "code", "id": "\udc00\ud800"}], "nbformat": 4}""", "half of a surrogate pair")]
    [InlineData("""{"cells": [], "metadata": {"\ud83d": 1}, "nbformat": 4}""", "half of a surrogate pair")]
    [InlineData("""{"cells": [{"source": "a", "source": "b"}], "nbformat": 4}""", "a name stands twice")]
    [InlineData("""{"cells": [], "metadata": {"a": {"b": [{"c": 1, "c": 2}]}}, "nbformat": 4}""", "a name stands twice")]
    [InlineData("""{"cells": [], "nbformat": 1e999}""", "notebook format 1e999")]
    [InlineData("""{"cells": [], "nbformat": 4} trailing""", "not valid JSON")]
    [InlineData("""{"cells": [], "nbformat": {"a": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}""", "…")]
    public void Parse_MalformedAnywhere_IsOneException(string text, string reason)
    {
        var error = Assert.Throws<NotebookFormatException>(() => NotebookFile.Parse("x.ipynb", text));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public void Parse_DeepJson_SaysThatItIsDeep(int depth)
    {
        string text = $$"""{"nbformat": 4, "cells": [], "metadata": {"a": {{new string('[', depth)}}{{new string(']', depth)}}} }""";
        Assert.Contains("nested more than", Assert.Throws<NotebookFormatException>(() => NotebookFile.Parse("x.ipynb", text)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooManyCellsOrBytes_IsRefusedBeforeItTakesMemory()
    {
        string cell = """{"cell_type":"code","source":"1"},""";
        string cells = new StringBuilder().Insert(0, cell, NotebookFile.CellsAtMost).ToString();
        string path = folder.Write("cells.ipynb", $$"""{"nbformat": 4, "cells": [{{cells}}{{cell.TrimEnd(',')}}]}""");
        Assert.True(File.Exists(path));
        Assert.Contains("10,001 cells", Reason("cells.ipynb"), StringComparison.Ordinal);

        using (var stream = File.OpenWrite(folder.File("large.ipynb")))
            stream.SetLength(NotebookFile.BytesAtMost + 1);
        Assert.Contains("too large: 64 MB", Reason("large.ipynb"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatIsNoFileOrNoNotebook_SaysWhatItIs()
    {
        File.WriteAllBytes(folder.File("latin.ipynb"), [.. "{\"a\": \""u8, 0xe9, .. "\"}"u8]);
        Directory.CreateDirectory(folder.File("folder.ipynb"));
        folder.Write("x.dib", "#!csharp\n1");

        Assert.Contains("not UTF-8 text (byte 8)", Reason("latin.ipynb"), StringComparison.Ordinal);
        Assert.Contains("a directory", Reason("folder.ipynb"), StringComparison.Ordinal);
        Assert.Contains(".dib files are not supported", Reason("x.dib"), StringComparison.Ordinal);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: Windows has no FIFOs and no /dev");
        using (var maker = Process.Start("mkfifo", [folder.File("pipe.ipynb")]))
            maker.WaitForExit();
        File.CreateSymbolicLink(folder.File("zero.ipynb"), "/dev/zero");
        Assert.Contains("a named pipe", Reason("pipe.ipynb"), StringComparison.Ordinal);
        Assert.Empty(SolutionFile.Read(folder.File("pipe.ipynb")));
        Assert.Contains("a device", Reason("zero.ipynb"), StringComparison.Ordinal);
    }

    /// <summary>A notebook with a letter, a number or a piece changed, a thousand times, through check, fix and book.</summary>
    [Fact]
    public void CheckFixBook_MutatedNotebooks_NeverThrow()
    {
        string whole = Of(Prose("# 90 · T\n\n**Claim.** C.\n\n**Time:** 2 minutes\n\n![p](p.png) [l](l.md) $x$\n\n"
            + "<details><summary>Solution</summary></details>"),
            Code("#!import setup.csx"), Code("Check.Near(\"a\", 1, 1, 1, \"r\")"));
        string[] pieces = ["\\ud800", "\"", "{", "}", "[", "]", ",", ":", "null", "-1", "1e999", "\\u0000",
            "\"id\": \"c0\",", "<script>", "```", "$$",
            "`", "\n", "(((((", "<<<<", "![](%00)", "![](", "|", "> > >"];
        var random = new Random(16);
        var paths = new List<string>();
        for (int i = 0; i < 1000; i++)
        {
            int at = random.Next(whole.Length), cut = random.Next(3) == 0 ? random.Next(40) : 0;
            string changed = whole[..at] + pieces[random.Next(pieces.Length)] + whole[Math.Min(whole.Length, at + cut)..];
            paths.Add(folder.Write($"notes/n{i:000}.ipynb", changed));
        }

        var problems = new BookWriter(new Repository(folder.Path), folder.File("out")).Write(paths);
        Assert.Empty(problems);
        foreach (string path in paths)
        {
            Assert.DoesNotContain(Linter.Check(path), finding => finding.Message.StartsWith("cannot be checked", StringComparison.Ordinal));
            _ = Record.Exception(() => NotebookFixer.Fix(path)) is var error and not (null or NotebookFormatException)
                ? throw new InvalidOperationException(File.ReadAllText(path), error)
                : 0;
        }
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("1441")]
    public void MinutesOf_AbsurdPromise_CountsAsNone(string minutes)
    {
        var notebook = NotebookFile.Parse("x.ipynb", Of(Prose($"**Time:** {minutes} minutes")));

        Assert.Null(StatedTime.MinutesOf(notebook));
        Assert.NotNull(TimeLimit.Of(notebook, new RunOptions(new Repository("/"), "/out")));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    public void Bundle_JsonThatIsNone_IsKeptAsText(string text) =>
        Assert.Equal(text, NotebookFile.Text(
            NotebookOutputs.Bundle(new Dictionary<string, string> { ["application/json"] = text })["application/json"]));

    private string Reason(string name) => Assert.Throws<NotebookFormatException>(() => NotebookFile.Read(folder.File(name))).Message;
}
