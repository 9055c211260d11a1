using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>Policy gradients over all 81 sequences of three tokens and length four.</summary>
public sealed class EnumeratedPolicyTests
{
    private static readonly SequenceLaw source =
        SequenceLaw.Markov([.5, .3, .2], new[,] { { .1, .6, .3 }, { .4, .2, .4 }, { .7, .2, .1 } }, 4);

    private static EnumeratedPolicy Policy(int seed)
    {
        var random = new Random(seed);
        double[,] logits = new double[4, 3];
        for (int i = 0; i < 12; i++)
            logits[i / 3, i % 3] = 2 * random.NextDouble() - 1;
        return new EnumeratedPolicy(source, logits);
    }

    public static TheoryData<PolicyReward> AllRewards => [.. Enum.GetValues<PolicyReward>()];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Gradient_MaliGan_EqualsMaximumLikelihood(int seed)
    {
        var policy = Policy(seed);
        Assert.All(policy.Gradient(PolicyReward.Ratio).Zip(policy.LikelihoodGradient()),
            pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    // The divergence is differentiated by differences, which know nothing of rewards. 1e-8: h² = 1e-8 times a third derivative of order 1.
    [Theory]
    [MemberData(nameof(AllRewards))]
    public void Gradient_OfAReward_DescendsItsDivergence(PolicyReward reward)
    {
        var policy = Policy(4);
        double[] gradient = policy.Gradient(reward);
        const double h = 1e-4;
        for (int k = 0; k < policy.Parameters; k++)
        {
            double slope = (policy.Moved(k, h).Divergence(reward) - policy.Moved(k, -h).Divergence(reward)) / (2 * h);
            Assert.Equal(-slope, gradient[k], 2e-8);
        }
        Assert.True(gradient.Max(Math.Abs) > 0.01);
    }

    [Theory]
    [InlineData(PolicyReward.Probability)]
    [InlineData(PolicyReward.Minimax)]
    public void Variance_Baselines_StandInTheirOrder(PolicyReward reward)
    {
        var policy = Policy(5);
        double none = policy.Variance(reward), mean = policy.Variance(reward, policy.MeanReward(reward)),
            best = policy.Variance(reward, policy.BestBaseline(reward));
        Assert.True(best <= mean && mean < none, $"{best} {mean} {none}");
        Assert.True(policy.Variance(reward, -policy.MeanReward(reward)) > 1.5 * none); // the sign of a baseline
        double b = policy.BestBaseline(reward);
        Assert.True(policy.Variance(reward, b + 0.01) > best && policy.Variance(reward, b - 0.01) > best);
    }

    [Theory]
    [MemberData(nameof(AllRewards))]
    public void TokenByToken_ExpectedRewards_HaveTheSameMean(PolicyReward reward)
    {
        var policy = Policy(6);
        double[] whole = policy.Gradient(reward);
        Assert.All(policy.TokenByToken(reward, advantage: false).Mean.Zip(whole), p => Assert.Equal(p.Second, p.First, 1e-13));
        Assert.All(policy.TokenByToken(reward, advantage: true).Mean.Zip(whole), p => Assert.Equal(p.Second, p.First, 1e-13));
        Assert.True(policy.TokenByToken(reward, advantage: true).Variance < policy.Variance(reward, policy.BestBaseline(reward)));
    }

    [Fact]
    public void Rollout_ManyCompletions_AgreesWithTheExpectedReward()
    {
        var policy = Policy(7);
        foreach (int[] prefix in new int[][] { [], [2], [0, 1], [1, 1, 0] })
        {
            var estimate = policy.Rollout(PolicyReward.Probability, prefix, 20_000, new Random(1));
            Assert.True(estimate.AgreesWith(policy.Value(PolicyReward.Probability, prefix), 4), estimate.ToString());
            Assert.True(estimate.Error < 0.003);
        }
    }

    [Fact]
    public void Policy_LogitsOfAnotherShape_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new EnumeratedPolicy(source, new double[3, 3]));
}
