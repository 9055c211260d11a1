using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Linting;
using GanNotebooks.Workbook.Notebooks;

namespace GanNotebooks.Workbook.Tests.Linting;

/// <summary>Each rule finds the notebook that breaks it, and finds only that.</summary>
public sealed class LinterTests : IDisposable
{
    private readonly GoodNotebook notebook = new();

    public void Dispose() => notebook.Dispose();

    // A reader's own notebook keeps no house style; what does not run, or leads nowhere, is still named.
    [Fact]
    public void Check_NotebookOfTheReader_HasOnlyWhatWouldNotRun()
    {
        using var own = new TemporaryFolder();
        string plain = own.Write("plain.ipynb", NotebookText.Of(NotebookText.Prose("# Mine"), NotebookText.Code("1 + 1")));
        Assert.NotEmpty(Linter.Check(plain));
        Assert.Empty(Linter.Check(plain, ofCourse: false));
        string broken = own.Write("broken.ipynb", NotebookText.Of(NotebookText.Prose("[there](nowhere.ipynb)")));
        Assert.Equal([LintRule.Link], Linter.Check(broken, ofCourse: false).Select(finding => finding.Rule));
        Assert.Equal([LintRule.Format], Linter.Check(own.Write("none.ipynb", "no"), ofCourse: false).Select(finding => finding.Rule));
    }

    [Fact]
    public void Check_GoodNotebook_FindsNothing() => Assert.Empty(notebook.Check().Select(finding => finding.ToString()));

    [Fact]
    public void Check_NotJson_FindsFormat()
    {
        File.WriteAllText(notebook.Path, "{");

        Assert.Equal([LintRule.Format], Linter.Check(notebook.Path).Select(finding => finding.Rule));
    }

    [Fact]
    public void Check_OldNotebookFormat_FindsFormat() => Finds(LintRule.Format, () => notebook.Root["nbformat_minor"] = 4);

    [Fact]
    public void Check_RawCell_FindsCellKind() => Finds(LintRule.CellKind, () => notebook.Cell(5)["cell_type"] = "raw");

    [Fact]
    public void Check_MissingId_FindsCellId() => Finds(LintRule.CellId, () => notebook.Cell(5).Remove("id"));

    [Fact]
    public void Check_SameIdTwice_FindsCellId() => Finds(LintRule.CellId, () => notebook.Cell(5)["id"] = "c4");

    [Fact]
    public void Check_ForeignNotebookMetadata_FindsMetadata() =>
        Finds(LintRule.Metadata, () => notebook.Root["metadata"]!["vscode"] = true);

    [Fact]
    public void Check_ForeignCellMetadata_FindsMetadata() =>
        Finds(LintRule.Metadata, () => notebook.Cell(5)["metadata"]!["tags"] = new JsonArray("x"));

    [Fact]
    public void Check_Attachment_FindsMetadata() => Finds(LintRule.Metadata, () => notebook.Cell(5)["attachments"] = new JsonObject());

    [Fact]
    public void Check_Outputs_FindsOutputs() => Finds(LintRule.Outputs, () => NotebookOutputs.AddText(notebook.Cell(4), "stdout", "x"));

    [Fact]
    public void Check_ExecutionCount_FindsOutputs() => Finds(LintRule.Outputs, () => notebook.Cell(4)["execution_count"] = 1);

    [Theory]
    [InlineData("#!import other.csx")]
    [InlineData("#!import setup.csx\nvar x = 1;")]
    public void Check_OtherFirstCell_FindsSetupImport(string source) => Finds(LintRule.SetupImport, () => notebook.SetSource(1, source));

    [Fact]
    public void Check_LabOfAnotherName_FindsLabOpen() => Finds(LintRule.LabOpen, () => notebook.Replace(2, GoodNotebook.Name, "05-other"));

    [Fact]
    public void Check_NoBuildCommand_FindsLabOpen() => Finds(LintRule.LabOpen, () => notebook.Replace(2, "dotnet build", "build"));

