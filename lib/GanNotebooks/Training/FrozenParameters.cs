using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Keeps gradients away from a network's parameters while it lives: the generator's step needs none of the discriminator's.
/// </summary>
internal sealed class FrozenParameters : IDisposable
{
    private readonly List<Tensor> parameters;

    public FrozenParameters(nn.Module module)
    {
        parameters = [.. module.parameters().Where(p => p.requires_grad)];
        foreach (var parameter in parameters)
            parameter.requires_grad = false;
    }

    public void Dispose()
    {
        foreach (var parameter in parameters)
            parameter.requires_grad = true;
    }
}

/// <summary>Computes something without a graph.</summary>
internal static class Without
{
    public static Tensor Gradient(Func<Tensor> compute)
    {
        using var noGradient = no_grad();
        return compute();
    }
}
