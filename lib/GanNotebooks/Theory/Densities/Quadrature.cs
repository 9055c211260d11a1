namespace GanNotebooks.Theory;

/// <summary>
/// Adaptive Gauss-Kronrod quadrature (7 and 15 points) with an error estimate; the panel with the largest error is halved first.
/// </summary>
/// <remarks>
/// The error of a panel is |K₁₅ − G₇|, which for smooth integrands is a large over-estimate of the error of K₁₅, plus 50 ε ∫|f| for the
/// rounding of f, plus half a unit in the last place of x times the variation of f for the rounding of x. Infinite ends are mapped by
/// x = a ± s (1 − u)/u, so that the far end is u = 0, where doubles are dense. Source: Piessens et al., QUADPACK, 1983, section 2.2.
/// </remarks>
public sealed record Quadrature
{
    /// <summary>Absolute and relative tolerance 1e-12, at most 4000 panels.</summary>
    public static Quadrature Default { get; } = new();

    /// <summary>Stop when the error is below this.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-12;

    /// <summary>Stop when the error is below this times |value|.</summary>
    public double RelativeTolerance { get; init; } = 1e-12;

    /// <summary>Stop after so many panels, and say the error that was reached.</summary>
    public int MaximumPanels { get; init; } = 4000;

    /// <summary>∫ₐᵇ f(x) dx; a and b may be infinite.</summary>
    public Estimate Integrate(Func<double, double> f, double a, double b) => Integrate(f, [a, b]);

    /// <summary>∫ f over [first, last breakpoint], with kinks, jumps and narrow peaks announced by breakpoints.</summary>
    /// <param name="f">The integrand; finite except at breakpoints.</param>
    /// <param name="breakpoints">Ascending; the first may be −∞ and the last +∞.</param>
    /// <exception cref="ArgumentException">Fewer than two breakpoints, or not ascending.</exception>
    /// <exception cref="ArithmeticException">The integrand is not finite at a point of evaluation.</exception>
    public Estimate Integrate(Func<double, double> f, IReadOnlyList<double> breakpoints)
    {
        ArgumentNullException.ThrowIfNull(f);
        var panels = new PriorityQueue<Panel, double>();
        double value = 0, error = 0;
        long count = 0;
        foreach (var piece in Pieces(f, breakpoints))
            Add(Panel.Over(piece.F, piece.From, piece.To));
        while (error > Math.Max(AbsoluteTolerance, RelativeTolerance * Math.Abs(value)) && panels.Count < MaximumPanels)
        {
            var widest = panels.Dequeue();
            double middle = 0.5 * (widest.From + widest.To);
            (value, error) = (value - widest.Value, error - widest.Error);
            if (!(middle > widest.From && middle < widest.To) || widest.IsRounding)
            {
                (value, error) = (value + widest.Value, error + widest.Error);
                panels.Enqueue(widest, 0); // cannot be improved: last in the queue
                if (panels.UnorderedItems.All(p => p.Priority == 0))
                    break;
                continue;
            }
            Add(Panel.Over(widest.F, widest.From, middle));
            Add(Panel.Over(widest.F, middle, widest.To));
        }
        value = panels.UnorderedItems.Select(p => p.Element.Value).OrderBy(Math.Abs).Sum();
        error = panels.UnorderedItems.Sum(p => p.Element.Error);
        return new(value, error, EstimateMethod.Quadrature, count);

        void Add(Panel panel)
        {
            (value, error, count) = (value + panel.Value, error + panel.Error, count + 15);
            panels.Enqueue(panel, -panel.Error);
        }
    }

    /// <summary>E_p[f(X)] = ∫ p f; f is not evaluated where p underflows.</summary>
    public Estimate Expectation(Density p, Func<double, double> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        return Integrate(x => p.Pdf(x) is var density && density == 0 ? 0 : density * f(x), Partition.Of(p));
    }

    private static IEnumerable<(Func<double, double> F, double From, double To)> Pieces(Func<double, double> f,
        IReadOnlyList<double> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count < 2 || points.Zip(points.Skip(1)).Any(p => !(p.First < p.Second)))
        {
            throw new ArgumentException(Text.Of($"breakpoints must be at least two and ascending, but were {string.Join(", ", points)}."),
                nameof(points));
        }

        double[] finite = points.Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
            finite = [0];
        double span = finite.Length > 1 ? finite[^1] - finite[0] : 1;
        if (double.IsInfinity(points[0]))
            yield return (u => f(finite[0] - span * (1 - u) / u) * span / (u * u), 0, 1);
        for (int i = 1; i < finite.Length; i++)
            yield return (f, finite[i - 1], finite[i]);
        if (double.IsInfinity(points[^1]))
            yield return (u => f(finite[^1] + span * (1 - u) / u) * span / (u * u), 0, 1);
    }

    private sealed record Panel(Func<double, double> F, double From, double To, double Value, double Error, bool IsRounding)
    {
        private static readonly double[] Nodes =
        [
            0.991455371120812639206854697526329, 0.949107912342758524526189684047851, 0.864864423359769072789712788640926,
            0.741531185599394439863864773280788, 0.586087235467691130294144691258180, 0.405845151377397166906606412076961,
            0.207784955007898467600689403773245, 0,
        ];

        private static readonly double[] Kronrod =
        [
            0.022935322010529224963732008058970, 0.063092092629978553290700663189204, 0.104790010322250183839876322541518,
            0.140653259715525918745189590510238, 0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
            0.204432940075298892414161999234649, 0.209482141084727828012999174891714,
        ];

        private static readonly double[] Gauss =
        [
            0, 0.129484966168869693270611432679082, 0, 0.279705391489276667901467771423780, 0, 0.381830050505118944950369775488975,
            0, 0.417959183673469387755102040816327,
        ];

        public static Panel Over(Func<double, double> f, double from, double to)
        {
            double half = 0.5 * (to - from), centre = from + half, k = 0, g = 0, magnitude = 0, variation = 0, outer = 0, inner = 0;
            var (first, last) = (Math.BitIncrement(from), Math.BitDecrement(to)); // rounding must not put a node on a singular end
            for (int i = 0; i < Nodes.Length; i++)
            {
                double left = At(f, Math.Max(first, centre - half * Nodes[i]));
                double right = Nodes[i] == 0 ? 0 : At(f, Math.Min(last, centre + half * Nodes[i]));
                k += Kronrod[i] * (left + right);
                g += Gauss[i] * (left + right);
                magnitude += Kronrod[i] * (Math.Abs(left) + Math.Abs(right));
                right = Nodes[i] == 0 ? left : right;
                variation += i == 0 ? 0 : Math.Abs(left - outer) + Math.Abs(right - inner);
                (outer, inner) = (left, right);
            }
            // else the nodes are too few doubles to trust
            double ulp = Math.BitIncrement(Math.Abs(centre)) - Math.Abs(centre);
            bool resolved = half > 32 * ulp;
            double difference = Math.Abs(k - g) * half, rounding = 50 * 1.12e-16 * magnitude * half + 0.5 * ulp * variation;
            return new(f, from, to, k * half, resolved ? difference + rounding : magnitude * half, !resolved || difference <= rounding);
        }

        private static double At(Func<double, double> f, double x) => f(x) is var y && double.IsFinite(y)
            ? y
            : throw new ArithmeticException(Text.Of($"The integrand is {y} at x = {x:R}: it diverges there, or a breakpoint is missing."));
    }
}
