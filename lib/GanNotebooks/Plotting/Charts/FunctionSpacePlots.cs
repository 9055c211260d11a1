using GanNotebooks.Theory;

namespace GanNotebooks.Plotting;

/// <summary>Figures of proposition 2 of Goodfellow et al. (2014): C as a supremum of lines, and q descending it.</summary>
public static class FunctionSpacePlots
{
    private const double Negligible = 1e-3; // where neither density has mass, every D is equally good; a gap in the line says so

    /// <summary>C along a segment, and the lines of fixed discriminators under it; the slider adds one discriminator at a time.</summary>
    /// <param name="envelope">The lines and their supremum.</param>
    /// <param name="title">One line above the chart.</param>
    /// <param name="alt">A description in words.</param>
    /// <param name="start">The frame that is shown first; negative numbers count from the end.</param>
    public static Figure Animate(this SupremumEnvelope envelope, string title, string alt, int start = 0)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        double floor = Math.Min(envelope.Supremum.Min(), SimplexCriterion.Minimum);
        var (low, high) = (floor - 0.15, envelope.Supremum.Max() + 0.05);
        return Plot.Animate(Enumerable.Range(1, envelope.Lines.Count)
            .Select(k => ($"D best at t = {envelope.Lines[k - 1].OptimalAt:0.00}", Frame(k))), alt, start);

        Plot Frame(int count)
        {
            var line = envelope.Lines[count - 1];
            var earlier = envelope.Lines.Take(count - 1)
                .Select(other => (X: 0.0, Y: other.AtZero, Dx: 1.0, Dy: other.AtOne - other.AtZero));
            return new Plot(title, "t, from q₀ to q₁", "value of the game")
                .Strokes("V(D, q(t)) of earlier D", earlier, heads: false)
                .Line("V(D, q(t)) of this D", [0, 1], [line.AtZero, line.AtOne], Role.Discriminator)
                .Line("C(q(t))", envelope.Positions, envelope.Supremum, Role.Optimum)
                .Horizontal(SimplexCriterion.Minimum, "−log 4").XRange(0, 1).YRange(low, high);
        }
    }

    /// <summary>A density that descends C, with D* at every moment; the slider moves through the steps.</summary>
    /// <param name="descent">The descent, on the grid's cells.</param>
    /// <param name="data">The grid with the data's masses.</param>
    /// <param name="title">One line above the chart.</param>
    /// <param name="alt">A description in words.</param>
    /// <param name="frames">At most so many steps are shown.</param>
    /// <param name="start">The frame that is shown first; negative numbers count from the end.</param>
    public static Figure Animate(this FunctionSpaceDescent descent, DensityGrid data, string title, string alt, int frames = 30,
        int start = 0)
    {
        ArgumentNullException.ThrowIfNull(descent);
        ArgumentNullException.ThrowIfNull(data);
        double top = 1.05 * descent.Models.Max(q => data.With(q).Densities.Max());
        return Plot.Animate(Enumerable.Range(0, Math.Min(frames, descent.Models.Count))
            .Select(n => ($"step {n}", Frame(data.With(descent.Models[n])))), alt, start);

        Plot Frame(DensityGrid model) => new Plot(title, "x", "density; probability for D*")
            .Line("p (data)", data.Centres, data.Densities, Role.Data)
            .Line("q (model)", data.Centres, model.Densities, Role.Generator)
            .Line("D* = p/(p+q)", data.Centres, data.Densities.Zip(model.Densities, Optimum), Role.Optimum)
            .YRange(0, Math.Max(1.05, top));
    }

    /// <summary>
    /// Particles that follow the discriminator's slope: their histogram, p, and D*; the slider moves through the moments.
    /// </summary>
    /// <param name="moments">A label and the particles' positions for each moment.</param>
    /// <param name="data">The density p of the data.</param>
    /// <param name="from">Left end of the drawing.</param>
    /// <param name="to">Right end of the drawing.</param>
    /// <param name="title">One line above the chart.</param>
    /// <param name="alt">A description in words.</param>
    /// <param name="start">The frame that is shown first; negative numbers count from the end.</param>
    public static Figure Animate(
        this IEnumerable<(string Label, double[] Particles)> moments, IScoredDensity data, double from, double to, string title, string alt,
        int start = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Plot.Animate(moments.Select(moment => (moment.Label, Frame(moment.Particles))), alt, start);

        Plot Frame(double[] particles)
        {
            var heap = Metrics.Histogram.Of(particles.AsEnumerable(), from, to, 60);
            return new Plot(title, "x", "density")
                .Histogram("particles", heap.Middles, heap.Heights, Role.Generator)
                .Curve("p (data)", x => Math.Exp(data.LogDensity(x)), from, to, Role.Data)
                .XRange(from, to).YRange(0, 1.05);
        }
    }

    /// <summary>The distance of C from its minimum over the steps, on a logarithmic axis, one curve per descent.</summary>
    /// <param name="descents">Names for the legend, and the descents.</param>
    /// <param name="title">One line above the chart.</param>
    public static Plot ExcessPlot(this IEnumerable<(string Name, FunctionSpaceDescent Descent)> descents, string title)
    {
        ArgumentNullException.ThrowIfNull(descents);
        var plot = new Plot(title, "step", "C(q) + log 4 (nats)").LogY();
        foreach (var (name, descent) in descents)
            plot.Line(name, descent.Excesses.Select((_, n) => (double)n), descent.Excesses);
        return plot;
    }

    private static double Optimum(double p, double q) => p + q > Negligible ? p / (p + q) : double.NaN;
}
