using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// A generator that does not learn. It returns samples of a known density q, independent of the noise. With it the trainer trains a
/// discriminator alone; notebook 04 finds D* = p/(p+q) in this way.
/// </summary>
public sealed class FixedGenerator : nn.Module<Tensor, Tensor>
{
    private readonly IBatchSource source;

    /// <summary>Creates the generator.</summary>
    /// <param name="source">Batch source of the samples.</param>
    public FixedGenerator(IBatchSource source) : base(nameof(FixedGenerator))
    {
        this.source = source;
        RegisterComponents();
    }

    /// <summary>Draws as many samples as there are rows of noise.</summary>
    /// <param name="input">Noise, [N, z]. Only the number of rows is used.</param>
    /// <returns>N samples, [N, ...].</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return source.Next((int)input.size(0));
    }
}
