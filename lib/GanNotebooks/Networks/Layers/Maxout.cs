using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// A linear layer with several outputs for each unit, of which the unit keeps the largest: h_u(x) = max over k of (w_{k,u} · x + b_{k,u})
/// (Goodfellow et al. 2013, "Maxout networks", equation 1). The function is piecewise linear, like ReLU, but no unit is ever switched off:
/// the largest piece always passes its gradient on. The discriminators of the first GANs consist of such layers.
/// </summary>
public sealed class Maxout : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> linear;
    private readonly int units, pieces;

    /// <summary>Builds the layer; its weights are torch's until an <see cref="Initialization"/> is applied.</summary>
    /// <param name="inputs">Numbers in one input.</param>
    /// <param name="units">Numbers in one output.</param>
    /// <param name="pieces">Linear functions for each unit; 5 in the first GANs.</param>
    /// <param name="spectralNorm">Divide the joint weight [pieces · units, inputs] by its largest singular value. A maximum of pieces
    /// stretches no more than the pieces together, so the layer's slope is at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public Maxout(int inputs, int units, int pieces, bool spectralNorm = false)
        : base(nameof(Maxout))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        (this.units, this.pieces) = (units, pieces);
        var rows = nn.Linear(inputs, units * pieces); // row k · units + u is piece k of unit u
        linear = spectralNorm ? new SpectralNorm(rows) : rows;
        RegisterComponents();
    }

    /// <summary>[N, inputs] to [N, units].</summary>
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Largest(linear.call(input));
    }

    /// <summary>The spectral norm that divides the weight, or null.</summary>
    internal SpectralNorm? Norm => linear as SpectralNorm;

    /// <summary>Applies the layer with other parameters in place of its own.</summary>
    internal Tensor FunctionalCall(Tensor input, Tensor weight, Tensor bias) => Largest(nn.functional.linear(input, weight, bias));

    // Pieces in the middle: the maximum then runs along whole rows of memory.
    private Tensor Largest(Tensor outputs) => outputs.view(-1, pieces, units).max(1).values; // [N, units]
}
