using GanNotebooks.Data;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Data;

public sealed class BouncingDigitsTests : IDisposable
{
    private static readonly ImageDataset digits = Mnist.Test().Take(200);

    private readonly TorchSharp.DisposeScope scope = NewDisposeScope();

    [Fact]
    public void Branches_BothFrames_AreTheLastFrameMovedOneWayOrTheOther()
    {
        using var data = new BouncingDigits(digits, seed: 3);
        var (conditions, down, up) = data.Branches(20);
        var last = conditions.narrow(1, 1, 1);
        Tensor Moved(int rows, int columns) => last.roll([rows, columns], [2L, 3L]); // the border is black
        for (int n = 0; n < 20; n++)
        {
            int[] across = [-BouncingDigits.ColumnStep, BouncingDigits.ColumnStep];
            Assert.Single(across, c => down[n].Equals(Moved(BouncingDigits.RowStep, c)[n])
                && up[n].Equals(Moved(-BouncingDigits.RowStep, c)[n]));
        }
    }

    // Conditions are at a border in half of the pairs, where 70 % go down: 0.5 · 0.7 + 0.5 · 0.5 of all.
    [Fact]
    public void NextPair_ManyPairs_GoDownAsOftenAsStated()
    {
        using var data = new BouncingDigits(digits, down: 0.7, seed: 4);
        var (frames, conditions) = data.NextPair(4000);
        double Rows(Tensor x, long n) => ((x[n] + 1).sum(dim: 2) * arange(16)).sum().item<float>() / (x[n] + 1).sum().item<float>();
        int down = Enumerable.Range(0, 4000).Count(n => Rows(frames, n) > Rows(conditions.narrow(1, 1, 1), n));
        Assert.Equal(0.6, down / 4000.0, 3.5 * Math.Sqrt(0.24 / 4000)); // 0.5 would be 13 standard errors away
    }

    [Fact]
    public void NextPair_CertainDirection_FollowsFromTheCondition()
    {
        using var data = new BouncingDigits(digits, down: 1, seed: 3);
        var (conditions, down, _) = data.Branches(5);
        Assert.Equal(2, conditions.shape[1]);
        Assert.True((down - data.Branches(5).Down).abs().max().item<float>() == 0);
        Assert.True((data.Branches(5, index: 1).Down - down).abs().max().item<float>() > 0.5); // other digits
        Assert.Equal(0, data.Position.Next);
    }

    [Fact]
    public void Seek_Position_ContinuesBitForBit()
    {
        using var data = new BouncingDigits(digits, seed: 5);
        data.NextPair(8);
        var position = data.Position;
        var (frames, conditions) = data.NextPair(8);
        data.Seek(position);
        var again = data.NextPair(8);
        Assert.True(frames.Equals(again.Samples) && conditions.Equals(again.Conditions));
    }

    // The ink of a digit is that of the image it was made from: a mean over 28 × 28 is one over 8 × 8.
    [Fact]
    public void AllBranches_SmallDigits_KeepTheMeanBrightness()
    {
        using var data = new BouncingDigits(digits);
        var small = (data.AllBranches().Down + 1).sum([1L, 2L, 3L]) / 2 / 64;
        var large = (digits.ToTensor() + 1).mean([1L, 2L, 3L]) / 2;
        Assert.True((small - large).abs().max().item<float>() < 1e-5);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Constructor_NoProbability_IsRefused(double down) =>
        Assert.Throws<ArgumentException>(() => new BouncingDigits(digits, down));

    [Fact]
    public void TwoSets_Rows_ComeFromTheirSets()
    {
        using var data = new TwoSets("two", zeros(3, 2), ones(5, 2), seed: 1);
        var batch = data.Next(10);
        Assert.Equal([10L, 2, 2], batch.shape);
        Assert.Equal((0.0f, 1.0f), (batch.select(1, 0).max().item<float>(), batch.select(1, 1).min().item<float>()));
        Assert.Throws<ArgumentException>(() => new TwoSets("two", zeros(3, 2), ones(5, 3)));
    }

    public void Dispose() => scope.Dispose();
}
