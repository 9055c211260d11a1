using GanNotebooks.Theory;

namespace GanNotebooks.Plotting;

/// <summary>
/// A game in the plane of its two parameters: strokes along its field, and the paths that several integrators take from one start.
/// <code>new PhasePortrait("GAN", DiracGan.Minimax(), start, 100).Follow("flow", new ContinuousFlow(0.2)).Animate("a circle")</code>
/// </summary>
public sealed class PhasePortrait
{
    private const int StrokesPerSide = 11;
    private const double StrokeOfCell = 0.8; // the longest stroke, in units of the distance between strokes
    private const int Pixels = 520;

    private readonly string title;
    private readonly IGame game;
    private readonly GamePoint start;
    private readonly int steps;
    private readonly double halfWidth;
    private readonly List<(string Name, GameTrajectory Path)> paths = [];

    /// <summary>Starts a portrait.</summary>
    /// <param name="title">One line above the chart.</param>
    /// <param name="game">The game.</param>
    /// <param name="start">The point from which all paths start.</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    /// <param name="halfWidth">The picture shows [-halfWidth, halfWidth]².</param>
    public PhasePortrait(string title, IGame game, GamePoint start, int steps, double halfWidth = 2) =>
        (this.title, this.game, this.start, this.steps, this.halfWidth) = (title, game, start, steps, halfWidth);

    /// <summary>Adds the path of an integrator.</summary>
    /// <param name="name">Name in the legend.</param>
    /// <param name="integrator">The integrator.</param>
    public PhasePortrait Follow(string name, IIntegrator integrator)
    {
        paths.Add((name, GameTrajectory.Run(game, integrator, start, steps)));
        return this;
    }

    /// <summary>The portrait after some of the steps: a frame of an animation.</summary>
    /// <param name="until">How many of the steps are drawn; negative: all.</param>
    public Plot ToPlot(int until = -1)
    {
        int shown = (until < 0 ? steps : Math.Min(until, steps)) + 1;
        var plot = new Plot(title, "θ (generator)", "ψ (discriminator)").Strokes("direction of the field", Strokes());
        foreach (var (name, path) in paths)
            plot.Path(name, path.Thetas[..shown], path.Psis[..shown]);
        return plot.XRange(-halfWidth, halfWidth).YRange(-halfWidth, halfWidth).EqualAxes().Height(Pixels);
    }

    /// <summary>The finished paths.</summary>
    /// <param name="alt">A description in words.</param>
    public Figure ToFigure(string alt) => ToPlot().ToFigure(alt);

    /// <summary>The paths as they grow, with a slider over the steps.</summary>
    /// <param name="alt">A description in words.</param>
    /// <param name="frames">How many frames besides the start.</param>
    /// <param name="start">The frame that is shown first; negative numbers count from the end.</param>
    public Figure Animate(string alt, int frames = 40, int start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        var moments = Enumerable.Range(0, frames + 1).Select(k => (int)Math.Round((double)steps * k / frames)).Distinct();
        return Plot.Animate(moments.Select(n => ($"step {n}", ToPlot(n))), alt, start);
    }

    // Lengths grow with the root of the speed: a slow region shows its direction, a fast one stays in its cell.
    private IEnumerable<(double X, double Y, double Dx, double Dy)> Strokes()
    {
        double cell = 2 * halfWidth / StrokesPerSide;
        var arrows = VectorFieldGrid.Sample(game, halfWidth - cell / 2, StrokesPerSide);
        double longest = StrokeOfCell * cell;
        double fastest = arrows.Max(arrow => arrow.Velocity.Norm);
        return arrows.Where(arrow => arrow.Velocity.Norm > 0).Select(arrow =>
        {
            var stroke = longest / Math.Sqrt(arrow.Velocity.Norm * fastest) * arrow.Velocity;
            var tail = arrow.At - 0.5 * stroke; // its middle is where the field was taken
            return (tail.Theta, tail.Psi, stroke.Theta, stroke.Psi);
        });
    }
}
