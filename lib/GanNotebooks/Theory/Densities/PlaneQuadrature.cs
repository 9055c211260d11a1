namespace GanNotebooks.Theory;

/// <summary>Nested adaptive quadrature over the plane, with breakpoints around every mode.</summary>
internal static class PlaneQuadrature
{
    private const double Reach = 9; // a mode's mass beyond 9 standard deviations is 3e-18

    public static Estimate Integrate(Func<double, double, double> f, double tolerance, params GaussianMixture2D[] mixtures)
    {
        var modes = mixtures.SelectMany(m => m.Modes).ToArray();
        double[] outer = Breakpoints(modes.Select(m => (m.X, m.Sigma)));
        double span = outer[^1] - outer[0];
        var rule = Quadrature.Default with { AbsoluteTolerance = Require.Positive(tolerance), RelativeTolerance = 1e-14 };
        var strip = rule with { AbsoluteTolerance = 0.5 * tolerance / span };
        long count = 0;
        double worst = 0;
        var value = rule.Integrate(Slice, outer);
        return value with { Error = value.Error + span * worst, Count = count };

        double Slice(double x)
        {
            var near = modes.Where(m => Math.Abs(x - m.X) <= Reach * m.Sigma).ToArray();
            if (near.Length == 0)
                return 0;
            var result = strip.Integrate(y => f(x, y), Breakpoints(near.Select(m => (m.Y, m.Sigma))));
            count += result.Count;
            worst = Math.Max(worst, result.Error);
            return result.Value;
        }
    }

    private static double[] Breakpoints(IEnumerable<(double Centre, double Sigma)> modes)
    {
        var all = modes.Distinct().ToArray();
        var points = all.SelectMany(m => new[] { -Reach, -4, 0, 4, Reach }.Select(k => m.Centre + k * m.Sigma)).Distinct().Order();
        return [.. points];
    }
}
