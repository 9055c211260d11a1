namespace GanNotebooks.Theory;

/// <summary>
/// A formula of numbers, symbols, sums, products, whole powers and logarithms, kept in a normal form by its operators.
/// </summary>
/// <remarks>
/// Just enough algebra to differentiate a log y + b log(1 − y), to solve for y, and to show the sign of the second derivative. The normal
/// form: like terms and like factors are collected and sorted; a power of a power or of a product is a product of powers of its factors; a
/// sum inside a product or a power has whole coefficients without a common divisor, the first one positive. Products of sums are multiplied
/// out by <see cref="Expand"/> only.
/// </remarks>
public abstract partial record SymbolicExpression
{
    private sealed record Number(Rational Value) : SymbolicExpression;

    private sealed record Symbol(string Name) : SymbolicExpression;

    private sealed record Sum(SymbolicExpression Left, SymbolicExpression Right) : SymbolicExpression;

    private sealed record Product(SymbolicExpression Left, SymbolicExpression Right) : SymbolicExpression;

    private sealed record Power(SymbolicExpression Base, int Exponent) : SymbolicExpression;

    private sealed record Logarithm(SymbolicExpression Argument) : SymbolicExpression;

    private SymbolicExpression() { }

    /// <summary>A whole number as a formula.</summary>
    public static implicit operator SymbolicExpression(int value) => new Number(value);

    /// <summary>A fraction as a formula.</summary>
    public static implicit operator SymbolicExpression(Rational value) => new Number(value);

    /// <summary>A variable or parameter, for example y.</summary>
    public static SymbolicExpression Variable(string name) => new Symbol(name);

    /// <summary>The natural logarithm.</summary>
    public static SymbolicExpression Log(SymbolicExpression argument) =>
        argument is Number { Value: var v } && v == 1 ? 0 : new Logarithm(argument);

    /// <summary>f + g; like terms are collected and sorted.</summary>
    public static SymbolicExpression operator +(SymbolicExpression f, SymbolicExpression g)
    {
        var groups = Terms(f).Concat(Terms(g)).Select(Coefficient).GroupBy(t => t.Body)
            .Select(group => (Factor: group.Aggregate((Rational)0, (sum, t) => sum + t.Factor), Body: group.Key))
            .Where(t => !t.Factor.IsZero).OrderBy(t => t.Body.ToLatex(), StringComparer.Ordinal);
        return groups.Select(t => Scale(t.Factor, t.Body))
            .Aggregate((SymbolicExpression?)null, (sum, t) => sum is null ? t : new Sum(sum, t)) ?? 0;
    }

    /// <summary>f − g.</summary>
    public static SymbolicExpression operator -(SymbolicExpression f, SymbolicExpression g) => f + -1 * g;

    /// <summary>−f.</summary>
    public static SymbolicExpression operator -(SymbolicExpression f) => -1 * f;

    /// <summary>f g; numbers multiply, equal factors become powers in a fixed order, and numbers distribute over a single sum.</summary>
    public static SymbolicExpression operator *(SymbolicExpression f, SymbolicExpression g)
    {
        Rational factor = 1;
        var powers = new List<(SymbolicExpression Base, int Exponent)>();
        foreach (var part in Factors(f).Concat(Factors(g)))
        {
            var (basis, exponent) = part is Power p ? (p.Base, p.Exponent) : (part, 1);
            if (part is Sum sum)
                (basis, factor) = (Primitive(sum), factor * Content(sum));
            int found = powers.FindIndex(t => t.Base.Equals(basis));
            if (part is Number n)
                factor *= n.Value;
            else if (found >= 0)
                powers[found] = (basis, powers[found].Exponent + exponent);
            else
                powers.Add((basis, exponent));
        }
        var rest = powers.Where(t => t.Exponent != 0).OrderBy(t => t.Base is Symbol ? 0 : 1)
            .ThenBy(t => t.Base.ToLatex(), StringComparer.Ordinal).Select(t => t.Exponent == 1 ? t.Base : new Power(t.Base, t.Exponent))
            .ToArray();
        return rest is [Sum only] && !factor.IsZero
            ? Distribute(factor, only)
            : Scale(factor, rest.Length == 0 ? 1 : rest.Aggregate((a, b) => new Product(a, b)));
    }

    /// <summary>f / g.</summary>
    public static SymbolicExpression operator /(SymbolicExpression f, SymbolicExpression g) => f * g.Pow(-1);

