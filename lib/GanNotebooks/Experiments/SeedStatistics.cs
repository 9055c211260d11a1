namespace GanNotebooks.Experiments;

/// <summary>
/// What a few runs over seeds say, and what they do not: robust means, bootstrap intervals, and tests of a difference (Agarwal et al. 2021,
/// section 4). A measure is one number for each run. Nothing here assumes a normal distribution.
/// </summary>
public static class SeedStatistics
{
    /// <summary>Number of resamples that is enough for two digits of an interval.</summary>
    public const int UsualResamples = 2000;

    private const int MostExact = 2000;

    /// <summary>The middle value; the mean of the two middle ones for an even number.</summary>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = Sorted(values);
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The mean of all values.</summary>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static double Mean(IReadOnlyList<double> values) => Sorted(values).Average();

    /// <summary>
    /// The mean of the middle half: a quarter of the weight is cut at either end, of a value in part where n is not divisible by 4. It is
    /// less moved by one failed run than the mean, and less noisy than the median (Agarwal et al. 2021, section 4.2).
    /// </summary>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static double InterquartileMean(IReadOnlyList<double> values)
    {
        double[] sorted = Sorted(values);
        double cut = sorted.Length / 4.0, sum = 0;
        for (int i = 0; i < sorted.Length; i++)
            sum += sorted[i] * Math.Max(0, Math.Min(i + 1, sorted.Length - cut) - Math.Max(i, cut));
        return sum / (sorted.Length - 2 * cut);
    }

    /// <summary>
    /// The percentile bootstrap interval of a statistic (Efron 1979): the values are drawn again, with replacement, and the interval holds
    /// the given part of the results. With three runs or fewer it is too narrow to be trusted, and with one it has no width.
    /// </summary>
    /// <param name="values">The measure of each run.</param>
    /// <param name="statistic">The statistic; null for the <see cref="InterquartileMean"/>.</param>
    /// <param name="confidence">Part of the results that lies in the interval, in (0, 1).</param>
    /// <param name="resamples">Number of resamples.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence or the number of resamples is out of range.</exception>
    public static ConfidenceInterval BootstrapInterval(IReadOnlyList<double> values, Func<IReadOnlyList<double>, double>? statistic = null,
        double confidence = 0.95, int resamples = UsualResamples, int seed = 0)
    {
        double[] all = Sorted(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "the confidence must lie in (0, 1)");
        statistic ??= InterquartileMean;
        var random = new Random(seed);
        double[] found = [.. Enumerable.Range(0, resamples).Select(_ => statistic(Resample(all, all.Length, random))).Order()];
        return new ConfidenceInterval(Quantile(found, (1 - confidence) / 2), Quantile(found, (1 + confidence) / 2));
    }

