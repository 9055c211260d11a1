using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>The state of a run in the plane at one moment, as plain numbers.</summary>
/// <param name="Step">Generator updates made.</param>
/// <param name="Samples">Generated points.</param>
/// <param name="Axis">Positions of the columns, and of the rows, of <paramref name="Discriminator"/>.</param>
/// <param name="Discriminator">D at every grid point, [rows][columns], in (0, 1).</param>
public sealed record Snapshot2D(
    int Step, IReadOnlyList<(double X, double Y)> Samples, IReadOnlyList<double> Axis, IReadOnlyList<IReadOnlyList<double>> Discriminator)
{
    private const int Points = 300, Side = 31;

    /// <summary>Looks at a run; training is not changed by it.</summary>
    /// <param name="trainer">A run whose samples are [N, 2], and whose discriminator looks at single samples.</param>
    /// <param name="halfWidth">The picture reaches from −halfWidth to halfWidth in both directions.</param>
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
