using static TorchSharp.torch;

namespace GanNotebooks.Runtime;

/// <summary>
/// Gradients that are 0 where a quantity does not depend on a tensor. Torch's own function ends the process there, because its exception
/// crosses the border of the native library.
/// </summary>
internal static class Gradient
{
    /// <summary>The gradient of a scalar by each of some tensors.</summary>
    /// <param name="scalar">The quantity, a scalar.</param>
    /// <param name="by">The tensors.</param>
    /// <param name="retainGraph">Whether the graph stays usable.</param>
    /// <param name="createGraph">Whether the gradients can be differentiated again.</param>
    /// <returns>One tensor for each of <paramref name="by"/>, of its shape.</returns>
    public static IReadOnlyList<Tensor> Of(Tensor scalar, IReadOnlyList<Tensor> by, bool retainGraph = false, bool createGraph = false)
    {
        int[] free = [.. Enumerable.Range(0, by.Count).Where(i => by[i].requires_grad)];
        var result = by.Select(_ => (Tensor?)null).ToArray();
        if (free.Length > 0 && scalar.requires_grad)
        {
            var gradients = autograd.grad([scalar], [.. free.Select(i => by[i])], retain_graph: retainGraph, create_graph: createGraph,
                allow_unused: true);
            foreach (var (i, gradient) in free.Zip(gradients))
                result[i] = gradient is { IsInvalid: false } ? gradient : null;
        }
        return [.. result.Zip(by, (gradient, tensor) => gradient ?? zeros_like(tensor))];
    }
}
