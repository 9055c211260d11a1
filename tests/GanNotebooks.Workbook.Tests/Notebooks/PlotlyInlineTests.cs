using GanNotebooks.Workbook.Notebooks;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Runner;

public sealed class PlotlyInlineTests
{
    private const string figure = "<div>\n<script>window.Plotly.react()</script>";

    [Fact]
    public void AddOnce_TwoFigures_GivesTheFirstTheScriptAndRemoveTakesItOut()
    {
        var document = Document(Code("1"), Code("2"), Code("3"));
        var cells = document["cells"]!.AsArray();
        NotebookOutputs.AddData(cells[0]!.AsObject(), null, 1, Html("<p>no figure</p>"));
        NotebookOutputs.AddData(cells[1]!.AsObject(), null, 2, Html(figure));
        NotebookOutputs.AddData(cells[2]!.AsObject(), null, 3, Html(figure));

        Assert.Null(PlotlyInline.Find(document));
        PlotlyInline.AddOnce(document, "var a = 1;\n");

        var contents = cells.Select(cell => NotebookFile.Text(cell!["outputs"]![0]!["data"]!["text/html"])).ToList();
        Assert.Equal("var a = 1;\n", PlotlyInline.Find(document));
        Assert.Equal(["<p>no figure</p>", figure, figure], contents.Select(PlotlyInline.Remove));
        Assert.Equal([false, true, false], contents.Select(content => content.Contains("var a", StringComparison.Ordinal)));
    }

    private static System.Text.Json.Nodes.JsonObject Html(string text) =>
        NotebookOutputs.Bundle(new Dictionary<string, string> { ["text/html"] = text });
}
