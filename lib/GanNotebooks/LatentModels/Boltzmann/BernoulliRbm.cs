using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.LatentModels;

/// <summary>
/// A restricted Boltzmann machine of binary units: visible v in {0, 1}^D, hidden h in {0, 1}^H, with the energy
/// E(v, h) = −bᵀv − cᵀh − vᵀW h and the law p(v, h) = e^(−E(v, h)) / Z (Smolensky 1986; Hinton 2002). Units of one layer are independent
/// given the other layer. Its parameters are trained by <see cref="BoltzmannLearning"/>.
/// </summary>
public sealed class BernoulliRbm : nn.Module
{
    private const double LeastMean = 0.001, WeightScale = 4;

    /// <summary>Creates a machine whose parameters are all 0: every state has the same probability.</summary>
    /// <param name="visible">Number of visible units, D.</param>
    /// <param name="hidden">Number of hidden units, H.</param>
    /// <param name="precision">float32 for training, float64 for exact values.</param>
    public BernoulliRbm(int visible, int hidden, ScalarType precision = ScalarType.Float32) : base(nameof(BernoulliRbm))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(visible, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        (Visible, Hidden) = (visible, hidden);
        Weights = new Parameter(zeros(visible, hidden, dtype: precision));
        VisibleBias = new Parameter(zeros(visible, dtype: precision));
        HiddenBias = new Parameter(zeros(hidden, dtype: precision));
        RegisterComponents();
    }

    /// <summary>Number of visible units, D.</summary>
    public int Visible { get; }

    /// <summary>Number of hidden units, H.</summary>
    public int Hidden { get; }

    /// <summary>The weights W, [D, H].</summary>
    public Parameter Weights { get; }

    /// <summary>The visible biases b, [D].</summary>
    public Parameter VisibleBias { get; }

    /// <summary>The hidden biases c, [H].</summary>
    public Parameter HiddenBias { get; }

