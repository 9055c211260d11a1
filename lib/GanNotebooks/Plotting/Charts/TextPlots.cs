using GanNotebooks.Studies;

namespace GanNotebooks.Plotting;

/// <summary>Figures of models of sequences whose exact divergences are known.</summary>
public static class TextPlots
{
    private const string Pretrained = " after likelihood";

    /// <summary>
    /// The plane of both divergences: for each method a curve over temperatures (mean over seeds) and a mark for each seed at
    /// temperature 1.
    /// </summary>
    /// <param name="runs">The runs, several seeds of several methods.</param>
    /// <param name="title">One line above.</param>
    /// <param name="alt">A description in words.</param>
    public static Figure ToPlane(this IEnumerable<RecordedText> runs, string title, string alt)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var plot = new Plot(title, "KL(p‖q), nats: what is missing", "KL(q‖p), nats: what is wrong").LogX().LogY().Height(430);
        foreach (var method in runs.GroupBy(r => Short(r.Method)))
        {
            var curve = method.SelectMany(r => r.Sweep).GroupBy(s => s.Alpha).OrderBy(g => g.Key)
                .Select(g => (X: g.Average(s => s.Kl), Y: g.Average(s => s.ReverseKl))).ToList();
            plot.Line(method.Key, curve.Select(c => c.X), curve.Select(c => c.Y));
            plot.Points(method.Key, method.Select(r => r.Chosen.Kl), method.Select(r => r.Chosen.ReverseKl), size: 7);
        }
        return plot.ToFigure(alt);
    }

    /// <summary>A number of each evaluation over the steps: mean over seeds, in a strip from the smallest to the largest.</summary>
    /// <param name="runs">The runs, several seeds of several methods.</param>
    /// <param name="title">One line above.</param>
    /// <param name="yTitle">The number with its unit.</param>
    /// <param name="value">The number.</param>
    public static Plot OverSteps(this IEnumerable<RecordedText> runs, string title, string yTitle, Func<TextEvaluation, double> value)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var plot = new Plot(title, "updates of the generator", yTitle);
        foreach (var method in runs.GroupBy(r => Short(r.Method)))
        {
            var steps = method.SelectMany(r => r.Trajectory).GroupBy(e => e.Step).OrderBy(g => g.Key).ToList();
            plot.Spread(method.Key, steps.Select(g => (double)g.Key), steps.Select(g => g.Select(value)));
        }
        return plot;
    }

    /// <summary>
    /// Published curves over temperatures on the plane of both losses: small marks at the points that were read, a large one near α = 1.
    /// </summary>
    /// <param name="curves">The curves.</param>
    /// <param name="title">One line above.</param>
    public static Plot ToPlot(this IEnumerable<PublishedTextCurve> curves, string title)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var plot = new Plot(title, "NLL-test, nats: what is missing", "NLL-oracle, nats: what is wrong").Height(480);
        foreach (var curve in curves)
        {
            plot.Line(curve.Model, curve.Points.Select(p => p.NllTest), curve.Points.Select(p => p.NllOracle));
            plot.Points(curve.Model, curve.Points.Select(p => p.NllTest), curve.Points.Select(p => p.NllOracle), size: 5);
        }
        return plot.Rings("α = 1", curves.Select(c => c.Plain.NllTest), curves.Select(c => c.Plain.NllOracle), Role.Reference, size: 15);
    }

    private static string Short(string method) => method.Replace(Pretrained, "", StringComparison.Ordinal);
}
