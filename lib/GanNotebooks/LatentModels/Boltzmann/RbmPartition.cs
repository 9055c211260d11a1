using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.LatentModels;

/// <summary>
/// The exact partition function of a <see cref="BernoulliRbm"/>, by summation over all states of its smaller layer, and what follows from
/// it: exact log-likelihoods and exact samples. The sum has 2^min(D, H) terms in float64.
/// </summary>
/// <param name="LogZ">log Z, in nats; its error is that of rounding.</param>
public sealed record RbmPartition(double LogZ)
{
    /// <summary>The largest number of units in the smaller layer: 2^24 terms take seconds.</summary>
    public const int MostUnits = 24;

    private const int BlockUnits = 12;

    /// <summary>Sums over the smaller layer.</summary>
    /// <param name="rbm">The machine.</param>
    /// <exception cref="ArgumentException">Both layers have more than <see cref="MostUnits"/> units.</exception>
    public static RbmPartition Of(BernoulliRbm rbm)
    {
        ArgumentNullException.ThrowIfNull(rbm);
        RequireFew(Math.Min(rbm.Visible, rbm.Hidden));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var exact = rbm.InFloat64();
        return new RbmPartition(rbm.Hidden <= rbm.Visible
            ? LogSum(rbm.Hidden, h => LogWeightOfHidden(exact, h))
            : LogSum(rbm.Visible, v => -exact.FreeEnergy(v)));
    }

    /// <summary>Returns log p(v) = −F(v) − log Z for each visible state.</summary>
    /// <param name="rbm">The machine of this partition function.</param>
    /// <param name="v">States of 0 and 1, [N, D].</param>
    /// <returns>In nats, [N], float64. The caller disposes it.</returns>
    public Tensor LogProbability(BernoulliRbm rbm, Tensor v)
    {
        ArgumentNullException.ThrowIfNull(rbm);
        ArgumentNullException.ThrowIfNull(v);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return (-rbm.InFloat64().FreeEnergy(v.to(float64)) - LogZ).MoveToOuterDisposeScope();
    }

    /// <summary>Returns the mean of log p(v) over a data set.</summary>
    /// <param name="rbm">The machine of this partition function.</param>
    /// <param name="v">States of 0 and 1, [N, D].</param>
    /// <returns>In nats for each sample.</returns>
    public double MeanLogLikelihood(BernoulliRbm rbm, Tensor v)
    {
        using var logs = LogProbability(rbm, v);
        using var mean = logs.mean();
        return mean.item<double>();
    }

    /// <summary>
    /// Draws independent samples from the machine's law itself, without a Markov chain: h from its exact marginal, then v from p(v | h).
    /// The hidden layer must be small.
    /// </summary>
    /// <param name="rbm">The machine of this partition function.</param>
    /// <param name="count">Number of samples, N.</param>
    /// <param name="random">Source of the samples.</param>
    /// <returns>Visible states of 0 and 1, [N, D], and their probabilities given h. The caller disposes both.</returns>
    /// <exception cref="ArgumentException">There are more than <see cref="MostUnits"/> hidden units.</exception>
    public (Tensor States, Tensor Probabilities) Sample(BernoulliRbm rbm, int count, Generator random)
    {
        ArgumentNullException.ThrowIfNull(rbm);
        RequireFew(rbm.Hidden);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var exact = rbm.InFloat64();
        var cumulative = ByBlock(rbm.Hidden, h => LogWeightOfHidden(exact, h)).sub(LogZ).exp().cumsum(0); // [2^H]
        var chosen = searchsorted(cumulative, empty([count], float64).FillUniform(0, 1, random)).clamp(max: cumulative.size(0) - 1);
        var probabilities = exact.VisibleGiven(Binary(chosen, rbm.Hidden)).to(rbm.VisibleBias.dtype);
        return (BernoulliRbm.Draw(probabilities, random).MoveToOuterDisposeScope(), probabilities.MoveToOuterDisposeScope());
    }

    /// <summary>Returns all states of some binary units, [2^units, units], float64; the first unit is the highest bit.</summary>
    internal static Tensor States(int units) => Binary(arange(1L << units, int64), units);

    // log Σᵥ e^(−E(v, h)) = cᵀh + Σᵢ log(1 + e^(bᵢ + (W h)ᵢ))
    private static Tensor LogWeightOfHidden(BernoulliRbm exact, Tensor h) =>
        h.matmul(exact.HiddenBias) + BernoulliRbm.Softplus(exact.VisibleInput(h)).sum(1);

    private static double LogSum(int units, Func<Tensor, Tensor> logWeight)
    {
        using var scope = NewDisposeScope();
        return ByBlock(units, states => logWeight(states).logsumexp(0, keepdim: true)).logsumexp(0).item<double>();
    }

    // What is computed on the way, [block, D] several times, is given back after each block.
    private static Tensor ByBlock(int units, Func<Tensor, Tensor> compute)
    {
        var results = new List<Tensor>();
        long all = 1L << units, block = 1L << Math.Min(units, BlockUnits);
        for (long start = 0; start < all; start += block)
        {
            using var inner = NewDisposeScope();
            results.Add(compute(Binary(arange(start, start + block, int64), units)).MoveToOuterDisposeScope());
        }

        return cat(results);
    }

    private static Tensor Binary(Tensor numbers, int units)
    {
        var places = pow(2, arange(units - 1, -1, -1, float64)).to(int64); // [units]
        return numbers.unsqueeze(1).div(places, RoundingMode.floor).remainder(2).to(float64);
    }

    private static void RequireFew(int units)
    {
        if (units > MostUnits)
            throw new ArgumentException($"an exact sum over {units} units has 2^{units} terms; at most {MostUnits} units are summed");
    }
}
