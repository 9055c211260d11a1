using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.LatentModels;

/// <summary>
/// An estimate of a partition function by annealed importance sampling (Neal 2001; Salakhutdinov and Murray 2008). Chains pass from a base
/// machine without weights, whose Z is known, to the machine itself, or back. At inverse temperature β the visible states have the law
/// p_β(v) ∝ exp((1 − β) aᵀv + β bᵀv) Πⱼ (1 + e^(β (cⱼ + (Wᵀv)ⱼ))), where a are the biases of the base.
/// </summary>
/// <param name="LogZ">The estimate of log Z, in nats.</param>
/// <param name="Low">Lower end of its interval of ± 3 standard errors of the mean weight, in nats; −∞ when the error is larger than the
/// mean.</param>
/// <param name="High">Upper end of that interval.</param>
/// <param name="EffectiveChains">(Σ w)² / Σ w²: how many of the chains count. Near 1 a single chain decides, and the interval is too
/// short.</param>
/// <param name="Chains">Number of chains.</param>
/// <param name="Temperatures">Number of inverse temperatures from 0 to 1.</param>
public sealed record AnnealedImportanceSampling(
    double LogZ, double Low, double High, double EffectiveChains, int Chains, int Temperatures)
{
    private const double Errors = 3;

    /// <summary>
    /// Runs from the base (β = 0) to the machine (β = 1). The mean weight is Z / Z₀ without bias; the estimate of log Z is on average too
    /// low, by Jensen's inequality.
    /// </summary>
    /// <param name="rbm">The machine.</param>
    /// <param name="baseBias">Biases a of the base, [D]: the logits of the data's means are a good choice.</param>
    /// <param name="chains">Number of chains.</param>
    /// <param name="temperatures">Number of inverse temperatures, evenly spaced, both ends included; at least 2.</param>
    /// <param name="random">Source of the states.</param>
    public static AnnealedImportanceSampling Forward(BernoulliRbm rbm, Tensor baseBias, int chains, int temperatures, Generator random)
    {
        var path = new Path(rbm, baseBias, temperatures);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var v = BernoulliRbm.Draw(path.BaseBias.sigmoid().expand(chains, rbm.Visible), random);
        return path.Run(v, [.. Enumerable.Range(1, temperatures - 1)], random, isReverse: false);
    }

    /// <summary>
    /// Runs from the machine (β = 1) back to the base (β = 0). It needs samples of the machine itself: from
    /// <see cref="RbmPartition.Sample"/> they are exact. The mean weight is then Z₀ / Z without bias, and the estimate of log Z is on
    /// average too high. From other samples the estimate has an error that its interval does not contain.
    /// </summary>
    /// <param name="rbm">The machine.</param>
    /// <param name="baseBias">Biases a of the base, [D].</param>
    /// <param name="samples">Samples of the machine, [chains, D].</param>
    /// <param name="temperatures">Number of inverse temperatures, evenly spaced, both ends included; at least 2.</param>
    /// <param name="random">Source of the states.</param>
    public static AnnealedImportanceSampling Reverse(BernoulliRbm rbm, Tensor baseBias, Tensor samples, int temperatures, Generator random)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var path = new Path(rbm, baseBias, temperatures);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return path.Run(samples, [.. Enumerable.Range(0, temperatures - 1).Reverse()], random, isReverse: true);
    }

    /// <summary>"log Z = 310.2 [309.9, 310.4], 87 of 100 chains count, 1000 temperatures".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"log Z = {LogZ:F2} [{Low:F2}, {High:F2}], {EffectiveChains:F0} of {Chains} chains count, {Temperatures} temperatures");

    private static AnnealedImportanceSampling Of(Tensor logWeights, double logBase, bool isReverse, int temperatures)
    {
        using var scope = NewDisposeScope();
        int chains = (int)logWeights.size(0);
        double top = logWeights.max().item<double>();
        var weights = (logWeights - top).exp();
        double mean = weights.mean().item<double>(), error = weights.std().item<double>() / Math.Sqrt(chains);
        double logMean = top + Math.Log(mean), low = top + Math.Log(Math.Max(0, mean - Errors * error)),
            high = top + Math.Log(mean + Errors * error);
        double effective = Math.Pow(weights.sum().item<double>(), 2) / weights.square().sum().item<double>();
        return isReverse // its mean weight is Z₀ / Z
            ? new(logBase - logMean, logBase - high, logBase - low, effective, chains, temperatures)
            : new(logBase + logMean, logBase + low, logBase + high, effective, chains, temperatures);
    }

    /// <summary>The laws between base and machine. Chains run in the machine's precision, weights add up in float64.</summary>
    private sealed class Path
    {
        private readonly BernoulliRbm rbm;
        private readonly int temperatures;

        public Path(BernoulliRbm rbm, Tensor baseBias, int temperatures)
        {
            ArgumentNullException.ThrowIfNull(rbm);
            ArgumentNullException.ThrowIfNull(baseBias);
            ArgumentOutOfRangeException.ThrowIfLessThan(temperatures, 2);
            if (baseBias.numel() != rbm.Visible)
                throw new ArgumentException($"the base needs {rbm.Visible} biases, got {Shape.Text(baseBias.shape)}", nameof(baseBias));
            (this.rbm, this.temperatures) = (rbm, temperatures);
            BaseBias = baseBias.to(rbm.VisibleBias.dtype);
        }

        public Tensor BaseBias { get; }

        // β = 0: the visible units are independent, and the H hidden units are fair coins.
        private double LogBase() => BernoulliRbm.Softplus(BaseBias.to(float64)).sum().item<double>() + rbm.Hidden * Math.Log(2);

        // Weights first, then a sweep at the new temperature: w *= f_new(v) / f_old(v), v ~ T_new(v).
        public AnnealedImportanceSampling Run(Tensor v, int[] stops, Generator random, bool isReverse)
        {
            var logWeights = zeros(v.size(0), float64, v.device);
            var state = v.to(rbm.VisibleBias.dtype, copy: true);
            double beta = isReverse ? 1 : 0;
            foreach (int stop in stops)
            {
                using var scope = NewDisposeScope();
                double next = (double)stop / (temperatures - 1);
                var (bias, input) = ((state.matmul(rbm.VisibleBias), state.matmul(BaseBias)), rbm.HiddenInput(state));
                logWeights.add_((LogWeight(bias, input, next) - LogWeight(bias, input, beta)).to(float64));
                if (stop != stops[^1])
                    state.copy_(Sweep(input, next, random));
                beta = next;
            }
            return Of(logWeights, LogBase(), isReverse, temperatures);
        }

        private static Tensor LogWeight((Tensor Own, Tensor Base) bias, Tensor input, double beta) =>
            (1 - beta) * bias.Base + beta * bias.Own + BernoulliRbm.Softplus(beta * input).sum(1);

        private Tensor Sweep(Tensor input, double beta, Generator random)
        {
            var h = BernoulliRbm.Draw((beta * input).sigmoid(), random);
            return BernoulliRbm.Draw(((1 - beta) * BaseBias + beta * rbm.VisibleInput(h)).sigmoid(), random);
        }
    }
}
