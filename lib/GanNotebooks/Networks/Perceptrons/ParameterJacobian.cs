using GanNotebooks.Runtime;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// The sensitivity of a network's output to its parameters: exactly for a plain perceptron, by random projections for any network.
/// </summary>
public static class ParameterJacobian
{
    /// <summary>
    /// ‖∂g_θ(z)/∂θ‖²_F for each input, by one backward sweep of matrices: with M_l = ∂g/∂a_l for the sums a_l = W_l h_(l−1) + b_l that
    /// enter layer l's activation, layer l contributes ‖M_l‖²_F (‖h_(l−1)‖² + 1), and M_(l−1) = M_l W_l diag φ'(a_(l−1)).
    /// </summary>
    /// <param name="network">A plain multilayer perceptron.</param>
    /// <param name="input">[N, inputs].</param>
    /// <returns>[N], float32; the caller disposes it.</returns>
    /// <exception cref="NotSupportedException">There are layers other than linear ones and activations.</exception>
    public static Tensor SquaredNorm(MultilayerPerceptron network, Tensor input)
    {
        RequirePlain(network);
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var h = Values(network, input);
        var slope = Slope(network.OutputActivation, h[^1]); // [N, out]
        var total = slope.pow(2).sum(1) * (h[^2].pow(2).sum(1) + 1); // the last layer: M is diagonal
        foreach (var (layer, m) in Sensitivities(network, h))
            total = total + m.pow(2).sum([1L, 2L]) * (h[layer].pow(2).sum(1) + 1);
        return total.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// J Jᵀ for each input, where J = ∂g_θ(z)/∂θ: Σ_l (‖h_(l−1)‖² + 1) M_l M_lᵀ with the M_l of <see cref="SquaredNorm"/>. Its trace is
    /// ‖J‖²_F, its largest eigenvalue is the square of the operator norm of J, and vᵀ J Jᵀ v = ‖Jᵀ v‖².
    /// </summary>
    /// <param name="network">A plain multilayer perceptron.</param>
    /// <param name="input">[N, inputs].</param>
    /// <returns>[N, outputs, outputs], float32; the caller disposes it.</returns>
    /// <exception cref="NotSupportedException">There are layers other than linear ones and activations.</exception>
    public static Tensor Gram(MultilayerPerceptron network, Tensor input)
    {
        RequirePlain(network);
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var h = Values(network, input);
        var slope = Slope(network.OutputActivation, h[^1]); // [N, out]
        var total = diag_embed(slope.pow(2) * (h[^2].pow(2).sum(1, keepdim: true) + 1)); // [N, out, out]
        foreach (var (layer, m) in Sensitivities(network, h))
            total = total + m.matmul(m.transpose(1, 2)) * (h[layer].pow(2).sum(1) + 1).view(-1, 1, 1);
        return total.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The batch mean of ‖∂g_θ(z)/∂θ‖²_F for any network whose samples do not see each other, without bias: for v with independent standard
    /// normal entries, E‖Σᵢ Jᵢᵀ vᵢ‖² = Σᵢ ‖Jᵢ‖²_F (Hutchinson 1990), and one backward pass computes Σᵢ Jᵢᵀ vᵢ. Batch normalisation must be
    /// in evaluation mode.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="input">[N, ...].</param>
    /// <param name="random">Source of v, on the CPU wherever the network is.</param>
    /// <param name="probes">Number of v, at least 2.</param>
    /// <returns>The estimate and its standard error over the probes.</returns>
    public static (double Mean, double StandardError) EstimateMeanSquaredNorm(nn.Module<Tensor, Tensor> network, Tensor input,
        Generator random, int probes = 32)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, 2);
        using var scope = NewDisposeScope();
        var parameters = network.parameters().Where(p => p.requires_grad).Cast<Tensor>().ToArray();
        var output = network.call(input);
        float[] values = Enumerable.Range(0, probes).Select(_ =>
        {
            using var inner = NewDisposeScope();
            var v = empty(output.shape, device: output.device).FillNormal(0, 1, random);
            return autograd.grad([output], parameters, [v], retain_graph: true).Sum(g => g.pow(2).sum().item<float>()) / input.size(0);
        }).ToArray();
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / (probes - 1) / probes));
    }

    private static void RequirePlain(MultilayerPerceptron network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!network.IsPlain)
            throw new NotSupportedException("only a plain multilayer perceptron has this closed form");
    }

    // h_l: the output of layer l, [N, width]; h_0 is the input.
    private static List<Tensor> Values(MultilayerPerceptron network, Tensor input)
    {
        var layers = network.Linears;
        var h = new List<Tensor> { input.flatten(1) };
        for (int l = 0; l < layers.Count; l++)
            h.Add(ActivationOf(network, l).Apply(nn.functional.linear(h[l], layers[l].weight!, layers[l].bias)));
        return h;
    }

    // M of every layer but the last, [N, out, width], from the last but one to the first.
    private static IEnumerable<(int Layer, Tensor M)> Sensitivities(MultilayerPerceptron network, List<Tensor> h)
    {
        var layers = network.Linears;
        var m = Slope(network.OutputActivation, h[^1]).unsqueeze(2) * layers[^1].weight!;
        for (int l = layers.Count - 2; l >= 0; l--)
        {
            m = m * Slope(ActivationOf(network, l), h[l + 1]).unsqueeze(1);
            yield return (l, m);
            m = m.matmul(layers[l].weight!);
        }
    }

    private static Activation ActivationOf(MultilayerPerceptron network, int layer) =>
        layer == network.Linears.Count - 1 ? network.OutputActivation : network.HiddenActivation;

    // Every activation's derivative can be read off its value.
    private static Tensor Slope(Activation activation, Tensor value) => activation switch
    {
        Activation.Identity => ones_like(value),
        Activation.ReLU => value.gt(0).to(value.dtype),
        Activation.LeakyReLU => value.gt(0).to(value.dtype) * (1 - ActivationModules.LeakySlope) + ActivationModules.LeakySlope,
        Activation.Tanh => 1 - value.pow(2),
        Activation.Sigmoid => value * (1 - value),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "unknown activation"),
    };
}
