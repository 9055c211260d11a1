namespace GanNotebooks.Theory;

/// <summary>
/// Proposition 1 by machine: D* = a/(a + b) from the zero of the derivative of a log y + b log(1 − y), a = p(x), b = q(x).
/// </summary>
/// <remarks>Every line is computed from the objective; another objective gives another D*. Source: Goodfellow et al. 2014, proposition
/// 1.</remarks>
public sealed class OptimalDiscriminatorProof
{
    private static readonly SymbolicExpression
        A = SymbolicExpression.Variable("a"), B = SymbolicExpression.Variable("b"), Y = SymbolicExpression.Variable("y");

    // The proof is for numbers at which these are positive.
    private static readonly SymbolicExpression[] Positive = [A, B, Y, 1 - Y];

    /// <summary>Derives every step afresh from a log y + b log(1 − y).</summary>
    /// <exception cref="InvalidOperationException">A step fails; the proof would be wrong.</exception>
    public OptimalDiscriminatorProof()
        : this(A * SymbolicExpression.Log(Y) + B * SymbolicExpression.Log(1 - Y))
    {
    }

    /// <summary>Derives every step from another objective of a, b and y, for example a log y + 2b log(1 − y).</summary>
    /// <param name="objective">The function of y to be made largest.</param>
    /// <exception cref="InvalidOperationException">The zero of the derivative is not found by these means, or f″ has no sign.</exception>
    public OptimalDiscriminatorProof(SymbolicExpression objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Objective = objective;
        Derivative = Objective.Differentiate("y");
        Condition = Derivative.ClearDenominators();
        Maximiser = Derivative.Solve("y");
        SecondDerivative = Derivative.Differentiate("y");
        SecondDerivativeSign = SecondDerivative.Sign(Positive)
            ?? throw new InvalidOperationException($"The sign of {SecondDerivative} is undecided.");
        if (!Condition.Substitute("y", Maximiser).ClearDenominators().Equals((SymbolicExpression)0))
            throw new InvalidOperationException($"{Maximiser} is not a zero of {Derivative}.");
        OfDensities = Maximiser.Substitute("a", SymbolicExpression.Variable("p(x)")).Substitute("b", SymbolicExpression.Variable("q(x)"));
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

    /// <summary>The maximiser with a = p(x) and b = q(x) put in.</summary>
    public SymbolicExpression OfDensities { get; }

    /// <summary>The steps, one LaTeX formula each.</summary>
    public IReadOnlyList<string> Steps =>
    [
        $"f(y) = {Objective}",
        $"f'(y) = {Derivative}",
        $"f'(y) = 0 \\iff {Condition} = 0",
        $"y^* = {Maximiser}",
        $"f''(y) = {SecondDerivative} {Relation(SecondDerivativeSign)} 0 \\quad ({string.Join(",\\ ", Positive.Select(f => $"{f} > 0"))})",
        $"D^*_G(x) = {OfDensities} \\quad (a = p(x),\\ b = q(x))",
    ];

    /// <summary>The steps as one aligned LaTeX block.</summary>
    public string ToLatex() => "$$\\begin{gathered}\n" + string.Join(" \\\\\n", Steps) + "\n\\end{gathered}$$";

    /// <summary>The steps, one per line.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Steps);

    private static string Relation(int sign) => sign < 0 ? "<" : sign > 0 ? ">" : "=";
}
