using System.Text.Json.Nodes;
using GanNotebooks.Workbook.Linting;
using GanNotebooks.Workbook.Notebooks;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Linting;

/// <summary>A course folder with a notebook that has nothing to complain about, for tests to spoil.</summary>
internal sealed class GoodNotebook : IDisposable
{
    public const string Name = "04-good-example";
    public const string Solution =
        "double? answer = 0.75; // a / (a + b)\nExercise.Answer(\"04.1\", answer)";

    private const string opening = """
        # 04 · A good example

        **Claim.** The maximum of $a \log y + b \log(1-y)$ lies at $a/(a+b)$, e.g. at 0.75.

        **You will learn** how an optimum is found by hand and by machine, and why the two agree so well here.

        **You need** [03 · Before](03-before.ipynb).

        **Time** 2 minutes on two CPU cores.

        [Previous](03-before.ipynb) · [Next](05-after.ipynb)
        """;

    private const string claim = """
        ## The optimum

        **Claim** the optimum is where the derivative says it is: at the point $a/(a+b)$ of the open interval.

        We search a fine grid and expect to see three quarters, up to the step of that grid and no further than that.
        """;

    private const string integrand = """
        double Integrand(double y) => 3 * Math.Log(y) + Math.Log(1 - y);
        var grid = Enumerable.Range(1, 999).Select(i => i / 1000.0);

        double best = grid.MaxBy(Integrand);
        double expected = 3 / (3 + 1.0);
        Check.Near("the optimum is at a/(a+b)", expected, best, 0.001, "one step of the grid")
        """;

    private const string exercises = """
        ## Exercises

        1. Why is it unique?

        <details><summary>Solution</summary>

        The second derivative is negative everywhere in the open interval.

        </details>

        2. What is it at $a = b$?

        <details><summary>Hint</summary>Symmetry.</details>

        <details><summary>Solution</summary>

        One half.

        </details>

        3. Compute the share. Answer exactly.

        <details><summary>Solution</summary>

        ```csharp
        double? answer = 0.75; // a / (a + b)
        Exercise.Answer("04.1", answer)
        ```

        </details>
        """;

    private const string closing = """
        ## Summary

        The optimum is where the derivation says, found by hand and by machine.

        ## Questions

        Where is the maximum, and why is there only one?

        ## Further reading

        Goodfellow et al. 2014, section 4.1. Next: [05](05-after.ipynb).
        """;

    private readonly TemporaryFolder folder = new();

    public GoodNotebook()
    {
        folder.Write("03-before.ipynb", "{}");
        folder.Write("05-after.ipynb", "{}");
        folder.Write("solutions/" + Name + ".csx", "// exercise: open\n" + Solution + "\n");
        Root = Document(
            Prose(opening),
            Code("#!import setup.csx"),
            Code($"// If Lab is unknown, build first: dotnet build -c Release lib/GanNotebooks\nvar lab = Lab.Open(\"{Name}\");"),
            Prose(claim),
            Code(integrand),
            Prose("The grid finds three quarters, which is what the derivation predicts."),
            Prose(exercises),
            Code("double? answer = null;\nExercise.Answer(\"04.1\", answer)"),
            Prose(closing));
        Cell(7)["id"] = "open";
    }

    public JsonObject Root { get; }

    public string Path => folder.File(Name + ".ipynb");

    public JsonObject Cell(int index) => (JsonObject)((JsonArray)Root["cells"]!)[index]!;

    public string Source(int index) => NotebookFile.Text(Cell(index)["source"]);

    public void SetSource(int index, string source) => Cell(index)["source"] = NotebookFile.ToLines(source);

    public void Replace(int index, string old, string with)
    {
        Assert.Contains(old, Source(index), StringComparison.Ordinal);
        SetSource(index, Source(index).Replace(old, with, StringComparison.Ordinal));
    }

    public void WriteSolutions(string text) => folder.Write("solutions/" + Name + ".csx", text);

    public IReadOnlyList<Finding> Check()
    {
        File.WriteAllText(Path, NotebookFile.ToText(Root));
        return Linter.Check(Path);
    }

    public void Dispose() => folder.Dispose();
}
