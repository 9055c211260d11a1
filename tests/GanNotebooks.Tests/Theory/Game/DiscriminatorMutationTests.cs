using GanNotebooks.Theory;
using Curve = System.Func<double, double>;

namespace GanNotebooks.Tests.Theory;

/// <summary>
/// Mutants of the theorems of notebook 04 (mixed distributions, the price of an imperfect D, what a sample proves): the library passes all
/// oracles, each mutant fails at least one.
/// </summary>
public sealed class DiscriminatorMutationTests
{
    private sealed record Formulas(
        Func<MixedDistribution, MixedDistribution, double, double> MixedAt,
        Func<MixedDistribution, MixedDistribution, double> MixedCriterion,
        Func<double, double, double> Price, Func<Curve, double> FromBelow, Func<Curve, double> FromAbove, Func<Curve, double> Coefficient,
        Func<double, double> LargestDistance, Func<int, int, double, double, double> Margin, Func<SampleBound, double> JensenShannon,
        Func<int, long, double> Repetition);

    private static readonly ValueGap gap = new(new Gaussian(), new Gaussian(1));

    private static readonly Curve wrong = x => gap.LogitAt(x) + 0.7 * Math.Sin(2 * x);

    private static readonly MixedDistribution spiked = new([(0.5, 0), (0.1, 1)], 0.4, new Gaussian()),
        smooth = new([(0.3, 1)], 0.7, new Gaussian());

    private static readonly Formulas right = new((p, q, x) => new MixedDiscriminator(p, q).At(x),
        (p, q) => new MixedDiscriminator(p, q).Criterion().Value, ValueGap.BinaryKullbackLeibler, l => gap.FromBelow(l).Value,
        l => gap.FromAbove(l).Value, h => gap.LogitCoefficient(h).Value, ValueGap.LargestDistance, SampleBound.MarginOf,
        b => b.JensenShannonAtLeast, StoredSamples.RepetitionProbability);

    private static readonly (string Name, Func<Formulas, bool> Holds)[] oracles =
    [
        ("D* at an atom of both, of one, and elsewhere", f => Near(f.MixedAt(spiked, smooth, 1), 0.25) && f.MixedAt(spiked, smooth, 0) == 1
            && Near(f.MixedAt(spiked, smooth, 0.3), 4.0 / 11)),
        ("C of the mixed pair", f => Near(f.MixedCriterion(spiked, smooth),
            0.1 * Math.Log(0.25) + 0.3 * Math.Log(0.75) + 0.4 * Math.Log(4.0 / 11) + 0.7 * Math.Log(7.0 / 11), 1e-11)),
        ("C of equal and of separate atoms", f => Near(f.MixedCriterion(new([(1, 0)]), new([(1, 0)])), -Constants.Log4)
            && f.MixedCriterion(new([(1, 0)]), new([(1, 1e-9)])) == 0),
        ("kl of ½ against ¼, and of ¼ against ½", f => Near(f.Price(0, -Math.Log(3)), 0.5 * Math.Log(4.0 / 3))
            && Near(f.Price(-Math.Log(3), 0), Constants.Log2 + 0.25 * Math.Log(0.25) + 0.75 * Math.Log(0.75))),
        ("the gap lies between its bounds", f => f.FromBelow(wrong) <= Gap(wrong) && Gap(wrong) <= f.FromAbove(wrong)),
        ("the bounds are of the right size near D* = ½", f => Near(f.FromBelow(Small) / Gap(Small), 0.8498, 1e-3)
            && Near(f.FromAbove(Small) / Gap(Small), 2, 1e-3)),
        ("a logit error of .01 costs the coefficient", f => Near(f.Coefficient(_ => 1) * 1e-4 / Gap(x => gap.LogitAt(x) + 0.01), 1, 1e-4)),
        ("the distance bound is met where D is off by a constant from ½",
            f => f.LargestDistance(2 * ValueGap.BinaryKullbackLeibler(0, 0.02)) is var d
                && d >= LogSpace.Sigmoid(0.02) - 0.5 && d <= 1.001 * (LogSpace.Sigmoid(0.02) - 0.5)),
        ("Hoeffding: s > 0, exp(−2 s²/(B²/N + B²/M)) = α", f => f.Margin(300, 700, 2.5, 0.03) > 0
            && Near(Math.Exp(-2 * Math.Pow(f.Margin(300, 700, 2.5, 0.03), 2)
            / (2.5 * 2.5 / 300 + 2.5 * 2.5 / 700)), 0.03)),
        ("a perfect D with no margin proves log 2, and D = ½ nothing", f => Near(f.JensenShannon(new(0, 0)), Constants.Log2)
            && Near(f.JensenShannon(new(-Constants.Log4, 0)), 0) && Near(f.JensenShannon(new(-1, 0.2)), 0.5 * (Constants.Log4 - 1.2))),
        ("23 birthdays", f => Near(f.Repetition(23, 365), 0.50729723432398, 1e-12) && f.Repetition(2, 4) == 0.25),
    ];

