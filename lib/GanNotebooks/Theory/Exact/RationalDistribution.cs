using System.Numerics;

namespace GanNotebooks.Theory;

/// <summary>A distribution on n points with exact probabilities, for statements without rounding.</summary>
public sealed class RationalDistribution
{
    private readonly Rational[] probabilities;

    /// <summary>Creates a distribution from exact probabilities.</summary>
    /// <param name="probabilities">pᵢ ≥ 0 with sum exactly 1.</param>
    /// <exception cref="ArgumentException">Empty, a negative entry, or a sum other than 1.</exception>
    public RationalDistribution(params Rational[] probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        var sum = probabilities.Aggregate((Rational)0, (a, b) => a + b);
        if (probabilities.Any(p => p.Sign < 0) || sum != 1)
        {
            throw new ArgumentException(
                $"probabilities must be >= 0 and sum to exactly 1, but were {string.Join(", ", probabilities)} with sum {sum}.",
                nameof(probabilities));
        }

        this.probabilities = [.. probabilities];
    }

    /// <summary>Number of points.</summary>
    public int Count => probabilities.Length;

    /// <summary>pᵢ.</summary>
    public Rational this[int i] => probabilities[i];

    /// <summary>pᵢ = wᵢ / Σ w for whole-number weights.</summary>
    public static RationalDistribution FromWeights(params int[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var sum = weights.Aggregate(BigInteger.Zero, (a, b) => a + b);
        return new([.. weights.Select(w => new Rational(w, sum))]);
    }

    /// <summary>1/k on the first k of n modes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 ≤ k ≤ n.</exception>
    public static RationalDistribution Covering(int count, int covered)
    {
        Require.AtLeast(covered, 1);
        Require.AtLeast(count, covered);
        return FromWeights([.. Enumerable.Range(0, count).Select(i => i < covered ? 1 : 0)]);
    }

    /// <summary>D*ᵢ = pᵢ/(pᵢ + qᵢ), exactly; null where pᵢ = qᵢ = 0 and any value is optimal.</summary>
    public static Rational?[] OptimalDiscriminator(RationalDistribution p, RationalDistribution q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        if (p.Count != q.Count)
            throw new ArgumentException($"p and q must have the same number of points, but had {p.Count} and {q.Count}.", nameof(q));
        return [.. p.probabilities.Zip(q.probabilities, (a, b) => (a + b).IsZero ? (Rational?)null : a / (a + b))];
    }

    /// <summary>C(G) = Σ pᵢ log D*ᵢ + qᵢ log(1 − D*ᵢ) as an exact combination of logarithms.</summary>
    public static LogCombination Criterion(RationalDistribution p, RationalDistribution q)
    {
        var d = OptimalDiscriminator(p, q);
        return new(Enumerable.Range(0, d.Length).Where(i => d[i] is not null)
            .SelectMany(i => new[] { (p[i], d[i]!.Value), (q[i], 1 - d[i]!.Value) }));
    }

    /// <summary>2 JSD(p, q) = Σ pᵢ log(2pᵢ/(pᵢ+qᵢ)) + qᵢ log(2qᵢ/(pᵢ+qᵢ)) as an exact combination of logarithms.</summary>
    public static LogCombination TwiceJensenShannon(RationalDistribution p, RationalDistribution q)
    {
        var d = OptimalDiscriminator(p, q);
        return new(Enumerable.Range(0, d.Length).Where(i => d[i] is not null)
            .SelectMany(i => new[] { (p[i], 2 * d[i]!.Value), (q[i], 2 * (1 - d[i]!.Value)) }));
    }

    /// <summary>The distribution of the cell: the probabilities of all points with the same cell number are added.</summary>
    /// <param name="cellOf">For each of the n points the number of its cell, 0 … k − 1; a cell without points has probability 0.</param>
    /// <exception cref="ArgumentException">Not n numbers, or a negative one.</exception>
    public RationalDistribution Coarsen(params int[] cellOf)
    {
        ArgumentNullException.ThrowIfNull(cellOf);
        if (cellOf.Length != Count || cellOf.Any(c => c < 0))
            throw new ArgumentException($"cellOf must name a cell >= 0 for each of {Count} points.", nameof(cellOf));
        return new([.. Enumerable.Range(0, cellOf.Max() + 1).Select(cell =>
            probabilities.Where((_, i) => cellOf[i] == cell).Aggregate((Rational)0, (sum, p) => sum + p))]);
    }

    /// <summary>The same distribution in doubles.</summary>
    public DiscreteDistribution ToDiscrete() => new([.. probabilities.Select(p => p.Enclose().Midpoint)]);

    /// <summary>For example RationalDistribution(1/2, 1/3, 1/6).</summary>
    public override string ToString() => $"RationalDistribution({string.Join(", ", probabilities)})";
}
