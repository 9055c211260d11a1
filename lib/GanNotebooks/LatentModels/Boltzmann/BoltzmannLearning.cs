using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.LatentModels;

/// <summary>
/// Trains a <see cref="BernoulliRbm"/>: statistics of the data minus statistics of the machine's own samples, which are approximate.
/// Contrastive divergence, CD-k (Hinton 2002), starts its chains at the batch; persistent contrastive divergence, PCD-k (Tieleman 2008),
/// continues the chains of the step before. Both can be centred (Montavon and Müller 2012; Melchior et al. 2016).
/// </summary>
/// <param name="rbm">The machine, in float32.</param>
public sealed class BoltzmannLearning(BernoulliRbm rbm) : ITrainableModel, IDisposable
{
    private readonly Tensor visibleOffset = zeros_like(rbm.VisibleBias, requires_grad: false).DetachFromDisposeScope(); // μ
    private readonly Tensor hiddenOffset = zeros_like(rbm.HiddenBias, requires_grad: false).DetachFromDisposeScope(); // λ
    private readonly bool isPersistent;
    private Tensor chains =
        zeros(1, rbm.Visible, dtype: rbm.VisibleBias.dtype, device: rbm.VisibleBias.device).DetachFromDisposeScope();

    /// <summary>The machine.</summary>
    public BernoulliRbm Machine { get; } = rbm;

    /// <summary>Number of sweeps of Gibbs sampling in a step, k.</summary>
    public int Sweeps { get; init; } = 1;

    /// <summary>Number of chains that continue from step to step; 0 for CD, whose chains start at each batch.</summary>
    public int Chains
    {
        get => isPersistent ? (int)chains.size(0) : 0;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            isPersistent = value > 0;
            var before = chains;
            chains = before.new_zeros(Math.Max(1, value), Machine.Visible).DetachFromDisposeScope();
            before.Dispose();
        }
    }

    /// <summary>
    /// Rate at which the offsets μ and λ follow the means of the data and of the hidden units, in (0, 1]; 0 for the plain rule. With
    /// offsets the gradient is that of the energy −bᵀ(v − μ) − cᵀ(h − λ) − (v − μ)ᵀW(h − λ), rewritten for the ordinary b and c. The
    /// model is the same; learning no longer depends on which of two states is called 1.
    /// </summary>
    public double Centring { get; init; }

    /// <summary>Weight of the decay of W; 0 for none.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    public nn.Module Network => Machine;

    /// <inheritdoc/>
    public object Settings => new { Sweeps, Chains, Centring, WeightDecay };

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> State =>
        [("chains", chains), ("visible offset", visibleOffset), ("hidden offset", hiddenOffset)];

    /// <summary>
    /// Prepares the start of a run: random chains, and offsets at the data's means and ½ as in the published runs. Without a call, chains
    /// and offsets start at 0.
    /// </summary>
    /// <param name="random">Source of the chains, each unit 1 with probability ½.</param>
    /// <param name="mean">Mean of each visible unit over the data, [D].</param>
    public BoltzmannLearning Start(Generator random, Tensor mean)
    {
        ArgumentNullException.ThrowIfNull(mean);
        using var scope = NewDisposeScope();
        chains.copy_(BernoulliRbm.Draw(full_like(chains, 0.5), random));
        if (Centring > 0)
        {
            visibleOffset.copy_(mean);
            hiddenOffset.fill_(0.5);
        }
        return this;
    }

    /// <summary>Computes minus the approximate gradient of the likelihood.</summary>
    /// <param name="batch">States of 0 and 1, [N, D].</param>
    /// <param name="random">Source of the chains' states.</param>
    /// <returns>The reconstruction error of the batch, a scalar, for the history. It is not what the step descends.</returns>
    public Tensor Backward(Tensor batch, Generator random)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var h = Machine.HiddenGiven(batch); // [N, H]
        var reconstruction = (batch - Machine.VisibleGiven(h)).square().sum(1).mean();
        var samples = Machine.Gibbs(isPersistent ? chains : batch, Sweeps, random).States; // [M, D]
        if (isPersistent)
            chains.copy_(samples);
        var own = Machine.HiddenGiven(samples); // [M, H]
        if (Centring > 0)
        {
            visibleOffset.mul_(1 - Centring).add_(batch.mean([0]), Centring);
            hiddenOffset.mul_(1 - Centring).add_(h.mean([0]), Centring);
        }

        var (w, b, c) = Ascent((batch, h), (samples, own), visibleOffset, hiddenOffset);
        if (WeightDecay > 0)
            w = w - WeightDecay * Machine.Weights;
        foreach (var (parameter, ascent) in new[] { (Machine.Weights, w), (Machine.VisibleBias, b), (Machine.HiddenBias, c) })
            parameter.grad!.copy_(-ascent);
        return reconstruction.MoveToOuterDisposeScope();
    }

    /// <summary>Frees chains and offsets. The caller disposes the machine.</summary>
    public void Dispose()
    {
        foreach (var (_, tensor) in State)
            tensor.Dispose();
    }

    /// <summary>
    /// Statistics of data minus statistics of samples, for W [D, H], b [D] and c [H]. The offsets μ and λ may be any numbers; at 0 this is
    /// the plain rule.
    /// </summary>
    internal static (Tensor Weights, Tensor VisibleBias, Tensor HiddenBias) Ascent(
        (Tensor V, Tensor H) data, (Tensor V, Tensor H) own, Tensor visibleOffset, Tensor hiddenOffset)
    {
        var w = Correlation(data) - Correlation(own);
        return (w, data.V.mean([0]) - own.V.mean([0]) - w.matmul(hiddenOffset),
            data.H.mean([0]) - own.H.mean([0]) - visibleOffset.matmul(w));

        // E (v − μ)(h − λ)ᵀ
        Tensor Correlation((Tensor V, Tensor H) s) => (s.V - visibleOffset).t().matmul(s.H - hiddenOffset) / s.V.size(0);
    }
}
