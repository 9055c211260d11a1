using System.Collections.Concurrent;
using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>Quadrature tells the truth about its error whatever the scales: 5,000 random pairs against their certificates.</summary>
public sealed class PartitionTests
{
    private const int Pairs = 5000;

    // The pair of the referee: one panel over five orders of magnitude missed 4.8e-5 and reported 5e-15.
    [Fact]
    public void ByQuadrature_LaplaceTenThousandTimesNarrower_AgreesWithTheReferenceWithinItsError()
    {
        VirtualCriterion criterion = new(new Laplace(0, 1e-4), new Gaussian());
        Assert.True(criterion.ByQuadrature().AgreesWith(-0.0045161314, 1 + 5e-11 / criterion.ByQuadrature().Error));
        Assert.Equal(-0.0045161314, criterion.Certified().Midpoint, 5e-11);
    }

    [Fact]
    public void ByQuadrature_WithoutTheLadder_WouldMissTheTail()
    {
        Laplace narrow = new(0, 1e-4);
        double[] bare =
            [double.NegativeInfinity, .. narrow.Landmarks.Concat(new Gaussian().Landmarks).Distinct().Order(), double.PositiveInfinity];
        var missed = Quadrature.Default.Integrate(new VirtualCriterion(narrow, new Gaussian()).At, bare);
        Assert.False(missed.AgreesWith(-0.0045161314, 1000));
    }

    // Mirror images have the same C. Next to 1 doubles miss a sixth of the mass, next to 0 nothing; the error says so.
    [Fact]
    public void ByQuadrature_BothSingularAtOne_ErrorCoversTheMirrorImage()
    {
        var atZero = new VirtualCriterion(new Beta(0.05, 5), new Beta(0.06, 4)).ByQuadrature();
        var atOne = new VirtualCriterion(new Beta(5, 0.05), new Beta(4, 0.06)).ByQuadrature();
        Assert.InRange(atZero.Error, 0, 1e-11);
        Assert.True(atOne.AgreesWith(atZero.Value), $"{atOne}, {atZero}");
        Assert.InRange(atOne.Error, 0.1, 0.5);
        Assert.InRange(new VirtualCriterion(new Beta(5, 0.5), new Beta(4, 0.6)).ByQuadrature().Error, 0, 1e-7);
        foreach (var divergence in new Func<Density, Density, Quadrature?, Estimate>[]
            { Divergence.JensenShannon, Divergence.TotalVariation, Divergence.SquaredHellinger })
        {
            double truth = divergence(new Beta(0.05, 5), new Beta(0.06, 4), null).Value;
            Assert.True(divergence(new Beta(5, 0.05), new Beta(4, 0.06), null).AgreesWith(truth), $"{divergence.Method.Name}: {truth}");
        }
    }

    [Fact]
    public void Of_DensitiesOfLikeScale_GetNoRung()
    {
        Gaussian p = new(), q = new(1);
        Assert.Equal(2 + p.Landmarks.Concat(q.Landmarks).Distinct().Count(), Partition.Of(p, q).Length);
    }

    [Fact]
    public void ByQuadrature_FiveThousandRandomPairs_MeetsTheCertificateWithinItsError()
    {
        var outside = new ConcurrentBag<string>();
        int useful = 0;
        Parallel.For(0, Pairs, i =>
        {
            var random = new Random(20261128 + i);
            var criterion = new VirtualCriterion(Any(random), Any(random));
            var (certified, estimate) = (criterion.Certified(1e-7), criterion.ByQuadrature());
            var half = criterion.CertifiedJensenShannon(1e-7).Affine(2, -2 * IntervalMath.Log2);
            bool meets = estimate.Value + estimate.Error >= certified.Lo && estimate.Value - estimate.Error <= certified.Hi;
            if (!meets || !half.Overlaps(certified))
                outside.Add($"{i}: {criterion}: {certified}, {half}, {estimate}");
            if (certified.Reached && estimate.Error < 1e-9)
                Interlocked.Increment(ref useful);
        });
        Assert.True(outside.IsEmpty, $"{outside.Count} of {Pairs} outside, for example\n" + string.Join('\n', outside.Order().Take(12)));
        Assert.True(useful > 0.9 * Pairs, $"only {useful} of {Pairs} pairs were narrow on both sides");
    }

    // All families, scales from 1e-6 to 1e6, centres up to three scales away; a quarter are mixtures of two or three.
    private static Density Any(Random random) => random.Next(4) > 0 ? Simple(random) : Mixed(random);

    private static Mixture Mixed(Random random)
    {
        double[] weights = RandomSimplex.Draw(random, random.Next(2, 4), 2);
        return new([.. weights.Select(w => (w, Simple(random)))]);
    }

    private static Density Simple(Random random)
    {
        double scale = Math.Pow(10, 12 * random.NextDouble() - 6), centre = scale * (6 * random.NextDouble() - 3);
        return random.Next(6) switch
        {
            0 => new Gaussian(centre, scale),
            1 => new Laplace(centre, scale),
            2 => new StudentT(0.5 + 6 * random.NextDouble(), centre, scale),
            3 => new Uniform(centre, centre + scale),
            4 => new Triangular(centre, centre + scale * random.NextDouble(), centre + 1.01 * scale),
            _ => new Beta(0.5 + 5 * random.NextDouble(), 0.5 + 5 * random.NextDouble()),
        };
    }
}
