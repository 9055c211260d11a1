using System.Text.RegularExpressions;
using GanNotebooks.Data;
using Microsoft.CodeAnalysis;

namespace GanNotebooks.Tests;

/// <summary>The folders of the library and of the command line are their architecture: who may know whom.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> LibraryMayKnow = new()
    {
        ["Runtime"] = [],
        ["Theory"] = [],
        ["Data"] = ["Runtime"],
        ["Networks"] = ["Runtime"],
        ["Losses"] = ["Runtime"],
        ["Regularizers"] = ["Runtime"],
        ["Interop"] = ["Runtime"],
        ["Training"] = ["Networks", "Losses", "Regularizers", "Data", "Runtime"],
        ["Metrics"] = ["Data", "Networks", "Runtime"],
        ["LatentModels"] = ["Training", "Metrics", "Networks", "Data", "Runtime"],
        ["Studies"] = ["Theory", "LatentModels", "Training", "Metrics", "Networks", "Losses", "Regularizers", "Data", "Interop", "Runtime"],
        ["Experiments"] = ["Studies", "Training", "Metrics", "Networks", "Losses", "Regularizers", "Data", "Interop", "Runtime"],
        ["Plotting"] = ["Theory", "Metrics", "Training", "Studies", "Experiments", "Runtime"],
        ["Lab"] = ["Experiments", "Plotting", "Runtime"],
    };

    private static readonly Dictionary<string, string[]> WorkbookMayKnow = new()
    {
        ["Root"] = [],
        ["Notebooks"] = ["Root"],
        ["Reporting"] = ["Root"],
        ["Linting"] = ["Notebooks", "Root"],
        ["NotebookProcess"] = ["Notebooks", "Reporting", "Root"],
        ["Runner"] = ["NotebookProcess", "Notebooks", "Reporting", "Root"],
        ["Book"] = ["Runner", "Notebooks", "Reporting", "Root"],
        ["Doctor"] = ["Root"],
        ["Devices"] = ["Doctor", "Root"],
        ["Printing"] = ["Devices", "Doctor", "Root"],
        ["Slides"] = ["Book", "Printing", "Devices", "Runner", "Notebooks", "Root"],
        ["Present"] = ["Slides", "Book", "Runner", "NotebookProcess", "Notebooks", "Reporting", "Root"],
        ["Training"] = ["Root"],
        ["Experiments"] = ["Training", "Doctor", "Root"],
        ["Runs"] = ["Book", "Training", "Root"],
        ["Commands"] =
        [
            "Book", "Devices", "Doctor", "Experiments", "Linting", "Notebooks", "Present", "Printing", "Reporting", "Runner", "Runs",
            "Slides", "Training", "Root",
        ],
        ["Program"] = ["Commands", "NotebookProcess", "Root"],
    };

    private static readonly Dictionary<string, string[]> LiveMayKnow = new()
    {
        ["Serving"] = [],
        ["Runs"] = [],
        ["Layers"] = ["Runs"],
        ["Session"] = ["Layers", "Runs", "Serving"],
        ["Notebook"] = ["Session", "Serving"],
        ["Recording"] = ["Session", "Layers", "Runs"],
    };

    /// <summary>The arrows that close a circle of rooms, and why each may.</summary>
    private static readonly Dictionary<(string File, string Room), string> Excepted = new()
    {
        [("Training/GradientEngines.cs", "Training/Cpu")] = "the one switch between the engines; without it the room Cpu can be deleted",
        [("Networks/Initialization.cs", "Networks/Images")] = "Fixup starts a residual block as a whole",
        [("Networks/ReducedPrecision.cs", "Networks/Layers")] = "refuses spectral norm, which bfloat16 breaks",
    };

    private static readonly Lazy<SourceGraph> Library = new(() => SourceGraph.OfFolder("GanNotebooks")),
        Workbook = new(() => SourceGraph.OfFolder("GanNotebooks.Workbook")),
        Live = new(() => SourceGraph.OfFolder("GanNotebooks.Live"));

    private static string LibraryFolder => Path.Combine(Path.GetDirectoryName(DataFolder.Find())!, "lib", "GanNotebooks");

    [Fact]
    public void Library_Folders_KnowOnlyWhatTheyMay() => Assert.Empty(Library.Value.Forbidden(LibraryMayKnow));

    [Fact]
    public void Workbook_Folders_KnowOnlyWhatTheyMay() => Assert.Empty(Workbook.Value.Forbidden(WorkbookMayKnow));

    [Fact]
    public void Live_Folders_KnowOnlyWhatTheyMay() => Assert.Empty(Live.Value.Forbidden(LiveMayKnow));

    [Fact]
    public void Live_Graph_HasAnArrowThatIsKnown() =>
        Assert.Contains(new Arrow("Session/LiveClient.cs", "Serving/ILiveChannel.cs"), Live.Value.Arrows);

    [Fact]
    public void Library_RoomsAndSubfolders_HaveNoCircle() => Assert.Empty(Library.Value.CirclesOfRooms(Excepted.Keys));

    [Fact]
    public void Workbook_RoomsAndSubfolders_HaveNoCircle() => Assert.Empty(Workbook.Value.CirclesOfRooms());

    // An exception that outlives its reason would hide the next circle.
    [Fact]
    public void Excepted_Arrows_AreAllStillThere() => Assert.All(Excepted.Keys,
        arrow => Assert.Contains(Library.Value.Arrows, a => a.From == arrow.File && a.ToRoom == arrow.Room));

    [Fact]
    public void Library_Folders_AreTheOnesOfTheArchitecture() => Assert.Equal(LibraryMayKnow.Keys.Order(),
        Directory.EnumerateDirectories(LibraryFolder).Select(d => Path.GetFileName(d)).Where(d => d is not ("bin" or "obj")).Order());

    [Fact]
    public void Plotting_Source_NeverKnowsTheLoop() => Assert.DoesNotContain(Library.Value.Arrows,
        arrow => arrow.From.StartsWith("Plotting/", StringComparison.Ordinal) && arrow.To == "Training/Trainer.cs");

    // Within a room files may know each other both ways. These once stood in circles for no good reason, and must not again.
    [Theory]
    [InlineData("Training/TrainingConfig.cs", "Training/ConfigRules.cs")]
    [InlineData("Training/TrainingConfig.cs", "Training/AutogradEngine.cs")]
    [InlineData("Training/TrainingConfig.cs", "Training/GradientEngines.cs")]
    [InlineData("Runtime/Hosts/LiveDisplay.cs", "Runtime/Hosts/NotebookHost.cs")]
    [InlineData("Studies/RecordedStacked.cs", "Studies/StackedStudy.cs")]
    public void Library_FileThatOthersBuildOn_KnowsNothingOfThem(string below, string above)
    {
        Assert.All([below, above], file => Assert.True(File.Exists(Path.Combine(LibraryFolder, file)), file));
        Assert.DoesNotContain(new Arrow(below, above), Library.Value.Arrows);
    }

    // A directory drives a trainer; the trainer knows of no folder.
    [Fact]
    public void Training_Source_NeverKnowsItsRuns() => Assert.DoesNotContain(Library.Value.Arrows,
        arrow => arrow.FromRoom is "Training" or "Training/Cpu" && arrow.ToRoom == "Training/Runs");

    // The compiler must really have resolved the sources: a graph without arrows breaks no rule.
    [Theory]
    [InlineData("Training/Trainer.cs", "Data/IBatchSource.cs")] // a type
    [InlineData("Training/NoiseSource.cs", "Runtime/Native/SeededFill.cs")] // an extension method
    [InlineData("Training/AutogradEngine.cs", "Losses/IAdversarialLoss.cs")] // a member, of a type that is not named there
    public void Library_Graph_HasTheArrowsThatAreKnown(string from, string to) =>
        Assert.Contains(new Arrow(from, to), Library.Value.Arrows);

    [Theory]
    [InlineData("class B { A? other; }", true)]
    [InlineData("class B { object Make() => Lib.A.Create(); }", true)]
    [InlineData("class B { int Long(string text) => text.Twice().Length; }", true)]
    [InlineData("class B { void Use() { var made = new C().Made; made.ToString(); made.Own(); } }", true)]
    [InlineData("class B { /* A */ string name = \"A\"; int A() => 1; }", false)]
    public void SourceGraph_SecondRoomThatKnowsTheFirst_IsACircle(string second, bool circle)
    {
        string implicitObject = typeof(object).Assembly.Location;
        var graph = SourceGraph.Of(
            [
                ("First/A.cs", "namespace Lib; class A { B? other; public static A Create() => new(); public void Own() { } } "
                    + "static class Extra { public static string Twice(this string text) => text + text; }"),
                ("Second/Sub/B.cs", "namespace Lib; " + second),
                ("Third/C.cs", "namespace Lib; class C { public A Made => null!; }"),
            ],
            [MetadataReference.CreateFromFile(implicitObject)]);
        Assert.Equal(circle, graph.CirclesOfRooms().Any());
        Assert.Equal(circle, graph.Forbidden(new Dictionary<string, string[]>
        {
            ["First"] = ["Second"], ["Second"] = ["Third"],
            ["Third"] = ["First"]
        }).Any());
        if (circle)
            Assert.Contains("Second/Sub/B.cs knows First/A.cs", graph.CirclesOfRooms().Single(), StringComparison.Ordinal);
        Assert.Empty(graph.CirclesOfRooms(("First/A.cs", "Second/Sub")));
    }

    [Fact]
    public void Circles_LongWayRound_IsFoundAndNothingElse()
    {
        (string, string)[] chain = [("a", "b"), ("b", "c"), ("c", "d"), ("x", "a")];
        Assert.Empty(Circles.Of(chain));
        Assert.Equal([["a", "b", "c", "d"], ["p", "q"]], Circles.Of([.. chain, ("d", "a"), ("p", "q"), ("q", "p"), ("d", "q")]));
    }

    [Fact]
    public void Theory_Source_KnowsNothingOfTorch() => Assert.DoesNotContain(Sources("Theory"),
        file => File.ReadAllText(file).Contains("using TorchSharp", StringComparison.Ordinal));

    // A generator of TorchSharp is on the CPU; torch refuses it for a tensor on a GPU.
    [Fact]
    public void Library_Source_FillsFromAGeneratorOnlyWhereItIsAllowedToOnAGpu() => Assert.Empty(
        from file in Sources(".")
        where Path.GetFileName(file) != "SeededFill.cs"
        from Match call in Regex.Matches(File.ReadAllText(file),
            @"\.(?:normal_|uniform_)\([^;]*?(?:random|generator|weights)!?\)|new Generator\([^)]*[dD]evice")
        select $"{Path.GetFileName(file)}: {call.Value}");

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(LibraryFolder, folder), "*.cs", SearchOption.AllDirectories);
}
