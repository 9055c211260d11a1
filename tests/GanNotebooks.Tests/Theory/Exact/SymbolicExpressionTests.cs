using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

public sealed class SymbolicExpressionTests
{
    private static readonly SymbolicExpression a = SymbolicExpression.Variable("a");
    private static readonly SymbolicExpression b = SymbolicExpression.Variable("b");
    private static readonly SymbolicExpression y = SymbolicExpression.Variable("y");

    [Fact]
    public void Proof_OptimalDiscriminator_DerivesEveryStep()
    {
        var proof = new OptimalDiscriminatorProof();
        Assert.Equal(a / y - b / (1 - y), proof.Derivative);
        Assert.Equal(a - (a + b).Expand() * y, proof.Condition, (l, r) => (l - r).Expand().Equals((SymbolicExpression)0));
        Assert.Equal(a / (a + b), proof.Maximiser);
        Assert.Equal(-a / y.Pow(2) - b / (1 - y).Pow(2), proof.SecondDerivative);
        Assert.Equal(-1, proof.SecondDerivativeSign);
        Assert.Equal("y^* = \\frac{a}{a + b}", proof.Steps[3]);
        Assert.Contains("\\frac{a}{y} - \\frac{b}{1 - y}", proof.ToLatex(), StringComparison.Ordinal);
    }

    [Fact]
    public void Proof_RandomNumbers_AgreesWithFiniteDifferencesAndTheLibrary()
    {
        var (proof, random) = (new OptimalDiscriminatorProof(), new Random(1));
        for (int i = 0; i < 100; i++)
        {
            var (p, q, at) = (0.1 + random.NextDouble(), 0.1 + random.NextDouble(), 0.1 + 0.8 * random.NextDouble());
            double F(double v) => proof.Objective.Evaluate(Values(p, q, v));
            const double H = 1e-3;
            double difference = (F(at - 2 * H) - 8 * F(at - H) + 8 * F(at + H) - F(at + 2 * H)) / (12 * H);
            Assert.Equal(difference, proof.Derivative.Evaluate(Values(p, q, at)), 1e-6); // h⁴ f⁽⁵⁾/30, f⁽⁵⁾ up to 24·10⁵
            Assert.Equal(OptimalDiscriminator.Maximiser(p, q), proof.Maximiser.Evaluate(Values(p, q, at)), 1e-15);
            Assert.True(proof.SecondDerivative.Evaluate(Values(p, q, at)) < 0);
        }
    }

    [Fact]
    public void Algebra_CanonicalForm_MakesEqualFormulasEqual()
    {
        Assert.Equal(a + b, b + a);
        Assert.Equal(a * b, b * a);
        Assert.Equal((SymbolicExpression)0, a - a);
        Assert.Equal(a.Pow(2), a * a);
        Assert.Equal((SymbolicExpression)1, a / a);
        Assert.Equal(a.Pow(2) + 2 * a * b + b.Pow(2), (a + b).Pow(2).Expand());
        Assert.Equal((SymbolicExpression)0, SymbolicExpression.Log(1));
        Assert.Equal("2 a - 3 b", (2 * a - 3 * b).ToLatex());
    }

    [Fact]
    public void Pow_OfAPowerOrASum_IsInNormalForm()
    {
        Assert.Equal(y, y.Pow(-1).Pow(-1));
        Assert.Equal((SymbolicExpression)1, y.Pow(2).Pow(0));
        Assert.Equal(y.Pow(6), y.Pow(-2).Pow(-3));
        Assert.Equal((a + b).Pow(-2), (a + b).Pow(2).Pow(-1));
        Assert.Equal((SymbolicExpression)2, (2 * a + 2 * b) / (a + b));
        Assert.Equal((SymbolicExpression)(-1), (a - b) / (b - a));
        Assert.Equal((a - b).Pow(2), (b - a).Pow(2));
        Assert.Equal(2 * (a + b), (a + b) * 2);
        Assert.Equal((SymbolicExpression)0, 0 * (a + b));
        Assert.Throws<DivideByZeroException>(() => (a - a).Pow(-1));
    }

    [Fact]
    public void Operators_RandomFormulas_KeepTheValueExactly()
    {
        var random = new Random(18);
        int compared = 0;
        for (int i = 0; i < 2000; i++)
        {
            try
            {
                var (formula, value) = RandomFormula(random, 4);
                Assert.Equal((SymbolicExpression)value, AtThePlace(formula));
                Assert.Equal((SymbolicExpression)value, AtThePlace(formula.Expand()));
                compared++;
            }
            catch (DivideByZeroException)
            {
                // the drawn formula has a pole here
            }
        }
        Assert.InRange(compared, 1500, 2000);
    }

