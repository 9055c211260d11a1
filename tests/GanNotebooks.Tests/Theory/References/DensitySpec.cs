using System.Globalization;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory.References;

/// <summary>
/// A density as text, in the form of the library's ToString: Gaussian(0, 1) or Mixture(0.5 Gaussian(-2, 0.5) + 0.5 Laplace(2, 1)).
/// </summary>
public sealed record DensitySpec(string Family, double[] Parameters, (double Weight, DensitySpec Component)[] Components)
{
    public static DensitySpec Parse(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        var (family, inner) = (text[..open].Trim(), text[(open + 1)..text.LastIndexOf(')')]);
        if (family != "Mixture")
            return new(family, [.. inner.Split(',').Select(Number)], []);
        return new(family, [], [.. inner.Split(" + ").Select(part => part.IndexOf(' ', StringComparison.Ordinal) is var space
            ? (Number(part[..space]), Parse(part[(space + 1)..])) : default)]);
    }

    public Density ToDensity() => Family switch
    {
        "Gaussian" => new Gaussian(Parameters[0], Parameters[1]),
        "Laplace" => new Laplace(Parameters[0], Parameters[1]),
        "Uniform" => new Uniform(Parameters[0], Parameters[1]),
        "Triangular" => new Triangular(Parameters[0], Parameters[1], Parameters[2]),
        "StudentT" => new StudentT(Parameters[0], Parameters[1], Parameters[2]),
        "Beta" => new Beta(Parameters[0], Parameters[1]),
        "Mixture" => new Mixture([.. Components.Select(c => (c.Weight, c.Component.ToDensity()))]),
        _ => throw new ArgumentException($"Unknown family {Family}."),
    };

    public override string ToString() => ToDensity().ToString()!;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
