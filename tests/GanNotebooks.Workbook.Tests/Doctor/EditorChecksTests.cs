using System.Text.Json;
using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Doctor;

namespace GanNotebooks.Workbook.Tests;

public sealed class EditorChecksTests
{
    [Theory]
    [InlineData("", nameof(Health.Good))]
    [InlineData("dotnet-tools.json", nameof(Health.Warning))]
    [InlineData(".config/dotnet-tools.json", nameof(Health.Good))]
    [InlineData("dotnet-tools.json .config/dotnet-tools.json", nameof(Health.Good))]
    public void Polyglot_ToolManifest_IsPoorOnlyWhereTheExtensionDoesNotLook(string files, string health)
    {
        using var folder = new TemporaryFolder();
        foreach (string file in files.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            folder.Write(file, "{}");
        var diagnosis = EditorChecks.Polyglot([folder.File("none"), folder.Path]);

        Assert.Equal(health, diagnosis.Health.ToString());
        Assert.Equal(health == nameof(Health.Warning), diagnosis.Remedy.Contains(".config", StringComparison.Ordinal));
    }

    [Fact]
    public void Polyglot_NeverStartedHere_IsNoFault() => Assert.Equal(Health.Good, EditorChecks.Polyglot(["/nowhere/at/all"]).Health);

    // A file that VS Code cannot parse is ignored without a word.
    [Theory]
    [InlineData("settings.json", "editor.unicodeHighlight.ambiguousCharacters", "notebook.editorOptionsCustomizations",
        "workbench.editorAssociations", "notebook.output.wordWrap")]
    [InlineData("extensions.json", "recommendations")]
    public void FolderForVsCode_Files_AreReadAndHoldTheirSettings(string file, params string[] keys)
    {
        string text = File.ReadAllText(Path.Combine(TestPaths.Repository.Root, ".vscode", file));
        var settings =
            JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!.AsObject();

        Assert.Equal(keys, settings.Select(setting => setting.Key));
    }
}
