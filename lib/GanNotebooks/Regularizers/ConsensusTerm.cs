using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Regularizers;

/// <summary>
/// γ/2 ‖v‖², v the gradients of both players' losses by their own parameters, added to both losses: it turns a rotation around the
/// equilibrium into a spiral towards it (Mescheder, Nowozin and Geiger 2017, "The Numerics of GANs").
/// </summary>
public static class ConsensusTerm
{
    /// <summary>The term, differentiable in the parameters of both.</summary>
    /// <param name="discriminatorLoss">D's loss, with its graph.</param>
    /// <param name="discriminatorParameters">ψ.</param>
    /// <param name="generatorLoss">G's loss, with its graph.</param>
    /// <param name="generatorParameters">θ.</param>
    /// <param name="weight">γ.</param>
    /// <returns>A scalar ≥ 0.</returns>
    public static Tensor Of(
        Tensor discriminatorLoss, IEnumerable<Tensor> discriminatorParameters, Tensor generatorLoss,
        IEnumerable<Tensor> generatorParameters, double weight) =>
        weight / 2 * (SquaredNorm(discriminatorLoss, discriminatorParameters) + SquaredNorm(generatorLoss, generatorParameters));

    private static Tensor SquaredNorm(Tensor loss, IEnumerable<Tensor> parameters) =>
        Gradient.Of(loss, [.. parameters], retainGraph: true, createGraph: true).Select(g => g.square().sum())
            .Aggregate(zeros(1).squeeze(), (a, b) => a.to(b.device) + b);
}
