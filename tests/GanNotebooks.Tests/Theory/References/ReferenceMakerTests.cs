using System.Runtime.CompilerServices;

namespace GanNotebooks.Tests.Theory.References;

/// <summary>
/// Makes the committed references again: three of them on each run; all 200, written over CriterionReferences.cs (about two minutes), by
/// REMAKE_REFERENCES=1 dotnet test -c Release --project tests/GanNotebooks.Tests -- --filter-class "*ReferenceMakerTests"
/// </summary>
public sealed class ReferenceMakerTests
{
    [Fact]
    public void Draw_SeededTwice_GivesTheCommittedPairs()
    {
        var drawn = RandomPairs.Draw().Select(pair => (pair.P.ToString(), pair.Q.ToString()));
        Assert.Equal(CriterionReferences.All.Select(r => (r.P, r.Q)), drawn);
    }

    [Fact]
    public void Compute_CommittedPairs_ReproducesAllThirtyDecimals()
    {
        bool all = Environment.GetEnvironmentVariable("REMAKE_REFERENCES") == "1";
        var made = RandomPairs.Draw().Where((_, i) => all || i % 67 == 0).Select(pair => (
            P: pair.P.ToString(), Q: pair.Q.ToString(), Criterion: ReferenceCriterion.Compute(pair.P, pair.Q).ToDecimal(30))).ToArray();
        if (all)
            Write(made.Select(r => $"        {r.P} | {r.Q} | {r.Criterion}"));
        Assert.Equal(CriterionReferences.All.Where((_, i) => all || i % 67 == 0), made);
    }

    [Fact]
    public void Compute_EqualGaussians_IsMinusLogFourToThirtyDecimals()
    {
        var p = DensitySpec.Parse("Gaussian(0.25, 1.5)");
        Assert.Equal("-1.386294361119890618834464242916", ReferenceCriterion.Compute(p, p).ToDecimal(30));
    }

    private static void Write(IEnumerable<string> lines, [CallerFilePath] string thisFile = "")
    {
        const string Fence = "\"\"\"";
        string path = Path.Combine(Path.GetDirectoryName(thisFile)!, "CriterionReferences.cs");
        string text = File.ReadAllText(path);
        var (start, end) =
            (text.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length, text.LastIndexOf("        " + Fence, StringComparison.Ordinal));
        File.WriteAllText(path, text[..start] + "\n" + string.Join("\n", lines) + "\n" + text[end..]);
    }
}
