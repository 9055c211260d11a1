using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>The state of a two-dimensional run at one step, as plain numbers.</summary>
/// <param name="Step">Number of generator updates so far.</param>
/// <param name="Samples">The generated points (x, y).</param>
/// <param name="Axis">Positions of the columns, and of the rows, of <paramref name="Discriminator"/>.</param>
/// <param name="Discriminator">D at every grid point, [rows][columns], in (0, 1).</param>
public sealed record Snapshot2D(
    int Step, IReadOnlyList<(double X, double Y)> Samples, IReadOnlyList<double> Axis, IReadOnlyList<IReadOnlyList<double>> Discriminator)
{
    private const int Points = 300, Side = 31;

    /// <summary>Takes a snapshot of a run, without any effect on the training.</summary>
    /// <param name="trainer">A run whose samples are [N, 2], and whose discriminator judges single samples.</param>
    /// <param name="halfWidth">Half the side of the picture, which reaches from −halfWidth to halfWidth in both directions.</param>
    public static Snapshot2D Take(Trainer trainer, double halfWidth)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var axis = linspace(-halfWidth, halfWidth, Side); // [Side]
        var x = axis.repeat(Side);
        var y = axis.repeat_interleave(Side);
        float[] d = sigmoid(trainer.Discriminate(stack([x, y], 1).to(trainer.Device))).cpu().data<float>().ToArray(); // [Side · Side]
        float[] points = trainer.Sample(Points).cpu().contiguous().data<float>().ToArray();
        return new Snapshot2D(
            trainer.Step,
            [.. Enumerable.Range(0, Points).Select(i => ((double)points[2 * i], (double)points[2 * i + 1]))],
            [.. axis.data<float>().Select(v => (double)v)],
            [.. Enumerable.Range(0, Side).Select(r => (IReadOnlyList<double>)[.. d.Skip(r * Side).Take(Side).Select(v => (double)v)])]);
    }
}
