using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// A linear or convolutional layer whose weight is divided by its largest singular value σ(W), so that the layer does not stretch any
/// vector (Miyato et al. 2018). σ is followed by one step of power iteration at each call in training mode; a convolution's weight counts
/// as a matrix [outputs, inputs × kernel], as in the paper.
/// </summary>
public sealed class SpectralNorm : nn.Module<Tensor, Tensor>, IRandomlyStarted
{
    private const double Tiny = 1e-12;

    private readonly nn.Module<Tensor, Tensor> layer;
    private readonly Tensor left; // u, [outputs]

    /// <summary>Wraps a layer.</summary>
    /// <param name="layer">A <see cref="Linear"/> or a <see cref="Conv2d"/> with zero padding and one group.</param>
    /// <param name="generator">Source of the first u; torch's own when null.</param>
    /// <exception cref="ArgumentException">The layer is of another kind.</exception>
    public SpectralNorm(nn.Module<Tensor, Tensor> layer, Generator? generator = null)
        : base(nameof(SpectralNorm))
    {
        this.layer = layer;
        var weight = Weight(layer);
        left = First(empty([weight.size(0)], device: weight.device), generator);
        RegisterComponents();
    }

    /// <summary>Begins the power iteration anew, from a random vector.</summary>
    /// <param name="generator">Source of the first u, on the CPU wherever the layer is.</param>
    void IRandomlyStarted.Start(Generator generator)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        left.copy_(First(empty_like(left), generator));
    }

    /// <summary>Continues the power iteration, so that σ is known as precisely as a float allows.</summary>
    /// <param name="steps">The number of steps of the iteration.</param>
    public void Converge(int steps)
    {
        for (int i = 0; i < steps; i++)
            Iterate();
    }

    /// <summary>Applies the layer with W / σ(W) in place of W.</summary>
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var weight = Weight(layer);
        var (_, _, sigma) = Measure();
        var normalised = weight / sigma;
        return layer switch
        {
            Linear linear => nn.functional.linear(input, normalised, linear.bias!),
            Conv2d conv => nn.functional.conv2d(input, normalised, conv.bias!, [.. conv.stride!], [.. conv.padding!], [.. conv.dilation!]),
            _ => throw new InvalidOperationException($"no spectral norm for {layer.GetName()}"),
        };
    }

    /// <summary>
    /// u, v and σ = u · W v for the weight as it is; in training mode after one more step of the power iteration. u and v are constants to
    /// a gradient.
    /// </summary>
    internal (Tensor Left, Tensor Right, Tensor Sigma) Measure()
    {
        if (training)
            Iterate();
        var matrix = Weight(layer).flatten(1); // [outputs, rest]
        Tensor right;
        using (no_grad())
            right = nn.functional.normalize(matrix.t().mv(left), 2, 0, Tiny); // v, [rest]
        var u = left.detach().clone(); // u must not change under the graph
        return (u, right, u.dot(matrix.mv(right)));
    }

    private static Tensor First(Tensor empty, Generator? generator) => nn.functional.normalize(empty.FillNormal(0, 1, generator), 2, 0);

    private void Iterate()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var matrix = Weight(layer).flatten(1);
        var right = nn.functional.normalize(matrix.t().mv(left), 2, 0, Tiny);
        left.copy_(nn.functional.normalize(matrix.mv(right), 2, 0, Tiny));
    }

    private static Tensor Weight(nn.Module layer) => layer switch
    {
        Linear linear => linear.weight!,
        Conv2d conv => conv.weight!,
        _ => throw new ArgumentException($"expected a Linear or a Conv2d layer, got {layer.GetName()}", nameof(layer)),
    };
}