    [Theory]
    [InlineData("display(1);\n")]
    [InlineData("1.Display();\n")]
    [InlineData("#r \"nuget: TorchSharp\"\n")]
    [InlineData("#!time\n")]
    [InlineData("var layout = Plotly.NET.Layout.init();\n")]
    public void Check_HostSpecificCode_FindsHostSpecific(string line) =>
        Finds(LintRule.HostSpecific, () => notebook.SetSource(4, line + notebook.Source(4)));

    [Theory]
    [InlineData("/home/somebody/data.csv")]
    [InlineData("C:\\Users\\somebody")]
    [InlineData("file:///data")]
    public void Check_AbsolutePath_FindsAbsolutePath(string path) =>
        Finds(LintRule.AbsolutePath, () => notebook.SetSource(5, notebook.Source(5) + " " + path));

    [Fact]
    public void Check_RelativePathAndRatio_FindNoAbsolutePath()
    {
        notebook.SetSource(5, notebook.Source(5) + " data/tmp/x and p/q, a/(a+b), https://example.org/home/x");

        Assert.Empty(notebook.Check());
    }

    [Theory]
    [InlineData("# 04 · A", "# 05 · A")]
    [InlineData("# 04 · A", "# 04 - A")]
    [InlineData("# 04 · A", "A")]
    public void Check_OtherTitle_FindsTitle(string old, string with) => Finds(LintRule.Title, () => notebook.Replace(0, old, with));

    [Theory]
    [InlineData("**Claim.**", "Claim:")]
    [InlineData("at 0.75.", "at 0.75. It is one. It is the only one. It is a maximum.")]
    [InlineData("at 0.75.", "at 0.75")]
    public void Check_ClaimOfFourSentencesOrWithoutEnd_FindsClaim(string old, string with) =>
        Finds(LintRule.Claim, () => notebook.Replace(0, old, with));

    [Fact]
    public void Check_ClaimOfThreeSentences_FindsNothing()
    {
        notebook.Replace(0, "at 0.75.", "at 0.75. It is one. It is the only one.");

        Assert.Empty(notebook.Check());
    }

    [Theory]
    [InlineData("**You will learn**")]
    [InlineData("**You need**")]
    public void Check_OpeningFieldMissing_FindsOpening(string field) => Finds(LintRule.Opening, () => notebook.Replace(0, field, "Also"));

    [Fact]
    public void Check_FirstCellIsCode_FindsOpening() =>
        Assert.Contains(LintRule.Opening, RulesAfter(() => ((JsonArray)notebook.Root["cells"]!).RemoveAt(0)));

    [Fact]
    public void Check_NoMinutes_FindsTime() => Finds(LintRule.Time, () => notebook.Replace(0, "2 minutes", "a while"));

    [Theory]
    [InlineData("[Previous](03-before.ipynb) · ", "03-before.ipynb")]
    [InlineData("[Next](05-after.ipynb)", "05-after.ipynb")]
    public void Check_NoWayOn_FindsNeighbours(string link, string neighbour) => Finds(LintRule.Neighbours, () =>
    {
        notebook.Replace(0, link, "");
        if (notebook.Source(0).Contains($"]({neighbour})", StringComparison.Ordinal))
            notebook.Replace(0, $"]({neighbour})", "](04-good-example.ipynb)");
    });

    [Fact]
    public void Check_CellOfTwentyOneLines_FindsCellLength() => Assert.Contains(LintRule.CellLength,
        RulesAfter(() => notebook.SetSource(4, string.Concat(Enumerable.Repeat("//\n", 19)) + notebook.Source(4))));

    [Fact]
    public void Check_TwentyLinesOfWhichOneWraps_CountsItAsSeen() => Assert.Equal([LintRule.LineLength, LintRule.CellLength],
        RulesAfter(() => notebook.SetSource(4, string.Concat(Enumerable.Repeat("\n", 13)) + "//" + new string('x', 99) + "\n"
            + notebook.Source(4))));