    private static readonly (string Name, Formulas Mutant)[] mutants =
    [
        ("mixed D*: p and q exchanged", right with { MixedAt = (p, q, x) => right.MixedAt(q, p, x) }),
        ("mixed D*: atoms forgotten", right with { MixedAt = (p, q, x) => LogSpace.Sigmoid(p.LogPdf(x) - q.LogPdf(x)) }),
        ("mixed D*: masses of the parts forgotten", right with { MixedAt = (p, q, x) => p.Atom(x) + q.Atom(x) > 0
            ? right.MixedAt(p, q, x) : LogSpace.Sigmoid(p.Density!.LogPdf(x) - q.Density!.LogPdf(x)) }),
        ("mixed C: atoms forgotten", right with { MixedCriterion = (p, q) => p.Density is null ? 0 : right.MixedCriterion(
            new([(1 - p.DensityMass, 50)], p.DensityMass, p.Density), new([(1 - q.DensityMass, 60)], q.DensityMass, q.Density)) }),
        ("mixed C: factor 2", right with { MixedCriterion = (p, q) => 2 * right.MixedCriterion(p, q) }),
        ("mixed C: sign", right with { MixedCriterion = (p, q) => -right.MixedCriterion(p, q) }),
        ("price: arguments exchanged", right with { Price = (l, m) => right.Price(m, l) }),
        ("price: half", right with { Price = (l, m) => 0.5 * right.Price(l, m) }),
        ("price: sign", right with { Price = (l, m) => -right.Price(l, m) }),
        ("from below: 4 for 2", right with { FromBelow = l => 2 * right.FromBelow(l) }),
        ("from below: 1 for 2", right with { FromBelow = l => 0.5 * right.FromBelow(l) }),
        ("from below: the other bound", right with { FromBelow = right.FromAbove }),
        ("from above: a quarter", right with { FromAbove = l => 0.25 * right.FromAbove(l) }),
        ("from above: factor 2", right with { FromAbove = l => 2 * right.FromAbove(l) }),
        ("from above: the other bound", right with { FromAbove = right.FromBelow }),
        ("coefficient: ½ dropped", right with { Coefficient = h => 2 * right.Coefficient(h) }),
        ("coefficient: h for h²", right with { Coefficient = h => right.Coefficient(x => Math.Sqrt(2) * h(x)) }),
        ("coefficient: (p+q) for pq/(p+q)", right with { Coefficient = _ => 1 }),
        ("distance: ½ dropped", right with { LargestDistance = g => Math.Sqrt(g) }),
        ("distance: gap for its root", right with { LargestDistance = g => 0.5 * g }),
        ("distance: a quarter", right with { LargestDistance = g => 0.25 * Math.Sqrt(g) }),
        ("margin: ½ dropped", right with { Margin = (n, m, b, a) => Math.Sqrt(2) * right.Margin(n, m, b, a) }),
        ("margin: N + M samples", right with { Margin = (n, m, b, a) => b * Math.Sqrt(Math.Log(1 / a) / (n + m)) }),
        ("margin: range 2B", right with { Margin = (n, m, b, a) => 2 * right.Margin(n, m, b, a) }),
        ("margin: sign of log α", right with { Margin = (n, m, b, a) => -right.Margin(n, m, b, a) }),
        ("JSD bound: margin added", right with { JensenShannon = b => 0.5 * (Constants.Log4 + b.Value + b.Margin) }),
        ("JSD bound: ½ dropped", right with { JensenShannon = b => Constants.Log4 + b.ValueAtLeast }),
        ("JSD bound: log 2 for log 4", right with { JensenShannon = b => 0.5 * (Constants.Log2 + b.ValueAtLeast) }),
        ("repetition: N²/2M", right with { Repetition = (n, m) => n * (double)n / (2 * m) }),
        ("repetition: one draw less", right with { Repetition = (n, m) => right.Repetition(n - 1, m) }),
        ("repetition: none", right with { Repetition = (n, m) => 1 - right.Repetition(n, m) }),
    ];

