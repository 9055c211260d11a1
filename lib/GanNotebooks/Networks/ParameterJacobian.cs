using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>How strongly a network's output reacts to its parameters, exactly.</summary>
public static class ParameterJacobian
{
    /// <summary>
    /// ‖∂g_θ(z)/∂θ‖²_F for each input, by one backward sweep of matrices: with M_l = ∂g/∂a_l for the sums a_l = W_l h_(l−1) + b_l that enter
    /// layer l's activation, layer l contributes ‖M_l‖²_F (‖h_(l−1)‖² + 1), and M_(l−1) = M_l W_l diag φ'(a_(l−1)).
    /// </summary>
    /// <param name="network">A plain multilayer perceptron.</param>
    /// <param name="input">[N, inputs].</param>
    /// <returns>[N], float32; the caller's.</returns>
    /// <exception cref="NotSupportedException">There are layers other than linear ones and activations.</exception>
    public static Tensor SquaredNorm(MultilayerPerceptron network, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        if (!network.IsPlain)
            throw new NotSupportedException("only a plain multilayer perceptron has this closed form");
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var layers = network.Linears;
        var h = new List<Tensor> { input.flatten(1) }; // h[l]: output of layer l, [N, width]
        for (int l = 0; l < layers.Count; l++)
            h.Add(ActivationOf(network, l).Apply(nn.functional.linear(h[l], layers[l].weight!, layers[l].bias)));
        var slope = Slope(ActivationOf(network, layers.Count - 1), h[^1]); // [N, out]
        var total = slope.pow(2).sum(1) * (h[^2].pow(2).sum(1) + 1); // the last layer: M is diagonal
        var m = slope.unsqueeze(2) * layers[^1].weight!; // [N, out, width]
        for (int l = layers.Count - 2; l >= 0; l--)
        {
            m = m * Slope(ActivationOf(network, l), h[l + 1]).unsqueeze(1);
            total = total + m.pow(2).sum([1L, 2L]) * (h[l].pow(2).sum(1) + 1);
            m = m.matmul(layers[l].weight!);
        }
        return total.MoveToOuterDisposeScope();
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