    [Fact]
    public void Check_LineOfAHundredCharacters_FindsNothing()
    {
        notebook.SetSource(4, "//" + new string('x', 98) + "\n" + notebook.Source(4));

        Assert.Empty(notebook.Check());
    }

    [Fact]
    public void Check_LineOfAHundredAndOneCharacters_FindsLineLength() =>
        Finds(LintRule.LineLength, () => notebook.SetSource(4, "//" + new string('x', 99) + "\n" + notebook.Source(4)));

    [Fact]
    public void Check_MostCellsOfNineLines_FindsMedianLength() => Assert.Contains(LintRule.MedianLength, RulesAfter(() =>
    {
        notebook.SetSource(2, string.Concat(Enumerable.Repeat("//\n", 7)) + notebook.Source(2));
        notebook.SetSource(4, string.Concat(Enumerable.Repeat("//\n", 7)) + notebook.Source(4));
    }));

    [Theory]
    [InlineData(3, false)]
    [InlineData(9, true)]
    public void Check_ProseBesideMoreCode_FindsProseRatioBelowFiveWordsALine(int comments, bool found)
    {
        notebook.SetSource(4, string.Concat(Enumerable.Repeat("//\n", comments)) + notebook.Source(4));
        notebook.SetSource(5, "As expected.");

        Assert.Equal(found, notebook.Check().Any(finding => finding.Rule == LintRule.ProseRatio));
    }

    [Theory]
    [InlineData("the same for b/(a+b)")]
    [InlineData("its maximum is at a/(a+b)")]
    [InlineData("and at a/(a+b)")]
    [InlineData("recorded, the same: a/(a+b)")]
    public void Check_ClaimThatPointsBack_FindsClaimSubject(string claim) =>
        Finds(LintRule.ClaimSubject, () => notebook.Replace(4, "the optimum is at a/(a+b)", claim));

    [Theory]
    [InlineData(".Near($\"the same, {best}\", 0.75, best, 0.001, \"grid\")", true)]
    [InlineData(".Near(\"the \" + \"optimum\", 0.75, best, 0.001, \"and grid\")", false)]
    [InlineData(".That($\"{best} is the same\", true, \"the same\")", false)]
    public void Check_SecondClaimOfACell_NeedsItsSubjectToo(string call, bool found)
    {
        notebook.SetSource(4, notebook.Source(4) + "\n    " + call);

        Assert.Equal(found ? [LintRule.ClaimSubject] : [], notebook.Check().Select(finding => finding.Rule));
    }

    [Fact]
    public void Check_TooMuchProse_FindsProseRatio() =>
        Finds(LintRule.ProseRatio, () => notebook.SetSource(5, string.Concat(Enumerable.Repeat("word ", 200))));

    [Fact]
    public void Check_ClaimWithoutCheck_FindsCheckPerClaim() =>
        Finds(LintRule.CheckPerClaim, () => notebook.SetSource(5, notebook.Source(5) + "\n\n## More\n\n**Claim** it is unique."));

    [Fact]
    public void Check_NoCheckAtAll_FindsCheckPerClaim() => Assert.Contains(LintRule.CheckPerClaim, RulesAfter(() =>
    {
        notebook.SetSource(4, "var best = 1;");
        notebook.SetSource(7, "var answer = 1;");
    }));

    [Theory]
    [InlineData(";")]
    [InlineData(";\nbest")]
    public void Check_CheckNotShown_FindsCheckShown(string ending) =>
        Finds(LintRule.CheckShown, () => notebook.SetSource(4, notebook.Source(4) + ending));

    [Fact]
    public void Check_CheckInAComment_IsNoCheck()
    {
        notebook.SetSource(2, "// Check.Near comes later\n" + notebook.Source(2));

        Assert.Empty(notebook.Check());
    }

    [Fact]
    public void Check_NoExercises_FindsExercises() =>
        Assert.Contains(LintRule.Exercises, RulesAfter(() => notebook.Replace(6, "## Exercises", "## Tasks")));

