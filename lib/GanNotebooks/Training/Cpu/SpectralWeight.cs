using GanNotebooks.Networks;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// The weight that a layer of a hand-written pass works with: W itself, or W/σ(W) with the gradient that goes through σ, too.
/// </summary>
/// <param name="norm">Null for W itself.</param>
/// <param name="weight">W, [outputs, inputs].</param>
internal sealed class SpectralWeight(SpectralNorm? norm, Tensor weight) : IDisposable
{
    private readonly Tensor? normalised = norm is null ? null : zeros_like(weight).DetachFromDisposeScope();
    private Tensor? left, right; // u and v
    private float sigma;

    /// <summary>The weight in use.</summary>
    public Tensor Value => normalised ?? weight;

    /// <summary>Before each pass forward: follows σ.</summary>
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

    /// <summary>Turns the gradient by W/σ into the one by W: with σ = u · W v it is (g − ⟨g, W/σ⟩ u vᵀ)/σ.</summary>
    /// <param name="gradient">g, [outputs, inputs]; overwritten.</param>
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
