using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.LatentModels;

/// <summary>
/// A small <see cref="BernoulliRbm"/> with every state written out, in float64: exact probabilities, the exact gradient of the likelihood,
/// and the exact expectation of what contrastive divergence adds to the parameters. A law of data is a vector over all 2^D visible states.
/// </summary>
/// <param name="rbm">The machine, in float64. Its parameters may change between the calls.</param>
public sealed class EnumeratedRbm(BernoulliRbm rbm) : IDisposable
{
    private readonly Tensor visible = RbmPartition.States(rbm.Visible).DetachFromDisposeScope(); // [2^D, D]
    private readonly Tensor hidden = RbmPartition.States(rbm.Hidden).DetachFromDisposeScope(); // [2^H, H]

    /// <summary>The machine.</summary>
    public BernoulliRbm Machine { get; } = rbm;

    /// <summary>All visible states, [2^D, D]; the first unit is the highest bit of the row's number.</summary>
    public Tensor States => visible;

    /// <summary>Returns the law of equally likely data points, [2^D]. A point that occurs twice counts twice.</summary>
    /// <param name="data">States of 0 and 1, [N, D].</param>
    public Tensor Law(Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var scope = NewDisposeScope();
        var places = pow(2, arange(Machine.Visible - 1, -1, -1, float64));
        var index = data.to(float64).matmul(places).to(int64);
        return zeros(visible.size(0), float64).index_add(0, index, full([index.size(0)], 1.0 / index.size(0), float64), 1)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Returns log Z.</summary>
    public double LogPartition()
    {
        using var scope = NewDisposeScope();
        return (-Machine.FreeEnergy(visible)).logsumexp(0).item<double>();
    }

    /// <summary>Returns p(v) of every visible state, [2^D].</summary>
    public Tensor Probabilities()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return (-Machine.FreeEnergy(visible)).softmax(0).MoveToOuterDisposeScope();
    }

    /// <summary>Returns E log p(v) for v of a law, in nats.</summary>
    /// <param name="law">[2^D].</param>
    public double MeanLogLikelihood(Tensor law)
    {
        ArgumentNullException.ThrowIfNull(law);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return ((-Machine.FreeEnergy(visible)).log_softmax(0) * law).sum().item<double>();
    }

    /// <summary>
    /// Returns the gradient of <see cref="MeanLogLikelihood"/> by all parameters: statistics of the data minus statistics of the model.
    /// </summary>
    /// <param name="law">Law of the data, [2^D].</param>
    /// <returns>W row by row, then b, then c: [D·H + D + H].</returns>
    public Tensor LikelihoodGradient(Tensor law)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return (Statistics(law) - Statistics(Probabilities())).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Returns the expected update of contrastive divergence with k sweeps: statistics of the data minus statistics of the data after k
    /// sweeps of Gibbs sampling (Hinton 2002). For k → ∞ it tends to <see cref="LikelihoodGradient"/>.
    /// </summary>
    /// <param name="law">Law of the data, [2^D].</param>
    /// <param name="sweeps">k, at least 1.</param>
    /// <returns>As <see cref="LikelihoodGradient"/>.</returns>
    public Tensor DivergenceField(Tensor law, int sweeps)
    {
        ArgumentNullException.ThrowIfNull(law);
        ArgumentOutOfRangeException.ThrowIfLessThan(sweeps, 1);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return Field(law, sweeps).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Returns the Jacobian of <see cref="DivergenceField"/> by the parameters. A field is the gradient of some function if and only if
    /// this matrix is symmetric.
    /// </summary>
    /// <param name="law">Law of the data, [2^D].</param>
    /// <param name="sweeps">k, at least 1.</param>
    /// <returns>[P, P] with P = D·H + D + H; row i is the gradient of component i.</returns>
    public Tensor FieldJacobian(Tensor law, int sweeps)
    {
        ArgumentNullException.ThrowIfNull(law);
        ArgumentOutOfRangeException.ThrowIfLessThan(sweeps, 1);
        using var scope = NewDisposeScope();
        var field = Field(law, sweeps);
        Tensor[] parameters = [Machine.Weights, Machine.VisibleBias, Machine.HiddenBias];
        var rows = Enumerable.Range(0, (int)field.size(0))
            .Select(i => cat([.. Gradient.Of(field[i], parameters, retainGraph: true).Select(g => g.flatten())]));
        return stack([.. rows]).MoveToOuterDisposeScope();
    }

    /// <summary>Adds a multiple of a field to the parameters.</summary>
    /// <param name="field">As <see cref="LikelihoodGradient"/> returns it.</param>
    /// <param name="rate">The multiple; positive to ascend.</param>
    public void Move(Tensor field, double rate)
    {
        ArgumentNullException.ThrowIfNull(field);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        long at = 0;
        foreach (var parameter in new[] { Machine.Weights, Machine.VisibleBias, Machine.HiddenBias })
        {
            parameter.add_(field.narrow(0, at, parameter.numel()).view(parameter.shape), rate);
            at += parameter.numel();
        }
    }

    /// <summary>Frees the states. The caller disposes the machine.</summary>
    public void Dispose()
    {
        visible.Dispose();
        hidden.Dispose();
    }

    // One sweep takes a law of v to the law of h given such v, and back: Σ over v of law(v) p(h | v), then Σ over h of that p(v' | h).
    private Tensor Field(Tensor law, int sweeps)
    {
        var toHidden = LogLaw(Machine.HiddenInput(visible), hidden).exp(); // p(h | v), [2^D, 2^H]
        var toVisible = LogLaw(Machine.VisibleInput(hidden), visible).exp(); // p(v | h), [2^H, 2^D]
        var after = law;
        for (int k = 0; k < sweeps; k++)
            after = after.matmul(toHidden).matmul(toVisible);
        return Statistics(law) - Statistics(after);
    }

    // log p(state | input) for every input and every state: Σ s x − log(1 + e^x).
    private static Tensor LogLaw(Tensor inputs, Tensor states) =>
        inputs.matmul(states.t()) - BernoulliRbm.Softplus(inputs).sum(1, keepdim: true);

    // E v P(h|v)ᵀ, E v and E P(h|v), one after the other.
    private Tensor Statistics(Tensor law)
    {
        var h = Machine.HiddenGiven(visible); // [2^D, H]
        var weighted = visible * law.unsqueeze(1); // [2^D, D]
        return cat([weighted.t().matmul(h).flatten(), weighted.sum(dim: 0), (h * law.unsqueeze(1)).sum(dim: 0)]);
    }
}
