using GanNotebooks.Metrics;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Studies;

/// <summary>
/// The state of a one-dimensional run at one step, as plain numbers: a histogram of the generated samples, and D(x) on a grid of x.
/// </summary>
/// <param name="Step">Number of generator updates so far.</param>
/// <param name="Generated">Histogram of the generated samples, which estimates their density q.</param>
/// <param name="X">Points on the x axis.</param>
/// <param name="Discriminator">D(x) at these points, in (0, 1).</param>
public sealed record Snapshot1D(int Step, Histogram Generated, IReadOnlyList<double> X, IReadOnlyList<double> Discriminator)
{
    private const int Samples = 20_000, Points = 201, Bins = 80;

    /// <summary>
    /// Computes the distance of D from the best discriminator against this q: ∫ |D − p/(p+q)| (p+q)/2 dx. The histogram gives q and the
    /// optimum.
    /// </summary>
    /// <param name="pdf">The data density p.</param>
    public double MeanErrorOfDiscriminator(Func<double, double> pdf)
    {
        ArgumentNullException.ThrowIfNull(pdf);
        double sum = 0;
        for (int i = 0; i < Generated.Heights.Count; i++)
        {
            var (at, q) = (Generated.Middles[i], Generated.Heights[i]);
            int nearest = (int)Math.Round((at - X[0]) / (X[^1] - X[0]) * (X.Count - 1));
            if (pdf(at) + q > 0)
                sum += (pdf(at) + q) / 2 * Generated.Width * Math.Abs(Discriminator[nearest] - pdf(at) / (pdf(at) + q));
        }
        return sum;
    }

    /// <summary>Takes a snapshot of a run, without any effect on the training.</summary>
    /// <param name="trainer">A run whose samples are [N, 1].</param>
    /// <param name="from">Left end of the x axis.</param>
    /// <param name="to">Right end of the x axis.</param>
    public static Snapshot1D Take(Trainer trainer, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var x = linspace(from, to, Points).view(-1, 1); // [Points, 1]
        double[] d = sigmoid(trainer.Discriminate(x.to(trainer.Device))).cpu().data<float>().Select(v => (double)v).ToArray();
        var histogram = Histogram.Of(trainer.Sample(Samples), from, to, Bins);
        return new Snapshot1D(trainer.Step, histogram, [.. x.data<float>().Select(v => (double)v)], d);
    }
}