    public static TheoryData<string> MutantNames => [.. mutants.Select(m => m.Name)];

    public static TheoryData<string> OracleNames => [.. oracles.Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(OracleNames))]
    public void Oracle_Library_Holds(string oracle) => Assert.True(oracles.Single(o => o.Name == oracle).Holds(right));

    [Theory]
    [MemberData(nameof(MutantNames))]
    public void Mutant_OfATheorem_FailsAtLeastOneOracle(string mutant)
    {
        var formulas = mutants.Single(m => m.Name == mutant).Mutant;
        Assert.NotEmpty(oracles.Where(o => !o.Holds(formulas)).Select(o => o.Name));
    }

    public static TheoryData<string, string> BrokenObjectives => new()
    {
        { "a and b exchanged", "\\frac{q(x)}{p(x) + q(x)}" },
        { "2 before b", "\\frac{p(x)}{p(x) + 2 q(x)}" },
        { "a + b for b", "\\frac{p(x)}{2 p(x) + q(x)}" },
    };

    // The algebra of the proof is fed a wrong formula: were its last line printed and not derived, it would stay right.
    [Theory]
    [MemberData(nameof(BrokenObjectives))]
    public void Proof_OfABrokenObjective_PrintsAnotherLastLine(string name, string expected)
    {
        var (a, b, y) = (SymbolicExpression.Variable("a"), SymbolicExpression.Variable("b"), SymbolicExpression.Variable("y"));
        var objective = name switch
        {
            "a and b exchanged" => b * SymbolicExpression.Log(y) + a * SymbolicExpression.Log(1 - y),
            "2 before b" => a * SymbolicExpression.Log(y) + 2 * b * SymbolicExpression.Log(1 - y),
            _ => a * SymbolicExpression.Log(y) + (a + b) * SymbolicExpression.Log(1 - y),
        };
        Assert.Contains(expected, new OptimalDiscriminatorProof(objective).Steps[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Proof_OfAnObjectiveWithAWrongSign_IsRefused()
    {
        var (a, b, y) = (SymbolicExpression.Variable("a"), SymbolicExpression.Variable("b"), SymbolicExpression.Variable("y"));
        Assert.Throws<InvalidOperationException>(
            () => new OptimalDiscriminatorProof(a * SymbolicExpression.Log(y) - b * SymbolicExpression.Log(1 - y)));
    }

    private static double Small(double x) => gap.LogitAt(x) + 0.02;

    private static double Gap(Curve logit) => gap.Of(logit).Value;

    private static bool Near(double value, double expected, double tolerance = 1e-13) => Math.Abs(value - expected) <= tolerance;
}
