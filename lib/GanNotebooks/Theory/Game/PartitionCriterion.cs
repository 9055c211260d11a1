namespace GanNotebooks.Theory;

/// <summary>
/// The criterion seen through a partition: C_π = Σ g(Pᵢ, Qᵢ) with g(a, b) = a log(a/(a+b)) + b log(b/(a+b)) and the probabilities Pᵢ, Qᵢ
/// of the cells. It needs distribution functions only, so p and q may have atoms, gaps, or no density at all.
/// </summary>
/// <remarks>
/// g is convex and homogeneous of degree 1, hence subadditive: g(a + a′, b + b′) ≤ g(a, b) + g(a′, b′). Cutting a cell in two can
/// therefore only raise C_π, and C_π ≤ C(G) = sup over all finite partitions π. C_π is the value of the best discriminator that is told the
/// cell of x and nothing else. Source: Gelfand and Yaglom 1957 for the supremum (there for mutual information), Liese and Vajda 2006 for
/// every f-divergence; Goodfellow et al. 2014, theorem 1, for the criterion.
/// </remarks>
public static class PartitionCriterion
{
    /// <summary>C_π for the cells (−∞, e₀], (e₀, e₁], … (eₙ₋₁, ∞) of the line.</summary>
    /// <param name="p">Distribution function of the data, in [0, 1], not decreasing.</param>
    /// <param name="q">Distribution function of the generator.</param>
    /// <param name="edges">e₀ &lt; e₁ &lt; …; n edges make n + 1 cells; none makes one cell, with C_π = −log 4.</param>
    /// <returns>C_π in nats, in [−log 4, 0].</returns>
    /// <exception cref="ArgumentException">Edges are not ascending, or a distribution function falls or leaves [0, 1].</exception>
    public static double Of(Func<double, double> p, Func<double, double> q, IReadOnlyList<double> edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        return Cells(p, edges, nameof(p)).Zip(Cells(q, edges, nameof(q)), Cell).Sum();
    }

    /// <summary>A proved lower bound of C(G): every probability is enclosed, every rounding goes down.</summary>
    /// <remarks>
    /// g falls in each argument, so upper bounds of the probabilities give a lower bound of g. The probability of a cell is a
    /// certified integral of the density; far out, the density's own tail bound. The inequality C_π ≤ C needs no
    /// expansion of the criterion's integrand; the densities, the interval arithmetic and the panels are those of the other certificates.
    /// </remarks>
    /// <param name="p">p_data, with rigorous bounds.</param>
    /// <param name="q">p_g, with rigorous bounds.</param>
    /// <param name="edges">e₀ &lt; e₁ &lt; …</param>
    /// <exception cref="NotSupportedException">A density offers no rigorous bounds.</exception>
    /// <exception cref="ArgumentException">Edges are not ascending.</exception>
    public static double CertifiedLowerBound(Density p, Density q, IReadOnlyList<double> edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        double[] ends = [double.NegativeInfinity, .. Ascending(edges), double.PositiveInfinity];
        Interval sum = 0;
        for (int i = 1; i < ends.Length; i++)
            sum += CriterionIntegrand.Lowest(MassFromAbove(p, ends[i - 1], ends[i]), MassFromAbove(q, ends[i - 1], ends[i]));
        return sum.Lo;
    }

    private static double Cell(double a, double b) => VirtualCriterion.Integrand(Math.Log(a), Math.Log(b));

    private static IEnumerable<double> Cells(Func<double, double> law, IReadOnlyList<double> edges, string name)
    {
        ArgumentNullException.ThrowIfNull(law, name);
        double[] levels = [0, .. Ascending(edges).Select(law), 1];
        double[] cells = levels.Zip(levels.Skip(1), (from, to) => to - from).ToArray();
        int wrong = Array.FindIndex(cells, c => !(c >= 0));
        return wrong < 0
            ? cells
            : throw new ArgumentException(
                Text.Of($"{name} must rise from 0 to 1, but goes from {levels[wrong]} to {levels[wrong + 1]} at cell {wrong}."), name);
    }

    private static IReadOnlyList<double> Ascending(IReadOnlyList<double> edges)
    {
        for (int i = 0; i < edges.Count; i++)
        {
            if (!double.IsFinite(edges[i]) || i > 0 && edges[i] <= edges[i - 1])
                throw new ArgumentException(Text.Of($"edges must be finite and ascending, but edges[{i}] was {edges[i]}."), nameof(edges));
        }
        return edges;
    }

    private static double MassFromAbove(Density density, double a, double b)
    {
        ArgumentNullException.ThrowIfNull(density);
        var bounds = density as ICertifiedDensity ?? throw new NotSupportedException($"{density} offers no rigorous bounds.");
        return Math.Min(1, CertifiedIntegral.Over(new MassIntegrand(bounds), Partition.Within(a, b, density), 1e-15).Hi);
    }

    private sealed class MassIntegrand(ICertifiedDensity density) : ICertifiedIntegrand
    {
        public IntervalJet? Taylor(IntervalJet x) => density.VanishesOn(x[0].Lo, x[0].Hi) ? null : density.LogPdf(x).Exp();

        public Interval Bound(double a, double b) => density.Mass(a, b);
    }
}