    /// <summary>fⁿ; f⁰ is 1.</summary>
    /// <exception cref="DivideByZeroException">A negative power of 0.</exception>
    public SymbolicExpression Pow(int n) => this switch
    {
        Number { Value: var v } => new Number(WholePower(v, n)),
        Product p => p.Left.Pow(n) * p.Right.Pow(n),
        Power p => p.Base.Pow(p.Exponent * n),
        _ when n is 0 or 1 => n == 0 ? 1 : this,
        Sum s => Scale(WholePower(Content(s), n), new Power(Primitive(s), n)),
        _ => new Power(this, n),
    };

    /// <summary>∂f/∂name.</summary>
    public SymbolicExpression Differentiate(string name) => this switch
    {
        Symbol s => s.Name == name ? 1 : 0,
        Sum s => s.Left.Differentiate(name) + s.Right.Differentiate(name),
        Product p => p.Left.Differentiate(name) * p.Right + p.Left * p.Right.Differentiate(name),
        Power p => p.Exponent * p.Base.Pow(p.Exponent - 1) * p.Base.Differentiate(name),
        Logarithm l => l.Argument.Differentiate(name) / l.Argument,
        _ => 0,
    };

    /// <summary>Multiplies everything out.</summary>
    public SymbolicExpression Expand() => this switch
    {
        Sum s => s.Left.Expand() + s.Right.Expand(),
        Product p => (from a in Terms(p.Left.Expand()) from b in Terms(p.Right.Expand()) select a * b).Aggregate((SymbolicExpression)0,
            (x, y) => x + y),
        Power { Exponent: > 1 } p => ExpandPower(p),
        _ => this,
    };

    /// <summary>Multiplies by every denominator, so that f = 0 becomes a polynomial equation.</summary>
    public SymbolicExpression ClearDenominators()
    {
        var common = Terms(this).SelectMany(Factors).OfType<Power>().Where(p => p.Exponent < 0).GroupBy(p => p.Base)
            .Aggregate((SymbolicExpression)1, (product, g) => product * g.Key.Pow(-g.Min(p => p.Exponent)));
        return Terms(this).Aggregate((SymbolicExpression)0, (sum, t) => sum + (t * common).Expand());
    }

    /// <summary>The root of f = 0 where f, freed of denominators, is linear in the variable.</summary>
    /// <exception cref="InvalidOperationException">The equation is not linear in the variable.</exception>
    public SymbolicExpression Solve(string name)
    {
        var polynomial = ClearDenominators();
        var slope = polynomial.Differentiate(name).Expand();
        if (!slope.Differentiate(name).Equals((SymbolicExpression)0) || slope.Equals((SymbolicExpression)0))
            throw new InvalidOperationException($"{polynomial} = 0 is not linear in {name}.");
        return polynomial.Substitute(name, 0).Expand() / -slope;
    }

    /// <summary>The formula with a variable replaced.</summary>
    public SymbolicExpression Substitute(string name, SymbolicExpression value) => this switch
    {
        Symbol s => s.Name == name ? value : this,
        Sum s => s.Left.Substitute(name, value) + s.Right.Substitute(name, value),
        Product p => p.Left.Substitute(name, value) * p.Right.Substitute(name, value),
        Power p => p.Base.Substitute(name, value).Pow(p.Exponent),
        Logarithm l => Log(l.Argument.Substitute(name, value)),
        _ => this,
    };

    /// <summary>The value at given numbers.</summary>
    /// <exception cref="KeyNotFoundException">A symbol has no value.</exception>
    public double Evaluate(IReadOnlyDictionary<string, double> values) => this switch
    {
        Number n => n.Value.Enclose().Midpoint,
        Symbol s => values[s.Name],
        Sum s => s.Left.Evaluate(values) + s.Right.Evaluate(values),
        Product p => p.Left.Evaluate(values) * p.Right.Evaluate(values),
        Power p => Math.Pow(p.Base.Evaluate(values), p.Exponent),
        Logarithm l => Math.Log(l.Argument.Evaluate(values)),
        _ => throw new InvalidOperationException($"Cannot evaluate {this}."),
    };

    /// <summary>The sign (−1, 0, 1) that follows from the formulas known to be positive; null when it does not follow.</summary>
    public int? Sign(params SymbolicExpression[] positive) => this switch
    {
        _ when positive.Contains(this) => 1,
        _ when positive.Contains(-this) => -1,
        Number n => n.Value.Sign,
        Sum s => (s.Left.Sign(positive), s.Right.Sign(positive)) is (int a, int b) && a * b >= 0 ? Math.Sign(a + b) : null,
        Product p => p.Left.Sign(positive) * p.Right.Sign(positive),
        Power p => p.Base.Sign(positive) is { } s && s != 0 ? (p.Exponent % 2 == 0 ? 1 : s) : null,
        _ => null,
    };
}
