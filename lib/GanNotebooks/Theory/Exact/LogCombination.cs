using System.Numerics;

namespace GanNotebooks.Theory;

/// <summary>An exact sum Σ wᵢ log rᵢ with rational weights and positive rational arguments; only its value needs rounding.</summary>
public sealed class LogCombination
{
    private readonly (Rational Weight, Rational Argument)[] terms;

    /// <summary>Collects equal arguments and drops what is exactly 0 (weight 0 or log 1).</summary>
    /// <param name="terms">Pairs of a weight and an argument; a term of weight 0 may have any argument (0 log 0 = 0).</param>
    /// <exception cref="ArgumentException">A term of non-zero weight has an argument that is not positive.</exception>
    public LogCombination(IEnumerable<(Rational Weight, Rational Argument)> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var kept = terms.Where(t => !t.Weight.IsZero).ToArray();
        foreach (var (weight, argument) in kept)
        {
            if (argument.Sign <= 0)
                throw new ArgumentException($"log needs a positive argument, but {weight} log({argument}) was asked for.", nameof(terms));
        }
        this.terms =
            [.. kept.GroupBy(t => t.Argument, (argument, group) => (group.Aggregate((Rational)0, (sum, t) => sum + t.Weight), argument))
            .Where(t => !t.Item1.IsZero && t.argument != 1).OrderBy(t => t.argument)];
    }

    /// <summary>wᵢ and rᵢ, by ascending rᵢ.</summary>
    public IReadOnlyList<(Rational Weight, Rational Argument)> Terms => terms;

    /// <summary>True when the sum is 0 term by term.</summary>
    public bool IsZero => terms.Length == 0;

    /// <summary>This plus another combination.</summary>
    public LogCombination Plus(LogCombination other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(terms.Concat(other.terms));
    }

    /// <summary>The opposite combination.</summary>
    public LogCombination Negate() => new(terms.Select(t => (-t.Weight, t.Argument)));

    /// <summary>
    /// The same sum over logs of primes, in which equal sums look equal (the logarithms of primes are independent over ℚ).
    /// </summary>
    public LogCombination OverPrimes() =>
        new(terms.SelectMany(t => Primes(t.Argument.Numerator, t.Weight).Concat(Primes(t.Argument.Denominator, -t.Weight))));

    /// <summary>The value, enclosed: only logarithms are rounded.</summary>
    public Interval Enclose() =>
        terms.Aggregate((Interval)0, (sum, t) => sum + t.Weight.Enclose() * IntervalMath.Log(t.Argument.Enclose()));

    /// <summary>For example <c>\frac{1}{8}\log\frac{1}{9} + \log\frac{8}{9}</c>.</summary>
    public string ToLatex() =>
        Join(t => (t.Weight == 1 ? "" : t.Weight == -1 ? "-" : t.Weight.ToLatex()) + "\\log " + t.Argument.ToLatex());

    /// <summary>For example 1/8 log(1/9) + log(8/9).</summary>
    public override string ToString() => Join(t => (t.Weight == 1 ? "" : t.Weight == -1 ? "-" : $"{t.Weight} ") + $"log({t.Argument})");

    private static IEnumerable<(Rational Weight, Rational Argument)> Primes(BigInteger number, Rational weight)
    {
        for (BigInteger divisor = 2; divisor * divisor <= number; divisor++)
        {
            for (; (number % divisor).IsZero; number /= divisor)
                yield return (weight, new(divisor, 1));
        }
        if (number > 1)
            yield return (weight, new(number, 1));
    }

    private string Join(Func<(Rational Weight, Rational Argument), string> show) =>
        terms.Length == 0 ? "0" : string.Join(" + ", terms.Select(show)).Replace("+ -", "- ", StringComparison.Ordinal);
}
