namespace GanNotebooks.Theory;

/// <summary>A distribution on finitely many points x₀ … xₙ₋₁ of the line.</summary>
public sealed class DiscreteDistribution
{
    private readonly double[] probabilities;
    private readonly double[] points;

    /// <summary>Probabilities on 0, 1, … n − 1, or on the points given.</summary>
    /// <param name="probabilities">pᵢ ≥ 0 with sum 1 within 1e-12; they are divided by their sum.</param>
    /// <param name="points">xᵢ, strictly ascending; null means 0, 1, … n − 1.</param>
    /// <exception cref="ArgumentException">Probabilities are negative or do not sum to 1; points are not ascending or of another
    /// number.</exception>
    public DiscreteDistribution(IReadOnlyList<double> probabilities, IReadOnlyList<double>? points = null)
    {
        this.probabilities = Require.Weights(probabilities);
        double sum = this.probabilities.Sum();
        for (int i = 0; i < this.probabilities.Length; i++)
            this.probabilities[i] /= sum;
        this.points = points is null ? [.. Enumerable.Range(0, probabilities.Count).Select(i => (double)i)] : [.. points];
        if (this.points.Length != this.probabilities.Length)
        {
            throw new ArgumentException(
                $"points must have as many entries as probabilities ({this.probabilities.Length}), but had {this.points.Length}.",
                nameof(points));
        }

        for (int i = 0; i < this.points.Length; i++)
        {
            if (!double.IsFinite(this.points[i]) || i > 0 && this.points[i] <= this.points[i - 1])
            {
                throw new ArgumentException(Text.Of($"points must be finite and strictly ascending, but points[{i}] was {this.points[i]}."),
                    nameof(points));
            }
        }
    }

    /// <summary>pᵢ.</summary>
    public IReadOnlyList<double> Probabilities => probabilities;

    /// <summary>xᵢ, ascending.</summary>
    public IReadOnlyList<double> Points => points;

    /// <summary>Number of points.</summary>
    public int Count => points.Length;

    /// <summary>pᵢ.</summary>
    public double this[int i] => probabilities[i];

    /// <summary>Σ pᵢ xᵢ.</summary>
    public double Mean => probabilities.Zip(points, (p, x) => p * x).Sum();

    /// <summary>Σ pᵢ (xᵢ − mean)².</summary>
    public double Variance => probabilities.Zip(points, (p, x) => p * (x - Mean) * (x - Mean)).Sum();

    /// <summary>1/n on each of n points.</summary>
    public static DiscreteDistribution Even(int count) => Covering(count, count);

    /// <summary>1/k on each of the first k of n modes, 0 on the rest: a generator that lost n − k modes. Its KL(q‖p) is log(n/k).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 ≤ k ≤ n.</exception>
    public static DiscreteDistribution Covering(int count, int covered)
    {
        Require.AtLeast(covered, 1);
        Require.AtLeast(count, covered);
        return new([.. Enumerable.Range(0, count).Select(i => i < covered ? 1.0 / covered : 0)]);
    }

    /// <summary>P(X ≤ x).</summary>
    public double Cdf(double x) => probabilities.Where((_, i) => points[i] <= x).Sum();

    /// <summary>Index of a sample.</summary>
    public int SampleIndex(Random random) => Sampling.Index(probabilities, random);

    /// <summary>One sample xᵢ.</summary>
    public double Sample(Random random) => points[SampleIndex(random)];

    /// <summary>For example DiscreteDistribution(0.5, 0.25, 0.25).</summary>
    public override string ToString() => "DiscreteDistribution(" + string.Join(", ", probabilities.Select(p => Text.Of($"{p}"))) + ")";
}
