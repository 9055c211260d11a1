namespace GanNotebooks.Theory;

/// <summary>
/// Proposition 1 by machine: D* = a/(a + b) from the zero of the derivative of a log y + b log(1 − y), a = p(x), b = q(x).
/// </summary>
/// <remarks>Source: Goodfellow et al. 2014, proposition 1.</remarks>
public sealed class OptimalDiscriminatorProof
{
    /// <summary>Derives every step afresh.</summary>
    /// <exception cref="InvalidOperationException">A step fails; the proof would be wrong.</exception>
    public OptimalDiscriminatorProof()
    {
        var (a, b, y) = (SymbolicExpression.Variable("a"), SymbolicExpression.Variable("b"), SymbolicExpression.Variable("y"));
        Objective = a * SymbolicExpression.Log(y) + b * SymbolicExpression.Log(1 - y);
        Derivative = Objective.Differentiate("y");
        Condition = Derivative.ClearDenominators();
        Maximiser = Derivative.Solve("y");
        SecondDerivative = Derivative.Differentiate("y");
        SecondDerivativeSign = SecondDerivative.Sign(a, b, y, 1 - y)
            ?? throw new InvalidOperationException($"The sign of {SecondDerivative} is undecided.");
        if (!Condition.Substitute("y", Maximiser).ClearDenominators().Equals((SymbolicExpression)0))
            throw new InvalidOperationException($"{Maximiser} is not a zero of {Derivative}.");
    }

    /// <summary>a log y + b log(1 − y).</summary>
    public SymbolicExpression Objective { get; }

    /// <summary>a/y − b/(1 − y).</summary>
    public SymbolicExpression Derivative { get; }

    /// <summary>The derivative times y (1 − y): a − (a + b) y, expanded.</summary>
    public SymbolicExpression Condition { get; }

    /// <summary>a/(a + b).</summary>
    public SymbolicExpression Maximiser { get; }

    /// <summary>−a/y² − b/(1 − y)².</summary>
    public SymbolicExpression SecondDerivative { get; }

    /// <summary>−1: the second derivative is negative for a, b &gt; 0 and 0 &lt; y &lt; 1, so the zero is the one maximum.</summary>
    public int SecondDerivativeSign { get; }

    /// <summary>The steps, one LaTeX formula each.</summary>
    public IReadOnlyList<string> Steps =>
    [
        $"f(y) = {Objective}",
        $"f'(y) = {Derivative}",
        $"f'(y) = 0 \\iff {Condition} = 0",
        $"y^* = {Maximiser}",
        $"f''(y) = {SecondDerivative} {(SecondDerivativeSign < 0 ? "<" : ">")} 0 \\quad (a, b > 0,\\ 0 < y < 1)",
        "D^*_G(x) = \\frac{p(x)}{p(x) + q(x)} \\quad (a = p(x),\\ b = q(x))",
    ];

    /// <summary>The steps as one aligned LaTeX block.</summary>
    public string ToLatex() => "$$\\begin{gathered}\n" + string.Join(" \\\\\n", Steps) + "\n\\end{gathered}$$";

    /// <summary>The steps, one per line.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Steps);
}
