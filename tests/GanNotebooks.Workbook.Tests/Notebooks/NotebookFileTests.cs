using GanNotebooks.Workbook.Notebooks;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Notebooks;

public sealed class NotebookFileTests
{
    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[1]", "not a notebook")]
    [InlineData("null", "not a notebook")]
    [InlineData("{\"cells\": 3, \"nbformat\": 4}", "not a notebook")]
    [InlineData("{\"cells\": [3], \"nbformat\": 4}", "cell 1 is not a JSON object")]
    [InlineData("{\"cells\": [], \"nbformat\": 3}", "notebook format 3")]
    [InlineData("{\"cells\": [], \"nbformat\": \"4\"}", "notebook format 4")]
    [InlineData("{\"cells\": [], \"cells\": [], \"nbformat\": 4}", "not a notebook")]
    public void Parse_Malformed_SaysWhatIsWrong(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<NotebookFormatException>(() => NotebookFile.Parse("x.ipynb", text)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"kernelspec": {"language": "python", "name": "python3"}}""", "code in python")]
    [InlineData("""{"language_info": {"name": "F#"}}""", "code in f#")]
    [InlineData("""{"kernelspec": {"language": "C#"}, "language_info": {"name": "polyglot-notebook"}}""", "code")]
    [InlineData("""{"language_info": {"name": "polyglot-notebook"}}""", "code")]
    [InlineData("{}", "code")]
    public void Parse_CellWithoutALanguage_HasThatOfItsNotebook(string metadata, string kind)
    {
        string cells = """[{"cell_type": "code", "source": "1 + 1", "metadata": {} }]""";
        string text = $$"""{"cells": {{cells}}, "metadata": {{metadata}}, "nbformat": 4}""";
        Assert.Equal(kind, NotebookFile.Parse("x.ipynb", text).Cells.Single().KindName);
    }

    [Fact]
    public void Read_NoFile_SaysSo() =>
        Assert.Equal("no such file", Assert.Throws<NotebookFormatException>(() => NotebookFile.Read("no-such-file.ipynb")).Message);

    [Fact]
    public void Parse_MixedCells_NumbersCodeCellsFromOne()
    {
        var notebook =
            NotebookFile.Parse("x/04-topic.ipynb", Of(Prose("# 04 · Topic"), Code("1"), Prose("text"), Code("#!import setup.csx")));

        Assert.Equal([0, 1, 0, 2], notebook.Cells.Select(cell => cell.Number));
        Assert.Equal(("04-topic", "04 · Topic"), (notebook.Name, notebook.Title));
        Assert.Equal([null, "setup.csx"], notebook.CodeCells.Select(cell => cell.ImportedFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("one\n")]
    [InlineData("one\n\ntwo")]
    public void ToLines_AnyText_ComesBackAsItWas(string text) => Assert.Equal(text, NotebookFile.Text(NotebookFile.ToLines(text)));

    [Fact]
    public void ToText_Document_HasOneSpaceOfIndentationAndReadableLetters() =>
        Assert.StartsWith("{\n \"cells\": [\n  {\n   \"cell_type\": \"markdown\"", Of(Prose("ψ < 1")), StringComparison.Ordinal);
}
