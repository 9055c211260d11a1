using GanNotebooks.Theory;

namespace GanNotebooks.Plotting;

/// <summary>Figures of estimators of the gradient through one choice.</summary>
public static class EstimatorPlots
{
    private const double Beside = 0.11, HalfStroke = 0.1; // in columns

    /// <summary>
    /// A column for each estimator: a short line at its exact mean, and a mark at the mean of many draws, with whiskers. The problems stand
    /// beside one another.
    /// </summary>
    /// <param name="trials">The trials, of the same estimators in the same order for each problem.</param>
    /// <param name="title">One line above.</param>
    /// <param name="whisker">Half length of a whisker in standard errors.</param>
    public static Plot ToPlot(this IEnumerable<BernoulliTrial> trials, string title, double whisker)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var problems = trials.GroupBy(t => (t.Estimator.Problem.Target, t.Estimator.Problem.Theta)).Select(g => (g.Key, All: g.ToList()))
            .ToList();
        double At(int problem, int column) => column + Beside * (2 * problem - problems.Count + 1);
        var strokes = problems.SelectMany((p, i) => p.All.Select((t, k) => (At(i, k) - HalfStroke, t.Estimator.Mean, 2 * HalfStroke, 0.0)));
        var plot = new Plot(title, "estimator", Text.Of($"mean ± {whisker} standard errors")).Height(480)
            .Horizontal(0, "the sign changes here").Strokes("exact mean", strokes, Role.Data, heads: false)
            .XLabels([.. problems[0].All.Select(t => t.Estimator.Name.Replace(' ', '\u00a0'))]) // slanted and in one line
            .XRange(-0.6, problems[0].All.Count - 0.4);
        foreach (var (problem, i) in problems.Select((p, i) => (p, i)))
        {
            plot.Points(Text.Of($"t = {problem.Key.Target}, θ = {problem.Key.Theta}"), problem.All.Select((_, k) => At(i, k)),
                problem.All.Select(t => t.Mean.Value), errors: problem.All.Select(t => whisker * t.Mean.Error));
        }
        return plot;
    }
}