    /// <summary>
    /// P(A &gt; B) + ½ P(A = B) for a run of A and a run of B that are drawn at random: Mann and Whitney's U by the number of pairs. 0.5
    /// says that neither is better.
    /// </summary>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static double ProbabilityOfImprovement(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double[] first = Sorted(a), second = Sorted(b);
        return first.Average(x => second.Average(y => x > y ? 1 : x == y ? 0.5 : 0));
    }

    /// <summary>
    /// The permutation test of "A and B are the same setting": the part of all ways to deal the runs to A and B in which a statistic
    /// differs by at least as much as it does (Fisher 1935). All ways
    /// are counted if there are at most 2,000; otherwise random ones are, and the
    /// given one with them. Equal settings are declared different, at p ≤ α, in at most a part α of all cases.
    /// </summary>
    /// <param name="a">The measure of each run of A.</param>
    /// <param name="b">The measure of each run of B.</param>
    /// <param name="statistic">The statistic whose two values are compared; null for the <see cref="Mean"/>.</param>
    /// <param name="permutations">Number of random ways.</param>
    /// <param name="seed">Seed of the random ways.</param>
    /// <returns>p, two-sided, in (0, 1].</returns>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static double PermutationTest(IReadOnlyList<double> a, IReadOnlyList<double> b,
        Func<IReadOnlyList<double>, double>? statistic = null, int permutations = UsualResamples, int seed = 0)
    {
        double[] first = Sorted(a), second = Sorted(b);
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        statistic ??= Mean;
        double[] all = [.. first, .. second];
        double observed = Math.Abs(statistic(first) - statistic(second));
        // Rounding must not decide whether another way is as extreme.
        double least = observed - 1e-12 * Math.Max(1, all.Max(Math.Abs));
        if (Ways(all.Length, first.Length) <= MostExact)
        {
            bool[] extreme = [.. Subsets(all.Length, first.Length).Select(IsExtreme)];
            return extreme.Count(e => e) / (double)extreme.Length;
        }

        var random = new Random(seed);
        int count = 1;
        for (int i = 0; i < permutations; i++)
        {
            int[] order = [.. Enumerable.Range(0, all.Length)];
            random.Shuffle(order);
            count += IsExtreme(order[..first.Length]) ? 1 : 0;
        }
        return count / (1.0 + permutations);

        bool IsExtreme(int[] ofA)
        {
            var chosen = ofA.ToHashSet();
            double x = statistic([.. ofA.Select(i => all[i])]);
            double y = statistic([.. Enumerable.Range(0, all.Length).Where(i => !chosen.Contains(i)).Select(i => all[i])]);
            return Math.Abs(x - y) >= least;
        }
    }

    /// <summary>
    /// The expected best of k runs that are drawn from these without replacement: what a search with a budget of k reports (Lucic et al.
    /// 2018, section 5; the exact mean over all subsets of k runs).
    /// </summary>
    /// <param name="values">The measure of each run.</param>
    /// <param name="budget">k, from 1 to the number of runs.</param>
    /// <param name="lowerIsBetter">Whether the best is the smallest.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The budget is out of range.</exception>
    public static double ExpectedBest(IReadOnlyList<double> values, int budget, bool lowerIsBetter = false)
    {
        double[] sorted = Sorted(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(budget, sorted.Length);
        if (lowerIsBetter)
            Array.Reverse(sorted);
        // P(the best is the one of rank i, counted from the worst, 1-based) = C(i − 1, k − 1)/C(n, k).
        double result = 0, probability = 1;
        for (int n = sorted.Length, i = n; i >= budget; i--)
        {
            double isBest = probability * budget / i;
            result += isBest * sorted[i - 1];
            probability *= 1 - budget / (double)i;
        }
        return result;
    }

    /// <summary>
    /// The number of runs of each setting that would show a difference such as this one: the runs at hand are drawn again, with
    /// replacement, n of each, and n is the least number at which the permutation test says p ≤ α in the wanted part of the draws; from 8
    /// on n is tried in steps of a quarter. The answer takes the runs at hand for the truth, and is rough if they are few.
    /// </summary>
    /// <param name="a">The measure of each run of A.</param>
    /// <param name="b">The measure of each run of B.</param>
    /// <param name="power">The wanted part.</param>
    /// <param name="alpha">α.</param>
    /// <param name="most">Largest number of runs that is tried.</param>
    /// <param name="draws">Number of draws for each n.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>The number of runs of each setting; null if more than <paramref name="most"/> are needed.</returns>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static int? SeedsNeeded(IReadOnlyList<double> a, IReadOnlyList<double> b, double power = 0.8, double alpha = 0.05,
        int most = 200, int draws = 200, int seed = 0)
    {
        for (int n = 2; n <= most; n = Math.Max(n + 1, n * 5 / 4))
        {
            if (Power(a, b, n, alpha, draws, seed) >= power)
                return n;
        }
        return null;
    }

    /// <summary>The part of the draws, n runs of each setting with replacement, in which the permutation test says p ≤ α.</summary>
    /// <param name="a">The measure of each run of A.</param>
    /// <param name="b">The measure of each run of B.</param>
    /// <param name="n">Number of runs of each setting.</param>
    /// <param name="alpha">α.</param>
    /// <param name="draws">Number of draws.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static double Power(IReadOnlyList<double> a, IReadOnlyList<double> b, int n, double alpha = 0.05, int draws = 200, int seed = 0)
    {
        double[] first = Sorted(a), second = Sorted(b);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var random = new Random(seed);
        return Enumerable.Range(0, draws).Average(draw =>
            PermutationTest(Resample(first, n, random), Resample(second, n, random), permutations: 200, seed: draw) <= alpha ? 1 : 0);
    }

    private static double[] Resample(double[] values, int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => values[random.Next(values.Length)])];

    // Between the neighbours, as the default of R and NumPy.
    private static double Quantile(double[] sorted, double part)
    {
        double place = part * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private static double Ways(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (ways, i) => ways * (n - k + i) / i);

    private static IEnumerable<int[]> Subsets(int n, int k)
    {
        int[] chosen = [.. Enumerable.Range(0, k)];
        while (true)
        {
            yield return [.. chosen];
            int i = k - 1;
            while (i >= 0 && chosen[i] == n - k + i)
                i--;
            if (i < 0)
                yield break;
            chosen[i]++;
            for (int j = i + 1; j < k; j++)
                chosen[j] = chosen[j - 1] + 1;
        }
    }

    private static double[] Sorted(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            throw new ArgumentException("there is no run to take a measure of");
        if (values.FirstOrDefault(v => !double.IsFinite(v)) is var odd && !double.IsFinite(odd))
            throw new ArgumentException(FormattableString.Invariant($"a measure must be finite, got {odd}"));
        return [.. values.Order()];
    }
}

/// <summary>An interval for a statistic, with a stated confidence.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct ConfidenceInterval(double Low, double High)
{
    /// <summary>Whether two intervals have a point in common.</summary>
    public bool Overlaps(ConfidenceInterval other) => Low <= other.High && other.Low <= High;

    /// <summary>Whether a number lies in the interval.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}
