using GanNotebooks.Data;
using GanNotebooks.LatentModels;
using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.LatentModels;

/// <summary>Exact sums over the states of a machine, and annealed importance sampling, which estimates the same number.</summary>
public sealed class RbmPartitionTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(4, 9)]
    [InlineData(9, 4)]
    [InlineData(13, 14)]
    public void Of_EitherLayerSmaller_IsTheSumOverEveryState(int visible, int hidden)
    {
        using var rbm = Random(visible, hidden, seed: 1, scale: 1);
        double sum = (-rbm.FreeEnergy(RbmPartition.States(visible))).logsumexp(0).item<double>();
        Assert.Equal(sum, RbmPartition.Of(rbm).LogZ, 11);
    }

    [Fact]
    public void FreeEnergy_EveryHiddenState_IsTheirSum()
    {
        using var rbm = Random(5, 4, seed: 2, scale: 2);
        var (v, h) = (RbmPartition.States(5), RbmPartition.States(4));
        for (int i = 0; i < 32; i++)
        {
            var energies = rbm.Energy(v[i].expand(16, 5), h);
            Assert.Equal(-(-energies).logsumexp(0).item<double>(), rbm.FreeEnergy(v)[i].item<double>(), 12);
        }
    }

    [Fact]
    public void Of_TooManyUnits_SaysHowManyTerms()
    {
        using var rbm = new BernoulliRbm(25, 25);
        Assert.Contains("2^25", Assert.Throws<ArgumentException>(() => RbmPartition.Of(rbm)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_Many_HasTheMachinesFrequencies()
    {
        const int count = 200_000;
        using var rbm = EnumeratedRbmTests.Tiny();
        using var states = new EnumeratedRbm(rbm);
        using var random = new Generator(3);
        var (expected, seen) = (states.Probabilities(), states.Law(RbmPartition.Of(rbm).Sample(rbm, count, random).States));
        double chiSquare = ((seen - expected).square() / expected).sum().item<double>() * count;
        Assert.InRange(chiSquare, 0.5, 26); // 7 degrees of freedom: 1 in 2,000 lies above
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnnealedImportanceSampling_TwentySeeds_IntervalsHoldTheExactValue(bool reverse)
    {
        using var rbm = Random(14, 8, seed: 4, scale: 1.5);
        var exact = RbmPartition.Of(rbm);
        var estimates = Enumerable.Range(1, 20).Select(seed => Estimate(rbm, exact, reverse, seed, temperatures: 300)).ToArray();
        int held = estimates.Count(e => e.Low <= exact.LogZ && exact.LogZ <= e.High);
        Assert.True(held >= 18, $"{held} of 20 intervals hold {exact.LogZ}: {string.Join("; ", estimates.Take(4))}");
        Assert.All(estimates, e => Assert.True(e.High - e.Low < 0.6, e.ToString())); // intervals that say something
    }

    [Fact]
    public void AnnealedImportanceSampling_FewTemperatures_ForwardIsLowAndReverseHigh()
    {
        using var rbm = Random(14, 8, seed: 4, scale: 1.5);
        var exact = RbmPartition.Of(rbm);
        double[] forward = Mean(reverse: false), backward = Mean(reverse: true);
        Assert.True(forward[0] + 2 * forward[1] < exact.LogZ, $"{forward[0]} ± {forward[1]}, exact {exact.LogZ}");
        Assert.True(backward[0] - 2 * backward[1] > exact.LogZ, $"{backward[0]} ± {backward[1]}, exact {exact.LogZ}");

        double[] Mean(bool reverse)
        {
            double[] z = [.. Enumerable.Range(1, 60).Select(seed => Estimate(rbm, exact, reverse, seed, temperatures: 5, chains: 10).LogZ)];
            double mean = z.Average();
            return [mean, Math.Sqrt(z.Sum(x => (x - mean) * (x - mean)) / (z.Length - 1) / z.Length)];
        }
    }

    [Theory]
    [InlineData(2, -13.862944, 1.732868)]
    [InlineData(3, -41.588831, 2.599302)]
    [InlineData(4, -108.130960, 3.379093)]
    public void BarsAndStripes_BestTotal_IsThatOfItsLaw(int side, double best, double entropy)
    {
        using var data = new BarsAndStripes(side);
        Assert.Equal(best, data.BestTotal, 6);
        Assert.Equal(entropy, data.Entropy, 6);
        Assert.Equal([1L << side + 1, side * side], data.Patterns.shape);
        var rows = Enumerable.Range(0, 1 << side + 1).Select(i => string.Concat(data.Patterns[i].data<float>().ToArray())).ToList();
        Assert.Equal((1 << side + 1) - 2, rows.Distinct().Count());
    }

    [Fact]
    public void BarsAndStripes_Seek_ContinuesInItsOrder()
    {
        using BarsAndStripes data = new(2), other = new(2);
        data.Next(5);
        var position = data.Position;
        other.Seek(position);
        Assert.True(data.Next(7).Equals(other.Next(7)));
        Assert.Throws<ArgumentException>(() => other.Seek(position with { Next = 8 }));
    }

    private static AnnealedImportanceSampling Estimate(
        BernoulliRbm rbm, RbmPartition exact, bool reverse, int seed, int temperatures, int chains = 200)
    {
        using var inner = NewDisposeScope();
        using var random = new Generator((ulong)seed);
        var bias = zeros(rbm.Visible, dtype: float64);
        return reverse
            ? AnnealedImportanceSampling.Reverse(rbm, bias, exact.Sample(rbm, chains, random).States, temperatures, random)
            : AnnealedImportanceSampling.Forward(rbm, bias, chains, temperatures, random);
    }

    private static BernoulliRbm Random(int visible, int hidden, ulong seed, double scale)
    {
        using var random = new Generator(seed);
        var rbm = new BernoulliRbm(visible, hidden, ScalarType.Float64);
        using var noGradient = no_grad();
        foreach (var parameter in rbm.parameters())
            parameter.normal_(0, scale, random);
        return rbm;
    }
}
