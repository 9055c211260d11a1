using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Linting;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Tests.Linting;

public sealed class NotebookFixerTests
{
    [Fact]
    public void Fix_WhatAnEditorSaved_IsGoneAndSourcesStay()
    {
        using var good = new GoodNotebook();
        var sources = Enumerable.Range(0, 9).Select(good.Source).ToList();
        good.Root["metadata"]!["vscode"] = true;
        good.Root["nbformat_minor"] = 2;
        good.Cell(3)["attachments"] = new JsonObject();
        good.Cell(4)["metadata"]!["tags"] = new JsonArray("x");
        good.Cell(4)["execution_count"] = 3;
        good.Cell(5).Remove("id");
        good.Cell(8)["id"] = "c4";
        NotebookOutputs.AddText(good.Cell(4), "stdout", "x");
        Assert.NotEmpty(good.Check());

        Assert.True(NotebookFixer.Fix(good.Path));

        Assert.Empty(Linter.Check(good.Path));
        Assert.Equal(sources, NotebookFile.Read(good.Path).Cells.Select(cell => cell.Source));
    }

    [Fact]
    public void Fix_CleanNotebook_LeavesTheFileAlone()
    {
        using var good = new GoodNotebook();
        Assert.Empty(good.Check());
        string text = File.ReadAllText(good.Path);

        Assert.False(NotebookFixer.Fix(good.Path));
        Assert.Equal(text, File.ReadAllText(good.Path));
    }
}
