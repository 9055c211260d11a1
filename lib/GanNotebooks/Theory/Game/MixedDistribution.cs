namespace GanNotebooks.Theory;

/// <summary>A distribution on the line with atoms and a density: P(A) = Σ mᵢ over the atoms xᵢ in A, plus m ∫_A p(x) dx.</summary>
/// <remarks>It has a density with respect to length only if it has no atom. A data set is a distribution of atoms alone.</remarks>
public sealed class MixedDistribution
{
    private readonly Dictionary<double, double> atoms = [];
    private readonly double[] weights;
    private readonly double[] places;

    /// <summary>Atoms and, if there is one, a density with the rest of the mass.</summary>
    /// <param name="atoms">Mass and place of each atom; masses at the same place are added.</param>
    /// <param name="densityMass">m, the mass of the continuous part.</param>
    /// <param name="density">p; needed where m is positive.</param>
    /// <exception cref="ArgumentException">The masses are negative or do not sum to 1, a place is not finite, or p is missing.</exception>
    public MixedDistribution(IReadOnlyList<(double Mass, double At)> atoms, double densityMass = 0, Density? density = null)
        : this([.. (atoms ?? throw new ArgumentNullException(nameof(atoms))).Select(a => Require.Finite(a.At, nameof(atoms)))],
            Require.Weights([.. atoms.Select(a => a.Mass), densityMass], nameof(atoms)))
    {
        if (densityMass > 0 && density is null)
            throw new ArgumentException(Text.Of($"densityMass is {densityMass}, but there is no density."), nameof(density));
        (DensityMass, Density) = (densityMass, density);
    }

    private MixedDistribution(double[] places, double[] weights)
    {
        (this.places, this.weights) = (places, weights);
        for (int i = 0; i < places.Length; i++)
            atoms[places[i]] = atoms.GetValueOrDefault(places[i]) + weights[i];
    }

    /// <summary>The places of the atoms and their masses.</summary>
    public IReadOnlyDictionary<double, double> Atoms => atoms;

    /// <summary>The mass of the continuous part.</summary>
    public double DensityMass { get; }

    /// <summary>The density of the continuous part, with integral 1; null where there is none.</summary>
    public Density? Density { get; }

    /// <summary>A distribution that has a density.</summary>
    public static MixedDistribution Of(Density density) => new([], 1, density);

    /// <summary>Mass 1/N on each of N samples.</summary>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    public static MixedDistribution Empirical(IReadOnlyCollection<double> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count == 0)
            throw new ArgumentException("samples must not be empty.", nameof(samples));
        double[] places = [.. samples.Select(x => Require.Finite(x, nameof(samples)))];
        return new(places, [.. Enumerable.Repeat(1.0 / places.Length, places.Length)]);
    }

    /// <summary>P({x}).</summary>
    public double Atom(double x) => atoms.GetValueOrDefault(x);

    /// <summary>log m + log p(x), the continuous part; −∞ where there is none.</summary>
    public double LogPdf(double x) =>
        Density is null || DensityMass == 0 ? double.NegativeInfinity : Math.Log(DensityMass) + Density.LogPdf(x);

    /// <summary>P([from, to]).</summary>
    public double Probability(double from, double to) => atoms.Where(a => a.Key >= from && a.Key <= to).Sum(a => a.Value)
        + (Density is null || DensityMass == 0 ? 0 : DensityMass * (Density.Cdf(to) - Density.Cdf(from)));

    /// <summary>Draws one sample.</summary>
    public double Sample(Random random) =>
        Sampling.Index(weights, random) is var i && i < places.Length ? places[i] : Density!.Sample(random);

    /// <summary>For example MixedDistribution(1 atoms, 0.5 Gaussian(0, 1)).</summary>
    public override string ToString() => Text.Of($"MixedDistribution({atoms.Count} atoms, {DensityMass:R} {Density})");
}
