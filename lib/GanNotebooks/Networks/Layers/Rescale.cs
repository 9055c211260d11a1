using static TorchSharp.torch;

namespace GanNotebooks.Networks;

/// <summary>
/// A fixed change of range, x ↦ a x + b, without parameters. With it a network can compute in pixels of [0, 1], while its images lie in
/// [-1, 1] as everywhere in the workbook.
/// </summary>
public sealed class Rescale : nn.Module<Tensor, Tensor>
{
    private readonly double scale, shift;

    /// <summary>Creates the layer.</summary>
    /// <param name="scale">Factor a.</param>
    /// <param name="shift">Summand b.</param>
    public Rescale(double scale, double shift)
        : base(nameof(Rescale))
    {
        (this.scale, this.shift) = (scale, shift);
        RegisterComponents();
    }

    /// <summary>Any shape to the same shape.</summary>
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input * scale + shift;
    }
}
