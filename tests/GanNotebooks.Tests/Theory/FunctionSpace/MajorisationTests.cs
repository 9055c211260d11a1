using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>C(r) ≤ C(q) + ⟨g, r − q⟩ + KL(r‖q), on which the descent of notebook 06 rests, and its chain of inequalities.</summary>
public sealed class MajorisationTests
{
    [Fact]
    public void Bound_TenThousandRandomTriples_IsNeverBelowTheCriterion() => Assert.True(Holds((g, r, q) => g + Kl(r, q)));

    [Fact]
    public void Mutants_OfTheBound_AreEachCaught()
    {
        Func<double, double[], double[], double>[] mutants =
            [(g, r, q) => g + 0.5 * Kl(r, q), (g, r, q) => -g + Kl(r, q), (g, _, _) => g, (g, r, q) => 0.5 * g + Kl(r, q)];
        Assert.All(mutants, mutant => Assert.False(Holds(mutant)));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Chain_RandomStarts_Ascends(double eta)
    {
        var random = new Random(9);
        for (int i = 0; i < 500; i++)
        {
            double[] p = RandomSimplex.Draw(random, 6), q = RandomSimplex.Draw(random, 6), next = MirrorDescent.Step(p, q, eta);
            double line = SimplexCriterion.Value(p, q) + Slope(p, q, next);
            double[] chain = [SimplexCriterion.Value(p, next), line + Kl(next, q), line + Kl(next, q) / eta, SimplexCriterion.Value(p, q)];
            Assert.All(chain.Zip(chain.Skip(1)), pair => Assert.True(pair.First <= pair.Second + 1e-14));
        }
    }

    private static bool Holds(Func<double, double[], double[], double> addend)
    {
        var random = new Random(4);
        return Enumerable.Range(0, 10_000).All(_ =>
        {
            double[] p = RandomSimplex.Draw(random, 5), q = RandomSimplex.Draw(random, 5), r = RandomSimplex.Draw(random, 5);
            return SimplexCriterion.Value(p, r) <= SimplexCriterion.Value(p, q) + addend(Slope(p, q, r), r, q) + 1e-13;
        });
    }

    private static double Slope(double[] p, double[] q, double[] r) =>
        SimplexCriterion.Subgradient(p, q).Zip(r.Zip(q, (a, b) => a - b), (g, d) => g * d).Sum();

    private static double Kl(double[] a, double[] b) => a.Zip(b, (x, y) => x * Math.Log(x / y)).Sum();
}
