using System.Numerics;

namespace GanNotebooks.Tests.Theory.References;

/// <summary>C(G) = ∫ p log(p/(p+q)) + q log(q/(p+q)) by tanh-sinh quadrature in 115 decimals: no intervals, no Taylor, no logits.</summary>
/// <remarks>Source of the rule: Takahasi and Mori 1974. Infinite ends by x = a ± s (1 − u)/u.</remarks>
public static class ReferenceCriterion
{
    private const int Finest = 64; // steps per unit of t
    private static readonly BigFixed accuracy = BigFixed.Of(1, BigInteger.Pow(10, 44));
    private static readonly (BigFixed U, BigFixed Complement, BigFixed Weight)[] nodes = [.. Enumerable.Range(-304, 609).Select(Node)];

    public static BigFixed Compute(DensitySpec p, DensitySpec q)
    {
        ReferenceDensity a = new(p), b = new(q);
        var (from, to) = (Math.Max(a.Lower, b.Lower), Math.Min(a.Upper, b.Upper));
        if (from >= to)
            return BigFixed.Zero;
        double[] inner = a.Breakpoints.Concat(b.Breakpoints).Where(x => x > from && x < to)
            .Concat(new[] { from, to }.Where(double.IsFinite)).Distinct().Order().ToArray();
        var span = BigFixed.From(Math.Max(1, inner[^1] - inner[0]));
        var sum = BigFixed.Zero;
        if (double.IsInfinity(from))
            sum += Tail(BigFixed.From(inner[0]), -span);
        for (int i = 1; i < inner.Length; i++)
            sum += Integrate(Integrand, BigFixed.From(inner[i - 1]), BigFixed.From(inner[i]), 0);
        return double.IsInfinity(to) ? sum + Tail(BigFixed.From(inner[^1]), span) : sum;

        BigFixed Tail(BigFixed end, BigFixed s) => Integrate(
            u => Integrand(end + s * (BigFixed.One - u) / u) * BigFixed.Abs(s) / u / u, BigFixed.Zero, BigFixed.One, 0);

        BigFixed Integrand(BigFixed x)
        {
            var (u, v) = (a.Pdf(x), b.Pdf(x));
            if (u.Raw.Sign <= 0 || v.Raw.Sign <= 0)
                return BigFixed.Zero;
            var logSum = BigFixed.Log(u + v);
            return u * (BigFixed.Log(u) - logSum) + v * (BigFixed.Log(v) - logSum);
        }
    }

    private static BigFixed Integrate(Func<BigFixed, BigFixed> f, BigFixed from, BigFixed to, int depth)
    {
        var width = to - from;
        var coarse = Level(4, everything: true);
        var fine = coarse + Level(2, everything: false);
        if (BigFixed.Abs(2 * coarse - fine) * width < 64 * accuracy)
            return fine * width / (Finest / 2);
        var finest = fine + Level(1, everything: false);
        if (BigFixed.Abs(2 * fine - finest) * width < 64 * accuracy)
            return finest * width / Finest;
        if (depth > 40)
            throw new ArithmeticException("The reference integral does not converge.");
        var middle = from + width / 2;
        return Integrate(f, from, middle, depth + 1) + Integrate(f, middle, to, depth + 1);

        BigFixed Level(int stride, bool everything)
        {
            var sum = BigFixed.Zero;
            for (int i = 0; i < nodes.Length; i += stride)
            {
                if (!everything && i % (2 * stride) == 0)
                    continue;
                var (u, complement, weight) = nodes[i];
                sum += weight * f(u < complement ? from + width * u : to - width * complement);
            }
            return sum;
        }
    }

    // t = k/64, u = 1/(1 + exp(−π sinh t)), weight du/dt = π cosh t u (1 − u)
    private static (BigFixed U, BigFixed Complement, BigFixed Weight) Node(int k)
    {
        var e = BigFixed.Exp(BigFixed.Of(k, Finest));
        var inverse = BigFixed.One / e;
        var u = BigFixed.One / (BigFixed.One + BigFixed.Exp(-(BigFixed.Pi * (e - inverse) / 2)));
        var complement = BigFixed.One / (BigFixed.One + BigFixed.Exp(BigFixed.Pi * (e - inverse) / 2));
        return (u, complement, BigFixed.Pi * (e + inverse) / 2 * u * complement);
    }
}
