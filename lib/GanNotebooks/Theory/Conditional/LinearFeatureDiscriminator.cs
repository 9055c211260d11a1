namespace GanNotebooks.Theory;

/// <summary>
/// The best discriminator with linear features of a sample on the line, where the condition enters in one of two ways:
/// <b>projection</b>, logit(x, c) = e_c·(x, 1), one vector for each condition, or <b>concatenation</b> without a hidden layer,
/// logit(x, c) = w x + b_c, where the condition only moves the offset.
/// </summary>
/// <remarks>
/// For two Gaussians of one variance σ², log p(x|c) − log q(x|c) = x (m_c − n_c)/σ² − (m_c² − n_c²)/(2σ²) is linear in x with a slope that
/// depends on c. So projection contains D*, and concatenation does so only if all slopes are equal; otherwise it needs hidden units.
/// V is concave in the parameters: Newton's method finds the maximum. Source: Miyato and Koyama 2018, section 3.
/// </remarks>
public sealed class LinearFeatureDiscriminator
{
    private const int Steps = 100, Points = 4001;
    private const double Reach = 12, Small = 1e-13;

    private readonly double[] parameters;
    private readonly bool isProjection;

    private LinearFeatureDiscriminator(ConditionalCriterion game, bool isProjection)
    {
        ArgumentNullException.ThrowIfNull(game);
        this.isProjection = isProjection;
        Count = game.Count;
        parameters = Maximise(game);
    }

    /// <summary>Number of conditions.</summary>
    public int Count { get; }

    /// <summary>The best logit(x, c) = e_c·(x, 1).</summary>
    /// <param name="game">The laws.</param>
    public static LinearFeatureDiscriminator Projection(ConditionalCriterion game) => new(game, isProjection: true);

    /// <summary>The best logit(x, c) = w x + b_c.</summary>
    /// <param name="game">The laws.</param>
    public static LinearFeatureDiscriminator Concatenation(ConditionalCriterion game) => new(game, isProjection: false);

    /// <summary>The slope in x for a condition.</summary>
    /// <param name="condition">c, from 0.</param>
    public double Slope(int condition) => parameters[SlopeIndex(condition)];

    /// <summary>The offset for a condition.</summary>
    /// <param name="condition">c, from 0.</param>
    public double Offset(int condition) => parameters[OffsetIndex(condition)];

    /// <summary>The logit at a sample.</summary>
    /// <param name="x">The sample.</param>
    /// <param name="condition">c, from 0.</param>
    public double Logit(double x, int condition) => Slope(condition) * x + Offset(condition);

    private int FirstOffset => isProjection ? Count : 1;

    private int SlopeIndex(int condition) => isProjection ? condition : 0;

    private int OffsetIndex(int condition) => condition >= 0 && condition < Count
        ? FirstOffset + condition
        : throw new ArgumentOutOfRangeException(nameof(condition), condition, $"there are {Count} conditions, numbered from 0.");

    // Newton's method on V, integrals by the trapezoidal rule, which is exact to rounding for Gaussians on such a grid.
    private double[] Maximise(ConditionalCriterion game)
    {
        double[] theta = new double[FirstOffset + Count];
        var samples = Grid(game);
        for (int step = 0; step < Steps; step++)
        {
            double[] gradient = new double[theta.Length];
            double[,] curvature = new double[theta.Length, theta.Length];
            foreach (var (x, c, p, q) in samples)
            {
                var (i, j) = (SlopeIndex(c), OffsetIndex(c));
                double logit = theta[i] * x + theta[j];
                double pull = p * LogSpace.Sigmoid(-logit) - q * LogSpace.Sigmoid(logit);
                double bend = (p + q) * LogSpace.Sigmoid(logit) * LogSpace.Sigmoid(-logit);
                (gradient[i], gradient[j]) = (gradient[i] + x * pull, gradient[j] + pull);
                (curvature[i, i], curvature[j, j]) = (curvature[i, i] + bend * x * x, curvature[j, j] + bend);
                (curvature[i, j], curvature[j, i]) = (curvature[i, j] + bend * x, curvature[j, i] + bend * x);
            }
            double[] move = Solve(curvature, gradient);
            for (int k = 0; k < theta.Length; k++)
                theta[k] += move[k];
            if (move.Max(Math.Abs) < Small)
                break;
        }
        return theta;
    }

    private static (double X, int C, double P, double Q)[] Grid(ConditionalCriterion game)
    {
        double[] ends = [.. game.Laws.SelectMany(pair => new[] { pair.P, pair.Q }).SelectMany(law =>
            new[] { law.Mean - Reach * Math.Sqrt(law.Variance), law.Mean + Reach * Math.Sqrt(law.Variance) })];
        var (first, last) = (ends.Min(), ends.Max());
        double width = (last - first) / (Points - 1);
        return [.. from k in Enumerable.Range(0, Points)
                   let x = first + k * width
                   from c in Enumerable.Range(0, game.Count)
                   select (x, c, width * game.Weights[c] * game.Laws[c].P.Pdf(x),
                       width * game.GeneratedWeights[c] * game.Laws[c].Q.Pdf(x))];
    }

    // Gaussian elimination; the matrix is positive definite.
    private static double[] Solve(double[,] matrix, double[] right)
    {
        int n = right.Length;
        for (int k = 0; k < n; k++)
        {
            for (int row = k + 1; row < n; row++)
            {
                double factor = matrix[row, k] / matrix[k, k];
                for (int column = k; column < n; column++)
                    matrix[row, column] -= factor * matrix[k, column];
                right[row] -= factor * right[k];
            }
        }
        double[] solution = new double[n];
        for (int k = n - 1; k >= 0; k--)
            solution[k] = (right[k] - Enumerable.Range(k + 1, n - k - 1).Sum(j => matrix[k, j] * solution[j])) / matrix[k, k];
        return solution;
    }
}
