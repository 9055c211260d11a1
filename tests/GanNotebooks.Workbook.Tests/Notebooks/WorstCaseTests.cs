using System.Text;
using GanNotebooks.Workbook.Book;
using GanNotebooks.Workbook.Linting;
using GanNotebooks.Workbook.NotebookProcess;
using GanNotebooks.Workbook.Notebooks;
using static GanNotebooks.Workbook.Tests.NotebookText;

namespace GanNotebooks.Workbook.Tests.Notebooks;

/// <summary>A megabyte of what once took minutes, or ended the process.</summary>
public sealed class WorstCaseTests : IDisposable
{
    private const int Megabyte = 1_000_000;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("[")]
    [InlineData("[a](")]
    [InlineData("![a](")]
    [InlineData("<?")]
    [InlineData("a<![CDATA[")]
    [InlineData("<div>")]
    [InlineData("*a ")]
    [InlineData("**a*")]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("# h\n\n")]
    [InlineData("$a ")]
    [InlineData("|a")]
    [InlineData("**Time**")]
    [InlineData("](")]
    [InlineData("<details><summary>")]
    public void BookAndCheck_MegabyteOfMarkdown_EndInTime(string unit) => Assert.InRange(Seconds(Prose(Fill(unit))), 0, WorstCase.Patience);

    [Theory]
    [InlineData("(")]
    [InlineData("A<")]
    [InlineData("[")]
    [InlineData("$\"{")]
    [InlineData("a is not ")]
    [InlineData("#if a\n")]
    [InlineData("!")]
    [InlineData("where ")]
    [InlineData("Lab.Open(")]
    [InlineData("// x\n")]
    public void BookAndCheck_MegabyteOfCode_EndInTime(string unit) => Assert.InRange(Seconds(Code(Fill(unit))), 0, WorstCase.Patience);

    /// <summary>The limits are per cell: many cells that stay below them are no way around.</summary>
    [Theory]
    [InlineData("where ")]
    [InlineData("a[0]")]
    [InlineData("((((1,")]
    public void BookAndCheck_MegabyteOfCellsBelowTheLimit_EndInTime(string unit)
    {
        string cell = new StringBuilder().Insert(0, unit, (CodeShape.LettersAtMost - 10) / unit.Length).ToString();
        Assert.InRange(Seconds([.. Enumerable.Repeat(Code(cell), Megabyte / cell.Length)]), 0, WorstCase.Patience);
    }

    [Theory]
    [InlineData(" in /a")]
    [InlineData(" in C:\\a")]
    [InlineData(" in /a:line")]
    [InlineData(":line")]
    [InlineData(" in /a:")]
    [InlineData(" in ")]
    public void Clean_Megabyte_EndsInTime(string unit)
    {
        string text = Fill(unit);
        Assert.InRange(WorstCase.Seconds(() => new PathScrubber("/clone").Clean(text)), 0, WorstCase.Patience);
    }

    /// <summary>The second of two equal headings costs as little as the first.</summary>
    [Fact]
    public void Anchor_EqualHeadings_LookEachNameUpOnce()
    {
        var taken = new CountingNames();
        for (int i = 0; i < 20_000; i++)
            Html.Anchor("the same", taken);

        Assert.Equal(20_000, taken.Count);
        Assert.InRange(taken.Asked, 20_000, 4 * 20_000);
    }

    private static string Fill(string unit) => new StringBuilder().Insert(0, unit, Megabyte / unit.Length).ToString();

    private double Seconds(params (CellKind, string)[] cells)
    {
        string path = folder.Write("notes/worst.ipynb", Of(cells));
        return WorstCase.Seconds(() =>
        {
            Assert.Empty(new BookWriter(new Repository(folder.Path), folder.File("out")).Write([path]));
            Assert.DoesNotContain(Linter.Check(path), finding => finding.Message.StartsWith("cannot be", StringComparison.Ordinal));
        });
    }

    private sealed class CountingNames : Dictionary<string, int>, IDictionary<string, int>
    {
        public int Asked { get; private set; }

        bool IDictionary<string, int>.ContainsKey(string key)
        {
            Asked++;
            return ContainsKey(key);
        }

        void IDictionary<string, int>.Add(string key, int value)
        {
            Asked++;
            Add(key, value);
        }
    }
}
