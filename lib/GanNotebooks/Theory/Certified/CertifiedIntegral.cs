namespace GanNotebooks.Theory;

/// <summary>Integrals with a certificate: interval Taylor expansions on an adaptive partition.</summary>
/// <remarks>
/// On a panel [a, b] with a point c inside, f(x) = Σ_{k&lt;n} f_k(c) (x−c)ᵏ + f_n(ξ) (x−c)ⁿ with ξ in the panel, f_k = f⁽ᵏ⁾/k!. The
/// coefficients at c are nearly exact numbers; the last one is enclosed over the whole panel. With n even (x−c)ⁿ ≥ 0, so the panel's
/// integral lies in Σ f_k(c) ∫(x−c)ᵏ + f_n([a,b]) ∫(x−c)ⁿ. The panel with the widest enclosure is halved until the sum is narrow
/// enough; where no expansion exists (infinite tails, singular ends) the integrand's own bound is used, and refined by splitting.
/// Source: Moore, Kearfott and Cloud 2009, section 9.4; Tucker 2011, section 5.2.
/// </remarks>
public static class CertifiedIntegral
{
    /// <summary>Taylor order that costs least at a width of 1e-12.</summary>
    public const int DefaultOrder = 14;

    /// <summary>Encloses ∫ f over [first, last breakpoint].</summary>
    /// <param name="f">The integrand.</param>
    /// <param name="breakpoints">Ascending; every point where f is not smooth; the ends may be infinite.</param>
    /// <param name="width">Requested width of the enclosure; a rounding floor near 1e-14 |value| cannot be beaten.</param>
    /// <param name="maximumPanels">The largest number of panels, even if the enclosure is then wider than requested.</param>
    /// <param name="order">n, even and at least 2.</param>
    /// <returns>An enclosure; always valid, also when it is wider than requested, which <see cref="Enclosure.Reached"/> tells.</returns>
    /// <exception cref="ArgumentOutOfRangeException">order is odd or below 2, or width is not positive.</exception>
    internal static Enclosure Over(
        ICertifiedIntegrand f, IReadOnlyList<double> breakpoints, double width = 1e-12, int maximumPanels = 4000, int order = DefaultOrder)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(breakpoints);
        Require.Positive(width);
        if (order < 2 || order % 2 != 0)
            throw new ArgumentOutOfRangeException(nameof(order), order, $"order must be even and at least 2, but was {order}.");
        if (breakpoints.Count < 2)
            return new(0, 0, 0) { Requested = width };
        var reach = new Reach(breakpoints);
        var work = new Worklist();
        for (int i = 1; i < breakpoints.Count; i++)
            work.Add(Enclose(f, breakpoints[i - 1], breakpoints[i], order));
        while (work.Count < maximumPanels && work.IsWorthwhile(0.8 * width))
        {
            var widest = work.TakeWidest();
            if (reach.Split(widest.A, widest.B) is not { } middle)
            {
                work.Add(widest with { IsFinal = true, Evaluations = 0 });
                continue;
            }
            work.Add(Enclose(f, widest.A, middle, order));
            work.Add(Enclose(f, middle, widest.B, order));
        }
        return new(Sum([.. work.Panels.OrderBy(p => p.A).Select(p => p.Value)]), work.Count, work.Evaluations)
        {
            Requested = width,
            PanelsExhausted = work.Count >= maximumPanels && work.IsWorthwhile(0.8 * width),
        };
    }

    /// <summary>Encloses ∫ₐᵇ f for a function written with jets, for example <c>x =&gt; (-x.Square()).Exp()</c>.</summary>
    /// <param name="f">The integrand; smooth on [a, b].</param>
    /// <param name="a">Lower end, finite.</param>
    /// <param name="b">Upper end, finite, above a.</param>
    /// <param name="width">Requested width.</param>
    public static Enclosure Over(Func<IntervalJet, IntervalJet> f, double a, double b, double width = 1e-12)
    {
        ArgumentNullException.ThrowIfNull(f);
        return Over(new Smooth(f), [Require.Finite(a), Require.Finite(b)], width);
    }

    private static Panel Enclose(ICertifiedIntegrand f, double a, double b, int order)
    {
        var bound = f.Bound(a, b);
        if (double.IsInfinity(a) || double.IsInfinity(b) || bound.IsZero)
            return new(a, b, bound, bound.IsZero, 0);
        double c = a + 0.5 * (b - a);
        if (!(c > a && c < b) || f.Taylor(IntervalJet.Variable(new(a, b), order)) is not { } over)
            return new(a, b, c > a && c < b ? 0 : bound, true, 1);
        var remainder = over[order] * Moment(a, b, c, order);
        if (!remainder.IsFinite || remainder.Width > bound.Width)
            return new(a, b, bound, false, 1);
        if (f.Taylor(IntervalJet.Variable(c, order - 1)) is not { } at)
            return new(a, b, bound, false, 2);
        Interval polynomial = 0;
        for (int k = order - 1; k >= 0; k--)
            polynomial += at[k] * Moment(a, b, c, k);
        var value = (polynomial + remainder).Intersect(bound);
        return new(a, b, value, remainder.Width < polynomial.Width, 2);
    }

    // ∫ₐᵇ (x−c)ᵏ dx
    private static Interval Moment(double a, double b, double c, int k)
    {
        var (right, left) = ((Interval)b - c, (Interval)c - a);
        if (k % 2 == 1 && right == left && right.Lo == right.Hi)
            return 0;
        Interval r = right, l = left;
        for (int i = 0; i < k; i++)
            (r, l) = (r * right, l * left);
        return (k % 2 == 0 ? r + l : r - l) / (k + 1);
    }

    // Pairwise, so that rounding grows with the logarithm of the number of panels.
    private static Interval Sum(ReadOnlySpan<Interval> values) => values.Length switch
    {
        0 => 0,
        1 => values[0],
        _ => Sum(values[..(values.Length / 2)]) + Sum(values[(values.Length / 2)..]),
    };

    private readonly record struct Panel(double A, double B, Interval Value, bool IsFinal, int Evaluations);

    // Panels that a split can still improve, widest first, and those whose width is rounding.
    private sealed class Worklist
    {
        private readonly PriorityQueue<Panel, double> open = new();
        private readonly List<Panel> done = [];
        private double openWidth;
        private double doneWidth;
        private int sinceRefresh;

        public int Count => open.Count + done.Count;

        public long Evaluations { get; private set; }

        public IEnumerable<Panel> Panels => done.Concat(open.UnorderedItems.Select(p => p.Element));

        public void Add(Panel panel)
        {
            Evaluations += panel.Evaluations;
            if (panel.IsFinal)
            {
                done.Add(panel);
                doneWidth += panel.Value.Width;
                return;
            }
            open.Enqueue(panel, -panel.Value.Width);
            openWidth += panel.Value.Width;
        }

        public Panel TakeWidest()
        {
            var widest = open.Dequeue();
            openWidth -= widest.Value.Width;
            if (!double.IsFinite(openWidth) || ++sinceRefresh % 64 == 0)
                openWidth = open.UnorderedItems.Sum(p => p.Element.Value.Width);
            return widest;
        }

        // Stop at the requested width, or where rounding is nearly all that is left.
        public bool IsWorthwhile(double width) => open.Count > 0 && openWidth > Math.Max(width - doneWidth, 0.1 * doneWidth);
    }

    // Where to split: halves, except that an infinite panel loses a piece twice as far out as it begins.
    private sealed class Reach(IReadOnlyList<double> breakpoints)
    {
        private readonly double first = breakpoints.FirstOrDefault(double.IsFinite);
        private readonly double last = breakpoints.LastOrDefault(double.IsFinite);

        public double? Split(double a, double b)
        {
            double span = Math.Max(last - first, 1);
            double middle = double.IsInfinity(a) && double.IsInfinity(b) ? 0
                : double.IsInfinity(b) ? a + Math.Max(a - first, span)
                : double.IsInfinity(a) ? b - Math.Max(last - b, span)
                : a + 0.5 * (b - a);
            return middle > a && middle < b && double.IsFinite(middle) ? middle : null;
        }
    }

    private sealed class Smooth(Func<IntervalJet, IntervalJet> f) : ICertifiedIntegrand
    {
        public IntervalJet? Taylor(IntervalJet x) => f(x);

        public Interval Bound(double a, double b) => f(IntervalJet.Variable(new(a, b), 0))[0] * ((Interval)b - a);
    }
}
