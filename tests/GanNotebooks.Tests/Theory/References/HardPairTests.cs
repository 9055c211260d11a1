using System.Runtime.CompilerServices;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory.References;

/// <summary>
/// Forty hard pairs against references by another method (tanh-sinh in 115 decimals). All are made again, and written over HardPairs.cs, by
/// REMAKE_REFERENCES=1 dotnet test -c Release --project tests/GanNotebooks.Tests -- --filter-class "*HardPairTests"
/// </summary>
public sealed class HardPairTests
{
    public static TheoryData<string, string, string> Pairs => [.. HardPairs.All.Select(r => (r.P, r.Q, r.Criterion))];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Certificates_HardPair_BothContainTheReference(string p, string q, string criterion)
    {
        VirtualCriterion pair = new(DensitySpec.Parse(p).ToDensity(), DensitySpec.Parse(q).ToDensity());
        Assert.True(Contains(pair.Certified(), Rational.Parse(criterion)), $"{pair.Certified()}, {criterion}");
        Assert.True(Contains(pair.CertifiedFromJensenShannon(), Rational.Parse(criterion)),
            $"{pair.CertifiedFromJensenShannon()}, {criterion}");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void ByQuadrature_HardPair_IsOffByNoMoreThanItSays(string p, string q, string criterion)
    {
        var estimate = new VirtualCriterion(DensitySpec.Parse(p).ToDensity(), DensitySpec.Parse(q).ToDensity()).ByQuadrature();
        double off = Math.Abs(estimate.Value - Rational.Parse(criterion).Enclose().Midpoint);
        Assert.True(off <= estimate.Error + 1e-40, $"{estimate}, {criterion}"); // the reference has 40 decimals

    }

    // The test has power: an enclosure that is off by its own width no longer holds the reference, for any pair.
    [Fact]
    public void Certificates_ShiftedByTheirWidth_MissTheReference() => Assert.All(HardPairs.All, r =>
    {
        var bounds = new VirtualCriterion(DensitySpec.Parse(r.P).ToDensity(), DensitySpec.Parse(r.Q).ToDensity()).Certified().Bounds;
        double shift = Math.Max(1.01 * bounds.Width, 1e-300);
        Assert.False(Contains(new(new(bounds.Lo + shift, bounds.Hi + shift), 1, 1), Rational.Parse(r.Criterion)));
    });

    [Fact]
    public void Compute_EveryTenthPair_ReproducesTheCommittedDecimals()
    {
        bool all = Environment.GetEnvironmentVariable("REMAKE_REFERENCES") == "1";
        var chosen = HardPairs.All.Where((_, i) => all || i % 10 == 3).ToArray();
        string[] made = new string[chosen.Length];
        Parallel.For(0, chosen.Length, i => made[i] =
            ReferenceCriterion.Compute(DensitySpec.Parse(chosen[i].P), DensitySpec.Parse(chosen[i].Q)).ToDecimal(40));
        if (all)
            Write(chosen.Zip(made, (r, value) => $"        {r.P} | {r.Q} | {value}"));
        Assert.Equal(chosen.Select(r => r.Criterion), made);
    }

    private static bool Contains(Enclosure enclosure, Rational value) =>
        Rational.FromDouble(enclosure.Lo) <= value && value <= Rational.FromDouble(enclosure.Hi);

    private static void Write(IEnumerable<string> lines, [CallerFilePath] string thisFile = "")
    {
        const string Fence = "\"\"\"";
        string path = Path.Combine(Path.GetDirectoryName(thisFile)!, "HardPairs.cs"), text = File.ReadAllText(path);
        int start = text.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        int end = text.LastIndexOf("        " + Fence, StringComparison.Ordinal);
        File.WriteAllText(path, text[..start] + "\n" + string.Join("\n", lines) + "\n" + text[end..]);
    }
}
