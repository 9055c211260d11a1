using System.Numerics;

namespace GanNotebooks.Theory;

/// <content>The parts of a formula, and the normal form of sums and products.</content>
public abstract partial record SymbolicExpression
{
    private static IEnumerable<SymbolicExpression> Terms(SymbolicExpression f) =>
        f is Sum s ? Terms(s.Left).Concat(Terms(s.Right)) : f is Number { Value.IsZero: true } ? [] : [f];

    private static IEnumerable<SymbolicExpression> Factors(SymbolicExpression f) =>
        f is Product p ? Factors(p.Left).Concat(Factors(p.Right)) : [f];

    private static (Rational Factor, SymbolicExpression Body) Coefficient(SymbolicExpression term) => term switch
    {
        Number n => (n.Value, 1),
        Product p => Factors(p).OfType<Number>().FirstOrDefault() is { } n
            ? (n.Value, Factors(p).Where(t => t is not Number).Aggregate((a, b) => new Product(a, b)))
            : (1, p),
        _ => (1, term),
    };

    private static Rational WholePower(Rational v, int n) =>
        Enumerable.Repeat(n < 0 ? 1 / v : v, Math.Abs(n)).Aggregate((Rational)1, (a, b) => a * b);

    // The number that leaves whole coefficients without a common divisor, the first one positive.
    private static Rational Content(Sum sum)
    {
        Rational[] factors = [.. Terms(sum).Select(t => Coefficient(t).Factor)];
        var divisor = factors.Aggregate(BigInteger.Zero, (g, r) => BigInteger.GreatestCommonDivisor(g, r.Numerator));
        var multiple = factors.Aggregate(BigInteger.One, (m, r) => m / BigInteger.GreatestCommonDivisor(m, r.Denominator) * r.Denominator);
        return new(divisor * factors[0].Sign, multiple);
    }

    private static Sum Primitive(Sum sum) => Content(sum) is var content && content == 1 ? sum : Distribute(1 / content, sum);

    private static Sum Distribute(Rational factor, Sum sum) => factor == 1
        ? sum
        : (Sum)Terms(sum).Select(Coefficient).Select(t => Scale(factor * t.Factor, t.Body)).Aggregate((a, b) => new Sum(a, b));

    private static SymbolicExpression Scale(Rational factor, SymbolicExpression rest) =>
        factor.IsZero ? 0 : factor == 1 ? rest : rest is Number n ? new Number(factor * n.Value) : Rebuild(new Number(factor), rest);

    private static Product Rebuild(Number factor, SymbolicExpression rest) =>
        (Product)Factors(rest).Aggregate((SymbolicExpression)factor, (a, b) => new Product(a, b));

    private static SymbolicExpression ExpandPower(Power p) => Enumerable.Repeat(p.Base.Expand(), p.Exponent)
        .Aggregate((a, b) => (from x in Terms(a) from y in Terms(b) select x * y).Aggregate((SymbolicExpression)0, (s, t) => s + t));
}
