using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>Computes something without a graph.</summary>
internal static class Without
{
    public static Tensor Gradient(Func<Tensor> compute)
    {
        using var noGradient = no_grad();
        return compute();
    }
}
