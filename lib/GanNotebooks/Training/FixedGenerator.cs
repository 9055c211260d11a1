using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Training;

/// <summary>
/// A generator that does not learn: whatever the noise, it hands out samples of a known density q. With it, the trainer fits a
/// discriminator alone, which is how notebook 04 finds D* = p/(p+q).
/// </summary>
public sealed class FixedGenerator : nn.Module<Tensor, Tensor>
{
    private readonly IBatchSource source;

    /// <summary>Creates the generator.</summary>
    /// <param name="source">Where the samples come from.</param>
    public FixedGenerator(IBatchSource source) : base(nameof(FixedGenerator))
    {
        this.source = source;
        RegisterComponents();
    }

    /// <summary>Draws as many samples as there are rows of noise.</summary>
    /// <param name="input">[N, z]; its values do not matter.</param>
    /// <returns>[N, ...].</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return source.Next((int)input.shape[0]);
    }
}
