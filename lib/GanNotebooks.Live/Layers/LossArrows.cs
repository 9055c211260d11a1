using GanNotebooks.Losses;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Live;

/// <summary>
/// Where three losses pull the samples: minus the gradient of G's loss by each sample, times the number of samples, so that an arrow does
/// not
/// depend on how many are shown.
/// </summary>
/// <param name="At">The samples, [M, d].</param>
/// <param name="Saturating">Of log(1 − D(x)), the generator's loss of the minimax game, [M, d].</param>
/// <param name="NonSaturating">Of −log D(x), [M, d].</param>
/// <param name="Chosen">Of the loss of the run, [M, d].</param>
internal sealed record LossArrows(float[] At, float[] Saturating, float[] NonSaturating, float[] Chosen)
{
    private static readonly MinimaxLoss Minimax = new();
    private static readonly NonSaturatingLoss Opposite = new();

    /// <summary>The longest of all arrows; 0 where all vanish.</summary>
    public double Longest
    {
        get
        {
            int dimension = Math.Max(1, Dimension);
            return new[] { Saturating, NonSaturating, Chosen }.SelectMany(a => a.Chunk(dimension))
                .Select(v => Math.Sqrt(v.Sum(x => (double)x * x))).DefaultIfEmpty(0).Max();
        }
    }

    /// <summary>Coordinates of a sample.</summary>
    public int Dimension { get; init; } = 2;

    /// <summary>Computes the arrows at some samples.</summary>
    /// <param name="trainer">The players.</param>
    /// <param name="samples">[M, d]; M is a multiple of the packing.</param>
    /// <param name="real">As many samples of the data, for losses that compare.</param>
    public static LossArrows Of(Trainer trainer, Tensor samples, Tensor real)
    {
        using var scope = NewDisposeScope();
        Tensor Packed(Tensor x) => Regularizers.Packing.Pack(x, trainer.Config.Packing);
        var onReal = trainer.Config.Loss.GeneratorNeedsReal ? trainer.Discriminate(Packed(real)).detach() : null;

        float[] Pull(IAdversarialLoss loss)
        {
            var x = samples.detach().clone().requires_grad_(true);
            var logits = trainer.Discriminate(Packed(x));
            var value = loss.Generator(onReal ?? logits, logits) * samples.size(0);
            var gradient = Runtime.Gradient.Of(value, [x])[0];
            return (-gradient).contiguous().data<float>().ToArray();
        }

        using var mode = new FrozenParameters(trainer.Discriminator);
        return new LossArrows(samples.detach().contiguous().data<float>().ToArray(), Pull(Minimax), Pull(Opposite),
            Pull(trainer.Config.Loss))
        {
            Dimension = (int)samples.size(1),
        };
    }
}
