using System.Globalization;

namespace GanNotebooks.Tests.Theory.References;

/// <summary>200 pairs of densities drawn from all families, always the same ones.</summary>
public static class RandomPairs
{
    public const int Seed = 20261122;
    public const int Count = 200;

    public static IReadOnlyList<(DensitySpec P, DensitySpec Q)> Draw()
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, Count).Select(_ => (DensitySpec.Parse(Any(random)), DensitySpec.Parse(Any(random))))];
    }

    private static string Any(Random random) => random.Next(8) is var k && k < 6 ? Simple(k, random) : Mixture(random);

    private static string Mixture(Random random)
    {
        int count = random.Next(2, 4);
        int[] shares = [.. Enumerable.Range(0, count).Select(_ => random.Next(1, 8))];
        double rest = 1.0;
        var parts = shares.Select((share, i) =>
        {
            double weight = i == count - 1 ? Math.Round(rest, 3) : Math.Round((double)share / shares.Sum(), 3);
            rest -= weight;
            return Format($"{weight:R} ") + Simple(random.Next(6), random);
        });
        return "Mixture(" + string.Join(" + ", parts) + ")";
    }

    private static string Simple(int family, Random random)
    {
        var (centre, scale) = (Between(-2, 2), Between(0.3, 2));
        string Triangle(double mode, double right) => Format($"Triangular({centre:R}, {mode:R}, {right:R})");
        return family switch
        {
            0 => Format($"Gaussian({centre:R}, {scale:R})"),
            1 => Format($"Laplace({centre:R}, {scale:R})"),
            2 => Format($"Uniform({centre:R}, {Math.Round(centre + scale, 3):R})"),
            3 => Triangle(Math.Round(centre + scale * random.NextDouble(), 3), Math.Round(centre + scale + 0.1, 3)),
            4 => Format($"StudentT({Between(1, 8):R}, {centre:R}, {scale:R})"),
            _ => Format($"Beta({Between(0.7, 6):R}, {Between(0.8, 6):R})"),
        };

        double Between(double lo, double hi) => Math.Round(lo + (hi - lo) * random.NextDouble(), 3);
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
