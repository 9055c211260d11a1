using GanNotebooks.Networks;
using GanNotebooks.Regularizers;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Regularizers;

public sealed class MatchingTermTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void Value_MatcherThatGuesses_IsTheLogarithmOfTheBatch(int count)
    {
        var value = new MatchingTerm(3).Value(full([count, count], 0.7, float64), Ordered(count));
        Assert.Equal(3 * Math.Log(count), value.item<double>(), 12);
    }

    [Fact]
    public void Value_EachPairFarAhead_IsZero() =>
        Assert.Equal(0, new MatchingTerm(1).Value(50 * eye(6, dtype: float64), Ordered(6)).item<double>(), 12);

    // By hand: rows and columns are both normalised, and the right choice lies on the diagonal.
    [Fact]
    public void Value_TwoPairs_IsTheMeanOfBothCrossEntropies()
    {
        var scores = tensor(new[,] { { 1.0, 0.5 }, { -0.25, 2.0 } });
        double Choice(double right, double wrong) => Math.Log(1 + Math.Exp(wrong - right));
        double rows = (Choice(1, 0.5) + Choice(2, -0.25)) / 2, columns = (Choice(1, -0.25) + Choice(2, 0.5)) / 2;
        Assert.Equal((rows + columns) / 2, new MatchingTerm(1).Value(scores, Ordered(2)).item<double>(), 12);
    }

    // Three pairs, two of them with one caption: whatever the scores between those two are, they count for nothing.
    [Fact]
    public void Value_ConditionTwiceInTheBatch_ItsOtherSampleIsNoWrongChoice()
    {
        var conditions = tensor(new[] { 4.0, 5, 4, 5, 4, 6 }).view(3, 2);
        var scores = randn([3, 3], float64, generator: new Generator(1));
        var changed = scores.clone();
        changed[0, 1] = 30;
        changed[1, 0] = 30;
        var term = new MatchingTerm(1);
        double value = term.Value(scores, conditions).item<double>();
        Assert.Equal(value, term.Value(changed, conditions).item<double>(), 12);
        Assert.True(term.Value(changed, Ordered(3)).item<double>() > value + 5); // power
    }

    [Fact]
    public void Value_ScoresOfAnotherShape_IsRefused() => Assert.Contains("[4, 4]", Assert.Throws<ArgumentException>(
        () => new MatchingTerm(1).Value(zeros(4, 3), Ordered(4))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Validate_WeightOutOfRange_IsRefused(double weight) =>
        Assert.Contains("Weight", Assert.Throws<ArgumentException>(() => new MatchingTerm(weight).Validate()).Message,
            StringComparison.Ordinal);

    // The matcher forgets the place: moved by whole strides of its convolutions, and away from the border, a picture has the same features.
    [Fact]
    public void PooledFeatures_PictureMoved_AreTheSame()
    {
        var network = new PooledFeatures(3, 8, 5).UniformFanIn(new Generator(3));
        network.eval();
        using var quiet = no_grad();
        var patch = rand(1, 3, 8, 8, generator: new Generator(2));
        Tensor At(int row, int column)
        {
            var canvas = -ones(1, 3, 72, 72);
            canvas[.., .., row..(row + 8), column..(column + 8)] = patch;
            return network.call(canvas);
        }
        var (one, other) = (At(28, 28), At(32, 36));
        Assert.True((one - other).abs().max().item<float>() < 1e-5);
        Assert.True((one - network.call(-ones(1, 3, 72, 72))).abs().max().item<float>() > 1e-3); // power: it sees the picture
    }

    [Fact]
    public void MatchingDiscriminator_Scores_AreTenTimesTheCosine()
    {
        var d = new MatchingDiscriminator(new IgnoredCondition(nn.Linear(2, 1)), nn.Identity(), nn.Identity());
        var scores = d.Scores(tensor(new[,] { { 3.0, 0.0 }, { 1.0, 1.0 } }), tensor(new[,] { { 0.0, 2.0 }, { -5.0, 0.0 }, { 7.0, 7.0 } }));
        double[] expected = [0, -10, 10 / Math.Sqrt(2), 10 / Math.Sqrt(2), -10 / Math.Sqrt(2), 10];
        Assert.All(scores.data<double>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 10));
    }

    private static Tensor Ordered(int count) => arange(count, float64).unsqueeze(1);
}