    /// <summary>Creates a machine with given parameters, in float64.</summary>
    /// <param name="weights">W, [D, H].</param>
    /// <param name="visibleBias">b, [D].</param>
    /// <param name="hiddenBias">c, [H].</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other.</exception>
    public static BernoulliRbm Of(double[,] weights, double[] visibleBias, double[] hiddenBias)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(visibleBias);
        ArgumentNullException.ThrowIfNull(hiddenBias);
        var (d, h) = (weights.GetLength(0), weights.GetLength(1));
        if (visibleBias.Length != d || hiddenBias.Length != h)
            throw new ArgumentException($"W is [{d}, {h}], but b has {visibleBias.Length} and c {hiddenBias.Length} values");
        var rbm = new BernoulliRbm(d, h, ScalarType.Float64);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        rbm.Weights.copy_(tensor(weights));
        rbm.VisibleBias.copy_(tensor(visibleBias));
        rbm.HiddenBias.copy_(tensor(hiddenBias));
        return rbm;
    }

    /// <summary>
    /// Draws weights from U(−a, a) with a = 4 √(6 / (D + H)), sets each visible bias to the logit of the unit's mean in the data, and the
    /// hidden biases to 0. This is the start of the published runs of Melchior et al. (2016), from the authors' program.
    /// </summary>
    /// <param name="random">Source of the weights.</param>
    /// <param name="mean">Mean of each visible unit over the data, [D]; means outside [0.001, 0.999] are moved to its border.</param>
    /// <param name="centred">Whether these biases belong to the centred energy with the offsets μ = mean and λ = ½, as in the authors'
    /// centred runs. For the ordinary energy they are b − W λ and c − Wᵀμ. Then all hidden units start undecided for the mean image, and
    /// images and inverted images start alike.</param>
    public BernoulliRbm Start(Generator random, Tensor mean, bool centred = false)
    {
        ArgumentNullException.ThrowIfNull(mean);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        double bound = WeightScale * Math.Sqrt(6.0 / (Visible + Hidden));
        Weights.FillUniform(-bound, bound, random);
        VisibleBias.copy_(mean.to(VisibleBias.dtype).clamp(LeastMean, 1 - LeastMean).logit());
        HiddenBias.zero_();
        if (centred)
        {
            VisibleBias.sub_(Weights.sum(1) / 2);
            HiddenBias.sub_(mean.to(HiddenBias.dtype).matmul(Weights));
        }
        return this;
    }

    /// <summary>Returns the energy E(v, h) of pairs of states.</summary>
    /// <param name="v">Visible states, [N, D].</param>
    /// <param name="h">Hidden states, [N, H].</param>
    /// <returns>[N].</returns>
    public Tensor Energy(Tensor v, Tensor h)
    {
        ArgumentNullException.ThrowIfNull(v);
        ArgumentNullException.ThrowIfNull(h);
        return -(v.matmul(VisibleBias) + h.matmul(HiddenBias) + (v.matmul(Weights) * h).sum(1));
    }

    /// <summary>
    /// Returns the free energy F(v) = −log Σₕ e^(−E(v, h)) = −bᵀv − Σⱼ log(1 + e^(cⱼ + (Wᵀv)ⱼ)), so that log p(v) = −F(v) − log Z.
    /// </summary>
    /// <param name="v">Visible states, [N, D].</param>
    /// <returns>[N].</returns>
    public Tensor FreeEnergy(Tensor v)
    {
        ArgumentNullException.ThrowIfNull(v);
        return -(v.matmul(VisibleBias) + Softplus(HiddenInput(v)).sum(1));
    }

    /// <summary>Returns P(hⱼ = 1 | v) = σ(cⱼ + (Wᵀv)ⱼ).</summary>
    /// <param name="v">Visible states or probabilities, [N, D].</param>
    /// <returns>[N, H].</returns>
    public Tensor HiddenGiven(Tensor v) => HiddenInput(v).sigmoid();

    /// <summary>Returns P(vᵢ = 1 | h) = σ(bᵢ + (W h)ᵢ).</summary>
    /// <param name="h">Hidden states or probabilities, [N, H].</param>
    /// <returns>[N, D].</returns>
    public Tensor VisibleGiven(Tensor h)
    {
        ArgumentNullException.ThrowIfNull(h);
        return VisibleInput(h).sigmoid();
    }

    /// <summary>Runs Gibbs sampling: h from p(h | v), then v from p(v | h), again and again.</summary>
    /// <param name="v">First visible states, [N, D]; they stay as they are.</param>
    /// <param name="sweeps">Number of sweeps, at least 1.</param>
    /// <param name="random">Source of the states.</param>
    /// <returns>Visible states of 0 and 1 after the last sweep, [N, D], and their probabilities given the last h. The caller disposes
    /// both.</returns>
    public (Tensor States, Tensor Probabilities) Gibbs(Tensor v, int sweeps, Generator random)
    {
        ArgumentNullException.ThrowIfNull(v);
        ArgumentOutOfRangeException.ThrowIfLessThan(sweeps, 1);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (states, probabilities) = (v, v);
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            using var inner = NewDisposeScope(); // a thousand sweeps take no more memory than one
            var (oldStates, oldProbabilities) = (states, probabilities);
            var h = Draw(HiddenGiven(states), random);
            probabilities = VisibleGiven(h).MoveToOuterDisposeScope();
            states = Draw(probabilities, random).MoveToOuterDisposeScope();
            if (sweep == 0)
                continue; // these are the caller's
            oldStates.Dispose();
            oldProbabilities.Dispose();
        }
        return (states.MoveToOuterDisposeScope(), probabilities.MoveToOuterDisposeScope());
    }

    /// <summary>
    /// Returns the reconstruction error of visible states: their mean squared distance to P(v | P(h | v)), summed over the units. It is
    /// cheap and often shown, but it is not the quantity that learning increases.
    /// </summary>
    /// <param name="v">Visible states, [N, D].</param>
    public double ReconstructionError(Tensor v)
    {
        ArgumentNullException.ThrowIfNull(v);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return (v - VisibleGiven(HiddenGiven(v))).square().sum(1).mean().to(float64).item<double>();
    }

    /// <summary>Returns a copy in float64, for exact values. The caller disposes it.</summary>
    public BernoulliRbm InFloat64()
    {
        var copy = new BernoulliRbm(Visible, Hidden, ScalarType.Float64);
        using var noGradient = no_grad();
        foreach (var (to, from) in copy.parameters().Zip(parameters()))
            to.copy_(from);
        return copy;
    }

    /// <summary>Draws independent states that are 1 with the given probabilities.</summary>
    internal static Tensor Draw(Tensor probabilities, Generator random) =>
        empty_like(probabilities).FillUniform(0, 1, random).lt(probabilities).to(probabilities.dtype);

    /// <summary>log(1 + e^x) without overflow, and exact to rounding for every x.</summary>
    internal static Tensor Softplus(Tensor x) => x.clamp(min: 0) + (-x.abs()).exp().log1p();

    /// <summary>The input of the hidden units, c + Wᵀv, [N, H].</summary>
    internal Tensor HiddenInput(Tensor v)
    {
        ArgumentNullException.ThrowIfNull(v);
        return v.matmul(Weights) + HiddenBias;
    }

    /// <summary>The input of the visible units, b + W h, [N, D].</summary>
    internal Tensor VisibleInput(Tensor h) => h.matmul(Weights.t()) + VisibleBias;
}