    [Fact]
    public void Operators_RandomFormulas_AreEqualWhenTheLawsOfAlgebraMakeThemSo()
    {
        var random = new Random(19);
        int compared = 0;
        for (int i = 0; i < 1000; i++)
        {
            var (m, n) = (random.Next(-3, 4), random.Next(-3, 4));
            try
            {
                var (f, g, h) = (RandomFormula(random, 3).Formula, RandomFormula(random, 3).Formula, RandomFormula(random, 2).Formula);
                Assert.Equal(f.Pow(m * n), f.Pow(m).Pow(n));
                Assert.Equal(f.Pow(m + n), f.Pow(m) * f.Pow(n));
                Assert.Equal(f.Pow(n) * g.Pow(n), (f * g).Pow(n));
                Assert.Equal((SymbolicExpression)1, f / f);
                Assert.Equal((SymbolicExpression)0, f - f);
                Assert.Equal(f * g, g * f);
                Assert.Equal(f + g, g + f);
                Assert.Equal(f * g * h, f * (g * h));
                Assert.Equal(f + g + h, f + (g + h));
                Assert.Equal(3 * f + 3 * g, (f + g) * 3);
                Assert.Equal((f - g).Pow(2), (g - f).Pow(2));
                compared++;
            }
            catch (DivideByZeroException)
            {
                // one of them is zero
            }
        }
        Assert.InRange(compared, 500, 1000);
    }

    [Fact]
    public void ProofSteps_OtherObjective_ChangesTheLastLine()
    {
        Assert.Equal("D^*_G(x) = \\frac{p(x)}{p(x) + q(x)} \\quad (a = p(x),\\ b = q(x))", new OptimalDiscriminatorProof().Steps[^1]);
        var twice = new OptimalDiscriminatorProof(a * SymbolicExpression.Log(y) + 2 * b * SymbolicExpression.Log(1 - y));
        Assert.Contains("\\frac{p(x)}{p(x) + 2 q(x)}", twice.Steps[^1], StringComparison.Ordinal);
        var squares = new OptimalDiscriminatorProof(-a * (y - 1).Pow(2) - b * y.Pow(2));
        Assert.Equal(SymbolicExpression.Variable("p(x)") / (SymbolicExpression.Variable("p(x)") + SymbolicExpression.Variable("q(x)")),
            squares.OfDensities);
        Assert.EndsWith("< 0 \\quad (a > 0,\\ b > 0,\\ y > 0,\\ 1 - y > 0)", squares.Steps[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Differentiate_PowersAndLogs_FollowsTheRules()
    {
        Assert.Equal(3 * y.Pow(2), y.Pow(3).Differentiate("y"));
        Assert.Equal(SymbolicExpression.Log(y) + 1, (y * SymbolicExpression.Log(y)).Differentiate("y"));
        Assert.Equal((SymbolicExpression)0, a.Differentiate("y"));
    }

    [Fact]
    public void Solve_NotLinear_IsRefused() => Assert.Throws<InvalidOperationException>(() => (y.Pow(2) - a).Solve("y"));

    [Fact]
    public void Sign_WithoutAssumptions_IsUndecided()
    {
        Assert.Null((a - b).Sign(a, b));
        Assert.Equal(-1, (-a * b - 2).Sign(a, b));
    }

    private static Dictionary<string, double> Values(double p, double q, double v) => new() { ["a"] = p, ["b"] = q, ["y"] = v };

    // a = 2, b = 5, y = 3/7
    private static SymbolicExpression AtThePlace(SymbolicExpression f) =>
        f.Substitute("a", 2).Substitute("b", 5).Substitute("y", new Rational(3, 7));

    private static (SymbolicExpression Formula, Rational Value) RandomFormula(Random random, int depth)
    {
        if (depth == 0)
        {
            int n = random.Next(-3, 4);
            return random.Next(4) switch { 0 => (a, 2), 1 => (b, 5), 2 => (y, new Rational(3, 7)), _ => (n, n) };
        }
        var (f, u) = RandomFormula(random, depth - 1);
        var (g, v) = RandomFormula(random, random.Next(depth));
        int exponent = random.Next(-2, 3);
        return random.Next(5) switch
        {
            0 => (f + g, u + v),
            1 => (f - g, u - v),
            2 => (f * g, u * v),
            3 => (f / g, u / v),
            _ => (f.Pow(exponent), Enumerable.Repeat(exponent < 0 ? 1 / u : u, Math.Abs(exponent)).Aggregate((Rational)1, (s, t) => s * t)),
        };
    }
}