    [Fact]
    public void Check_TwoExercises_FindsExercises() =>
        Finds(LintRule.Exercises,
            () => notebook.Replace(6, "<details><summary>Solution</summary>\n\nOne half.",
                "<details><summary>Answer</summary>\n\nOne half."));

    [Theory]
    [InlineData("double? answer = null;\nExercise.Answer(\"04.1\", answer);")] // not shown
    [InlineData("double? answer = null;\nvar table = Exercise.Answer(\"04.1\", answer);")]
    public void Check_ExerciseNotShown_FindsCheckShown(string code) =>
        Assert.Contains(LintRule.CheckShown, RulesAfter(() => notebook.SetSource(7, code)));

    [Theory]
    [InlineData("double? answer = 0.75;\nExercise.Answer(\"04.1\", answer)", "may stand in its cell")]
    [InlineData("double? answer = null;\nExercise.Answer(\"04.99\", answer)", "04.99 is not in exercises.json")]
    [InlineData("double? answer = null;\nExercise.Answer(\"05.1\", answer)", "has the number of another notebook")]
    public void Check_ExerciseCellThatDoesNotMatchTheCatalogue_FindsExercises(string code, string told)
    {
        notebook.SetSource(7, code);
        Assert.Contains(notebook.Check(),
            found => found.Rule is LintRule.Exercises && found.Message.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_ExerciseWhoseQuestionStatesNoPrecision_FindsExercises() =>
        Finds(LintRule.Exercises, () => notebook.Replace(6, " Answer exactly.", ""));

    [Fact]
    public void Check_CatalogueEntryWithoutACell_FindsExercises()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("04-optimal-discriminator.ipynb", NotebookFile.ToText(notebook.Root));
        Assert.Contains(Linter.Check(path), found => found.Message == "exercise 04.2 of exercises.json has no cell");
    }

    [Fact]
    public void Check_SolutionDiffersFromFold_FindsSolutions() => Assert.Equal([LintRule.Solutions],
        RulesAfter(() => notebook.WriteSolutions("// exercise: open\n"
            + GoodNotebook.Solution.Replace("0.75", "0.76", StringComparison.Ordinal))).Distinct());

    [Fact]
    public void Check_SolutionOfUnknownCell_FindsSolutions() => Assert.Equal([LintRule.Solutions],
        RulesAfter(() => notebook.WriteSolutions("// exercise: other\n" + GoodNotebook.Solution)).Distinct());

    [Fact]
    public void Check_NoSolutionFile_FindsSolutions() =>
        Assert.Equal([LintRule.Solutions], RulesAfter(() => notebook.WriteSolutions("")).Distinct());

    [Theory]
    [InlineData("## Summary")]
    [InlineData("## Questions")]
    [InlineData("## Further reading")]
    public void Check_ClosingPartMissing_FindsClosing(string part) =>
        Finds(LintRule.Closing, () => notebook.Replace(8, part, "## Something"));

    [Fact]
    public void Check_ClosingPartsInOtherOrder_FindsClosing() => Finds(LintRule.Closing, () =>
    {
        notebook.Replace(8, "## Summary", "## Later");
        notebook.Replace(8, "## Questions", "## Summary");
        notebook.Replace(8, "## Later", "## Questions");
    });

    [Fact]
    public void Check_NoNextLinkAtTheEnd_FindsClosing() => Finds(LintRule.Closing, () => notebook.Replace(8, "[05](05-after.ipynb)", "05"));

    [Theory]
    [InlineData("[gone](gone.md)")]
    [InlineData("![gone](images/gone.png)")]
    public void Check_LinkToNothing_FindsLink(string link) =>
        Finds(LintRule.Link, () => notebook.SetSource(5, notebook.Source(5) + " " + link));

    private void Finds(LintRule rule, Action spoil) => Assert.Equal([rule], RulesAfter(spoil));

    private IEnumerable<LintRule> RulesAfter(Action spoil)
    {
        spoil();
        return notebook.Check().Select(finding => finding.Rule);
    }
}
