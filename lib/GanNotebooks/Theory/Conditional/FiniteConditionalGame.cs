namespace GanNotebooks.Theory;

/// <summary>What the generator of a conditional GAN minimises when its opponents are at their optimum.</summary>
public enum ConditionalObjective
{
    /// <summary>2 JSD of the joint laws of (x, c) − log 4: D sees the condition, by concatenation or projection.</summary>
    Joint,

    /// <summary>
    /// 2 JSD of the laws of x − log 4 + λ E_q[−log p(c|x)]: D does not see c, a classifier trained on the data does (AC-GAN).
    /// </summary>
    Auxiliary,

    /// <summary>
    /// As <see cref="Auxiliary"/>, plus λ E_q[log q(c|x)]: a second classifier is trained on the generated samples, and the generator
    /// works against it (TAC-GAN).
    /// </summary>
    TwinAuxiliary,
}

/// <summary>
/// A conditional game on finitely many points, whose optima can be computed exactly: does the best generator equal the data?
/// </summary>
/// <remarks>
/// E_q[−log p(c|x)] = E_q[KL(q(c|x)‖p(c|x))] + H_q(c|x). AC-GAN therefore also minimises the entropy H_q(c|x), which is not 0 for the data
/// where classes overlap: its best generator leaves out what two classes share. TAC-GAN subtracts this entropy again.
/// Source: Odena, Olah and Shlens 2017, section 4; Gong, Xu, Li, Zhang and Batmanghelich 2019, theorem 1 and section 3.
/// </remarks>
public sealed class FiniteConditionalGame
{
    private const double Rate = 0.5, Small = 1e-15;
    private const int Steps = 100_000;

    private readonly double[][] data; // p(x|c), row c
    private readonly double[] weights;

    /// <summary>A game with the data law p(c) p(x|c).</summary>
    /// <param name="weights">p(c) &gt; 0, sum 1.</param>
    /// <param name="laws">p(x|c), one row for each condition, all on the same points.</param>
    /// <exception cref="ArgumentException">Rows of different lengths, another number of weights, or no probabilities.</exception>
    public FiniteConditionalGame(IReadOnlyList<double> weights, IReadOnlyList<IReadOnlyList<double>> laws)
    {
        ArgumentNullException.ThrowIfNull(laws);
        this.weights = Require.Weights(weights);
        data = [.. laws.Select(row => Require.Weights(row, nameof(laws)))];
        if (data.Length != this.weights.Length || data.Any(row => row.Length != data[0].Length) || this.weights.Any(w => w == 0))
        {
            throw new ArgumentException($"expected {this.weights.Length} rows of one length and positive weights, got rows of "
                + $"{string.Join(", ", data.Select(row => row.Length))} and weights {string.Join(", ", this.weights)}.", nameof(laws));
        }
    }

    /// <summary>Number of conditions.</summary>
    public int Conditions => data.Length;

    /// <summary>Number of points.</summary>
    public int Points => data[0].Length;

    /// <summary>p(x|c), one row for each condition.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Data => data;

    /// <summary>The generator's objective for q(x|c); +∞ where q gives mass to a class that the classifier excludes.</summary>
    /// <param name="objective">Which game.</param>
    /// <param name="generated">q(x|c), one row for each condition.</param>
    /// <param name="weight">λ of the classifiers.</param>
    public double Value(ConditionalObjective objective, IReadOnlyList<IReadOnlyList<double>> generated, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(generated);
        double[][] q = [.. generated.Select(row => Require.Weights(row, nameof(generated)))];
        if (objective == ConditionalObjective.Joint)
            return Criterion(Flat(data), Flat(q));
        double value = Criterion(Marginal(data), Marginal(q));
        for (int c = 0; c < Conditions; c++)
        {
            for (int x = 0; x < Points; x++)
            {
                if (q[c][x] > 0)
                    value += weight * weights[c] * q[c][x] * ClassifierTerm(objective, q, c, x);
            }
        }
        return value;
    }

    /// <summary>The best generator: the minimum over all q(x|c), by mirror descent from the even law; the objective is convex.</summary>
    /// <param name="objective">Which game.</param>
    /// <param name="weight">λ of the classifiers.</param>
    /// <returns>q(x|c), one row for each condition.</returns>
    public double[][] BestGenerator(ConditionalObjective objective, double weight = 1)
    {
        // Only points that the class has in the data can be part of an optimum with a finite value.
        double[][] q = [.. data.Select(row => Normalised([.. row.Select(p => p > 0 ? 1.0 : 0)]))];
        for (int step = 0; step < Steps; step++)
        {
            double[][] next = [.. q.Select((row, c) => Normalised(
                [.. row.Select((value, x) => value * Math.Exp(-Rate * (value > 0 ? Slope(objective, q, weight, c, x) : 0)))]))];
            double change = next.Zip(q, (a, b) => a.Zip(b, (u, v) => Math.Abs(u - v)).Max()).Max();
            q = next;
            if (change < Small)
                break;
        }
        return q;
    }

    // d Value / d (w_c q(x|c)), up to a constant within a row.
    private double Slope(ConditionalObjective objective, double[][] q, double weight, int c, int x)
    {
        if (objective == ConditionalObjective.Joint)
            return Math.Log(2 * q[c][x] / (data[c][x] + q[c][x]));
        var (p, g) = (Marginal(data)[x], Marginal(q)[x]);
        return Math.Log(2 * g / (p + g)) + weight * ClassifierTerm(objective, q, c, x);
    }

    private double ClassifierTerm(ConditionalObjective objective, double[][] q, int c, int x) => objective switch
    {
        ConditionalObjective.Auxiliary => -Math.Log(Posterior(data, c, x)),
        ConditionalObjective.TwinAuxiliary => Math.Log(Posterior(q, c, x)) - Math.Log(Posterior(data, c, x)),
        _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, $"{objective} has no classifier."),
    };

    private double Posterior(double[][] laws, int c, int x) => weights[c] * laws[c][x] / Marginal(laws)[x];

    private double[] Marginal(double[][] laws) =>
        [.. Enumerable.Range(0, Points).Select(x => Enumerable.Range(0, Conditions).Sum(c => weights[c] * laws[c][x]))];

    private double[] Flat(double[][] laws) => [.. laws.SelectMany((row, c) => row.Select(p => weights[c] * p))];

    private static double Criterion(double[] p, double[] q) => VirtualCriterion.Of(new(p), new DiscreteDistribution(q));

    private static double[] Normalised(double[] row) => [.. row.Select(p => p / row.Sum())];
}
