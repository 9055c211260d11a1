using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// Disables the gradients of a network's parameters until it is disposed. The generator's step needs no gradients of the discriminator's
/// parameters.
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

/// <summary>Computes tensors without an autograd graph.</summary>
internal static class Without
{
    public static Tensor Gradient(Func<Tensor> compute)
    {
        using var noGradient = no_grad();
        return compute();
    }
}
