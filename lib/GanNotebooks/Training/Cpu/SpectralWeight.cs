using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// The weight of a layer in a hand-written pass: W itself, or W/σ(W) with a gradient that includes the derivative of σ.
/// </summary>
/// <param name="norm">Spectral norm of the layer; null for W itself.</param>
/// <param name="weight">Weight W, [outputs, inputs].</param>
internal sealed class SpectralWeight(SpectralNorm? norm, Tensor weight) : IDisposable
{
    private readonly Tensor? normalised = norm is null ? null : zeros_like(weight).DetachFromDisposeScope();
    private Tensor? left, right; // u and v
    private float sigma;

    /// <summary>The weight that the layer uses.</summary>
    public Tensor Value => normalised ?? weight;

    /// <summary>Updates σ. The pass calls it before each forward pass.</summary>
    public void Prepare()
    {
        if (norm is null)
            return;
        using var scope = NewDisposeScope();
        Forget();
        var (u, v, s) = norm.Measure();
        (left, right, sigma) = (u.DetachFromDisposeScope(), v.DetachFromDisposeScope(), s.item<float>());
        normalised!.copy_(weight).div_(sigma);
    }

    /// <summary>Converts the gradient by W/σ into the gradient by W. With σ = u · W v it is (g − ⟨g, W/σ⟩ u vᵀ)/σ.</summary>
    /// <param name="gradient">Gradient g, [outputs, inputs]; it is overwritten.</param>
    public void ToWeight(Tensor gradient)
    {
        if (norm is null)
            return;
        using var scope = NewDisposeScope();
        var along = (gradient * normalised!).sum();
        gradient.sub_(along * left!.unsqueeze(1) * right!).div_(sigma);
    }

    public void Dispose()
    {
        Forget();
        normalised?.Dispose();
    }

    private void Forget()
    {
        left?.Dispose();
        right?.Dispose();
    }
}
