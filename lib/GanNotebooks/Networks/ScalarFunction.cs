using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>A network with one input and one output as an ordinary function, for the quadrature of the theory.</summary>
public static class ScalarFunction
{
    /// <summary>x ↦ the network's output at x: the logit, for a discriminator. Computed in float32, one call for each x.</summary>
    /// <param name="network">Maps [N, 1] to [N, 1].</param>
    public static Func<double, double> ToFunction(this nn.Module<Tensor, Tensor> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var device = network.parameters().Select(p => p.device).FirstOrDefault() ?? CPU;
        return x =>
        {
            using var scope = NewDisposeScope();
            using var noGradient = no_grad();
            return network.call(full([1, 1], x, float32, device)).item<float>();
        };
    }
}
