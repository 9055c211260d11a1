namespace GanNotebooks.Plotting;

/// <summary>What a discriminator tells samples on a line: a bundle of arrows above the densities.</summary>
public static class SlidingPlots
{
    private const double Gap = 0.016; // between the arrows of a bundle, so that arrows of neighbours do not cover each other

    /// <summary>
    /// An arrow for each sample, from the sample to where a plain step takes it. The arrows lie side by side and have one label.
    /// </summary>
    /// <param name="plot">The plot to draw into.</param>
    /// <param name="name">Name in the legend and beside the bundle.</param>
    /// <param name="samples">Positions of the samples on the horizontal axis.</param>
    /// <param name="push">Length of the arrow of a sample, with its sign, in units of the horizontal axis.</param>
    /// <param name="height">Vertical position of the lowest arrow.</param>
    /// <param name="role">What the arrows stand for.</param>
    public static Plot Pushes(this Plot plot, string name, IReadOnlyList<double> samples, Func<double, double> push, double height,
        Role role = Role.Auto)
    {
        ArgumentNullException.ThrowIfNull(plot);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(push);
        return plot.Horizontal(height + Gap * samples.Count, name)
            .Strokes(name, samples.Select((x, i) => (x, height + Gap * i, push(x), 0.0)), role);
    }
}
