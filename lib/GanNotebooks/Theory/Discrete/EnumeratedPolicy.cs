namespace GanNotebooks.Theory;

/// <summary>
/// A GAN on sequences so short that all of them can be listed: source p, generator q_θ (a Markov chain whose logits are the parameters
/// θ), optimal discriminator D* = p/(p + q). So the policy gradient E_q[w(x) ∇ log q(x)], its variance and the divergence that it
/// descends are sums.
/// </summary>
/// <remarks>Source: Sutton et al. 2000 (policy gradients); Yu et al. 2017 and Che et al. 2017 for the rewards.</remarks>
public sealed class EnumeratedPolicy
{
    private readonly SequenceLaw source, model;
    private readonly double[,] logits;
    private readonly int[][] sequences;
    private readonly double[] p, q;
    private readonly double[][] scores; // ∇ log q(x) for each sequence, [(S + 1)·S]

    /// <summary>Lists all sequences.</summary>
    /// <param name="source">p.</param>
    /// <param name="logits">θ, [S + 1, S]: row 0 for the first token, row 1 + i after token i.</param>
    /// <exception cref="ArgumentException">The logits have another shape.</exception>
    public EnumeratedPolicy(SequenceLaw source, double[,] logits)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.GetLength(0) != source.Tokens + 1 || logits.GetLength(1) != source.Tokens)
        {
            throw new ArgumentException(Text.Of(
                $"expected logits [{source.Tokens + 1}, {source.Tokens}], got [{logits.GetLength(0)}, {logits.GetLength(1)}]."),
                nameof(logits));
        }

        (this.source, this.logits) = (source, logits);
        model = SequenceLaw.OfLogits(logits, (_, token) => token + 1, source.Length);
        sequences = [.. source.Sequences()];
        p = [.. sequences.Select(x => Math.Exp(source.LogProbability(x)))];
        q = [.. sequences.Select(x => Math.Exp(model.LogProbability(x)))];
        scores = [.. sequences.Select(x => Score(x, 0, x.Length))];
    }

    /// <summary>The optimal discriminator of each sequence, in the order of <see cref="SequenceLaw.Sequences"/>.</summary>
    public IReadOnlyList<double> Discriminator => [.. p.Zip(q, (a, b) => a / (a + b))];

    /// <summary>Number of parameters, S(S + 1).</summary>
    public int Parameters => logits.Length;

    /// <summary>The reward of each sequence at the optimal discriminator.</summary>
    public double[] Rewards(PolicyReward reward) => [.. Discriminator.Select(d => Pay(reward, d))];

    /// <summary>E_q[w(x) ∇ log q(x)], with D* held fixed.</summary>
    public double[] Gradient(PolicyReward reward) => Mean(Rewards(reward), scores);

    /// <summary>E_p[∇ log q(x)], the gradient of the likelihood.</summary>
    public double[] LikelihoodGradient() => Sum(p, scores);

    /// <summary>
    /// The divergence that the policy gradient of a reward descends when the discriminator is optimal, in nats of whole sequences.
    /// A reward w = h(p, q) descends Σ φ(p, q) with ∂φ/∂q = −h.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An unknown reward.</exception>
    public double Divergence(PolicyReward reward)
    {
        double[] m = [.. p.Zip(q, (a, b) => (a + b) / 2)];
        return reward switch
        {
            PolicyReward.Probability => Kl(p, m),
            PolicyReward.LogProbability => 2 * Kl(m, p),
            PolicyReward.Minimax => Kl(p, m) + Kl(q, m),
            PolicyReward.LogRatio => Kl(q, p),
            PolicyReward.Ratio => Kl(p, q),
            _ => throw new ArgumentOutOfRangeException(nameof(reward), reward, "an unknown reward"),
        };
    }

    /// <summary>The same policy with one parameter moved, to take differences.</summary>
    /// <param name="parameter">From 0 to <see cref="Parameters"/> − 1, row by row.</param>
    /// <param name="by">What is added.</param>
    public EnumeratedPolicy Moved(int parameter, double by)
    {
        double[,] moved = (double[,])logits.Clone();
        moved[parameter / source.Tokens, parameter % source.Tokens] += by;
        return new(source, moved);
    }

    /// <summary>The variance of one sample's estimate (w(x) − baseline) ∇ log q(x), summed over the parameters.</summary>
    /// <param name="reward">The reward.</param>
    /// <param name="baseline">A number that does not depend on x.</param>
    public double Variance(PolicyReward reward, double baseline = 0) =>
        Spread([.. Rewards(reward).Zip(scores, (w, s) => s.Select(g => (w - baseline) * g).ToArray())]);

    /// <summary>E_q[w(x)], the usual baseline.</summary>
    public double MeanReward(PolicyReward reward) => Rewards(reward).Zip(q, (w, weight) => w * weight).Sum();

    /// <summary>The constant with the smallest variance: E[w |∇ log q|²] / E[|∇ log q|²].</summary>
    public double BestBaseline(PolicyReward reward)
    {
        double[] squares = [.. scores.Select(s => s.Sum(g => g * g))];
        return Rewards(reward).Select((w, i) => q[i] * w * squares[i]).Sum() / squares.Select((s, i) => q[i] * s).Sum();
    }

    /// <summary>
    /// The expected reward of a sequence that begins like this: what SeqGAN estimates by finishing the sequence several times.
    /// </summary>
    /// <param name="reward">The reward.</param>
    /// <param name="prefix">Up to T tokens.</param>
    public double Value(PolicyReward reward, IReadOnlyList<int> prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return Value(Rewards(reward), prefix);
    }

    /// <summary>The same from samples: the mean reward of completions that the generator draws.</summary>
    /// <param name="reward">The reward.</param>
    /// <param name="prefix">Up to T tokens.</param>
    /// <param name="count">Number of completions.</param>
    /// <param name="random">The source of randomness.</param>
    public Estimate Rollout(PolicyReward reward, IReadOnlyList<int> prefix, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(random);
        double[] rewards = Rewards(reward), begun = [.. sequences.Select((x, i) => Begins(x, prefix) ? q[i] : 0)];
        double[] law = [.. begun.Select(w => w / begun.Sum())];
        double[] drawn = [.. Enumerable.Range(0, Require.AtLeast(count, 2)).Select(_ => rewards[Sampling.Index(law, random)])];
        double mean = drawn.Average(), square = drawn.Sum(r => (r - mean) * (r - mean)) / (count - 1);
        return new(mean, Math.Sqrt(square / count), EstimateMethod.MonteCarlo, count);
    }

    /// <summary>
    /// Mean and variance of the estimate that pays each token by what follows it: Σ_t (Q(x₁…x_t) − baseline) ∇ log q(x_t | …), where Q is
    /// the expected reward of <see cref="Value(PolicyReward, IReadOnlyList{int})"/>. With the value of the prefix as baseline it is the
    /// advantage of the token.
    /// </summary>
    /// <param name="reward">The reward.</param>
    /// <param name="advantage">Whether Q(x₁…x_{t−1}) is subtracted.</param>
    public (double[] Mean, double Variance) TokenByToken(PolicyReward reward, bool advantage)
    {
        double[] rewards = Rewards(reward);
        double[][] estimates = [.. sequences.Select(x => Enumerable.Range(0, x.Length).Select(t =>
        {
            double paid = Value(rewards, x[..(t + 1)]) - (advantage ? Value(rewards, x[..t]) : 0);
            return Score(x, t, t + 1).Select(g => paid * g).ToArray();
        }).Aggregate((a, b) => [.. a.Zip(b, (c, d) => c + d)]))];
        return (Sum(q, estimates), Spread(estimates));
    }

    private double Value(double[] rewards, IReadOnlyList<int> prefix)
    {
        double weight = 0, sum = 0;
        for (int i = 0; i < sequences.Length; i++)
        {
            if (!Begins(sequences[i], prefix))
                continue;
            weight += q[i];
            sum += q[i] * rewards[i];
        }
        return sum / weight;
    }

    // ∇ of Σ log q(x_t | …) over t from one position up to another: one-hot minus probabilities, in the row of the state.
    private double[] Score(int[] x, int from, int to)
    {
        double[] score = new double[Parameters];
        for (int t = from; t < to; t++)
        {
            int state = t == 0 ? 0 : x[t - 1] + 1;
            for (int k = 0; k < source.Tokens; k++)
                score[state * source.Tokens + k] += (k == x[t] ? 1 : 0) - Math.Exp(model.LogProbability(state, k));
        }
        return score;
    }

    private double[] Mean(double[] weights, double[][] vectors) => Sum([.. weights.Zip(q, (w, a) => w * a)], vectors);

    // Trace of the covariance under q.
    private double Spread(double[][] estimates) =>
        estimates.Select((e, i) => q[i] * e.Sum(g => g * g)).Sum() - Sum(q, estimates).Sum(g => g * g);

    private static double[] Sum(double[] weights, double[][] vectors)
    {
        double[] sum = new double[vectors[0].Length];
        for (int i = 0; i < vectors.Length; i++)
        {
            for (int k = 0; k < sum.Length; k++)
                sum[k] += weights[i] * vectors[i][k];
        }
        return sum;
    }

    private static bool Begins(int[] sequence, IReadOnlyList<int> prefix) =>
        prefix.Select((token, t) => sequence[t] == token).All(same => same);

    private static double Kl(double[] a, double[] b) => a.Zip(b, (x, y) => x == 0 ? 0 : x * Math.Log(x / y)).Sum();

    private static double Pay(PolicyReward reward, double d) => reward switch
    {
        PolicyReward.Probability => d,
        PolicyReward.LogProbability => Math.Log(d),
        PolicyReward.Minimax => -Math.Log(1 - d),
        PolicyReward.LogRatio => Math.Log(d) - Math.Log(1 - d),
        PolicyReward.Ratio => d / (1 - d),
        _ => throw new ArgumentOutOfRangeException(nameof(reward), reward, "an unknown reward"),
    };
}
