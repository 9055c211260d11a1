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
}
