using System.Runtime.CompilerServices;

namespace GanNotebooks.Tests.Theory.References;

/// <summary>
/// Makes the committed references again. All 200 (some minutes, one core), written over CriterionReferences.cs:
/// dotnet test -c Release --project tests/GanNotebooks.Tests -- --explicit only --filter-method "*Write_AllPairs*"
/// </summary>
public sealed class ReferenceMakerTests
{
    [Fact]
    public void Draw_SeededTwice_GivesTheCommittedPairs()
    {
        var drawn = RandomPairs.Draw().Select(pair => (pair.P.ToString(), pair.Q.ToString()));
        Assert.Equal(CriterionReferences.All.Select(r => (r.P, r.Q)), drawn);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(67)]
    [InlineData(134)]
    public void Compute_CommittedPair_ReproducesAllThirtyDecimals(int index)
    {
        var (p, q, expected) = CriterionReferences.All[index];
        Assert.Equal(expected, ReferenceCriterion.Compute(DensitySpec.Parse(p), DensitySpec.Parse(q)).ToDecimal(30));
    }

    [Fact]
    public void Compute_EqualGaussians_IsMinusLogFourToThirtyDecimals()
    {
        var p = DensitySpec.Parse("Gaussian(0.25, 1.5)");
        Assert.Equal("-1.386294361119890618834464242916", ReferenceCriterion.Compute(p, p).ToDecimal(30));
    }

    [Fact(Explicit = true)]
    public void Write_AllPairs_ReplacesTheTable()
    {
        var lines = RandomPairs.Draw().AsParallel().AsOrdered().WithDegreeOfParallelism(2)
            .Select(pair => $"        {pair.P} | {pair.Q} | {ReferenceCriterion.Compute(pair.P, pair.Q).ToDecimal(30)}").ToArray();
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "CriterionReferences.cs");
        const string Fence = "\"\"\"";
        var text = File.ReadAllText(path);
        var (start, end) = (text.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length, text.LastIndexOf("        " + Fence, StringComparison.Ordinal));
        File.WriteAllText(path, text[..start] + "\n" + string.Join("\n", lines) + "\n" + text[end..]);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
