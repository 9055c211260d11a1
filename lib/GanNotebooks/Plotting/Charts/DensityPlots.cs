using GanNotebooks.Runtime;
using GanNotebooks.Theory;
using static TorchSharp.torch;

namespace GanNotebooks.Plotting;

/// <summary>Densities on the line, and samples in the plane.</summary>
public static class DensityPlots
{
    /// <summary>p, q and D* = p/(p + q) over one interval: the picture of Goodfellow et al. (2014), section 4.1.</summary>
    /// <param name="optimal">The best discriminator, which knows both densities.</param>
    /// <param name="title">One line above the chart.</param>
    /// <param name="from">Left end of the interval.</param>
    /// <param name="to">Right end of the interval.</param>
    public static Plot Overlay(this OptimalDiscriminator optimal, string title, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(optimal);
        return new Plot(title, "x", "density; probability")
            .Curve("p", optimal.P.Pdf, from, to, Role.Data)
            .Curve("q", optimal.Q.Pdf, from, to, Role.Generator)
            .Curve("D*", optimal.At, from, to, Role.Optimum);
    }

    /// <summary>Samples in the plane as points.</summary>
    /// <param name="plot">The plot to draw into.</param>
    /// <param name="name">Name in the legend.</param>
    /// <param name="samples">[N, 2].</param>
    /// <param name="role">What the points stand for.</param>
    /// <param name="size">Diameter in pixels.</param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public static Plot Points(this Plot plot, string name, Tensor samples, Role role = Role.Auto, double size = 6)
    {
        ArgumentNullException.ThrowIfNull(plot);
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.dim() != 2 || samples.size(1) != 2)
            throw new ArgumentException($"samples must be [N, 2], got {Shape.Text(samples.shape)}", nameof(samples));
        using var scope = NewDisposeScope();
        var numbers = samples.detach().cpu().to(float64).contiguous();
        double[][] rows = [.. numbers.data<double>().ToArray().Chunk(2)];
        return plot.Points(name, rows, row => row[0], row => row[1], role, size);
    }
}
