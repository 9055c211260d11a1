using GanNotebooks.Data;
using GanNotebooks.Networks;
using GanNotebooks.Studies;
using GanNotebooks.Theory;
using GanNotebooks.Training;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Training;

/// <summary>Recurrent generators and the ways in which they learn.</summary>
public sealed class SequenceGanTests
{
    private static SequenceGenerator Small(int seed = 1) => new(3, 4, 6, new Generator((ulong)seed));

    private static SequenceGan Tiny(SequenceMethod method, int seed = 1) => new(new SequenceGanConfig(method)
    {
        Steps = 4, Pretraining = 10, BatchSize = 8, GeneratorHidden = 4, DiscriminatorHidden = 4, Seed = seed,
    }, TextStudy.OneHot(TextStudy.Draw(seed, 50)));

    [Fact]
    public void PrefixLogits_AllSequences_GiveTheProbabilitiesOfTheTeacherForcedPass()
    {
        using var generator = Small();
        var law = TextStudy.Law(generator);
        int[][] all = [.. law.Sequences()];
        float[,,] codes = new float[all.Length, 4, 3];
        for (int i = 0; i < all.Length; i++)
        {
            for (int t = 0; t < 4; t++)
                codes[i, t, all[i][t]] = 1;
        }
        using var quiet = no_grad();
        float[] logs = generator.LogProbability(tensor(codes)).data<float>().ToArray();
        Assert.All(Enumerable.Range(0, all.Length), i => Assert.Equal(law.LogProbability(all[i]), logs[i], 1e-5));
        Assert.Equal(1, logs.Sum(l => Math.Exp(l)), 1e-5);
    }

    // 81 sequences, 40,000 draws: the statistic has mean 80 and deviation 12.6; five deviations.
    [Fact]
    public void Write_HardChoice_HasTheLawOfTheLogits()
    {
        using var generator = Small();
        using (no_grad())
        {
            foreach (var parameter in generator.parameters())
                parameter.mul_(2);
        }
        var law = TextStudy.Law(generator);
        using var random = new Generator(5);
        const int n = 40_000;
        long[] tokens = generator.Write(n, random).argmax(2).data<long>().ToArray();
        var counts = tokens.Chunk(4).GroupBy(x => string.Concat(x)).ToDictionary(g => g.Key, g => g.Count());
        double statistic = law.Sequences().Sum(x => n * Math.Exp(law.LogProbability(x)) is var expected
            ? Math.Pow(counts.GetValueOrDefault(string.Concat(x)) - expected, 2) / expected : 0);
        Assert.InRange(statistic, 30, 80 + 5 * 12.7);
    }

    [Fact]
    public void Write_Choices_AreHardSoftAndHardWithAGradient()
    {
        using var generator = Small();
        Tensor Draw(TokenChoice choice)
        {
            using var random = new Generator(2);
            return generator.Write(50, random, choice, 0.5);
        }
        Tensor hard = Draw(TokenChoice.Hard), soft = Draw(TokenChoice.Relaxed), through = Draw(TokenChoice.StraightThrough);
        Assert.False(hard.requires_grad);
        Assert.True(soft.requires_grad && through.requires_grad);
        Assert.Equal(1, hard.max(2).values.min().item<float>());
        Assert.True(soft.max().item<float>() < 1);
        Assert.True((through - hard).abs().max().item<float>() < 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Write(2, new Generator(1), temperature: 0));
        Assert.Throws<ArgumentException>(() => generator.call(zeros(2, 5, 3)));
    }

    // By hand: 3 samples with rewards 1, 2, 6; the means of the others are 4, 3.5, 1.5. A baseline that is added fails.
    [Fact]
    public void Reinforce_ThreeRewards_WeighsEachByItsDistanceToTheOthers()
    {
        using var logs = tensor(new[] { 0.5f, -1f, 2f }).requires_grad_(true);
        using var rewards = tensor(new[] { 1f, 2f, 6f });
        PolicyLoss.Reinforce(logs, rewards).backward();
        Assert.Equal([1f, 0.5f, -1.5f], logs.grad!.data<float>().ToArray());
        logs.grad!.zero_();
        PolicyLoss.Reinforce(logs, rewards, factor: 0).backward();
        Assert.Equal([-1f / 3, -2f / 3, -2f], logs.grad!.data<float>().ToArray());
    }

    // The same rewards for all: nothing is better than anything else, and the gradient is 0. With the wrong sign it would not be.
    [Fact]
    public void Reinforce_EqualRewards_HasNoGradient()
    {
        using var logs = tensor(new[] { 0.5f, -1f, 2f }).requires_grad_(true);
        PolicyLoss.Reinforce(logs, full(3, 0.7f)).backward();
        Assert.True(logs.grad!.abs().max().item<float>() < 1e-7);
    }

    [Fact]
    public void MaliGan_Logits_WeighBySoftmaxMinusTheMean()
    {
        using var logs = zeros(2).requires_grad_(true);
        PolicyLoss.MaliGan(logs, tensor(new[] { 0f, (float)Math.Log(3) })).backward();
        float[] gradient = logs.grad!.data<float>().ToArray();
        Assert.Equal(-(0.25 - 0.5), gradient[0], 1e-6);
        Assert.Equal(-(0.75 - 0.5), gradient[1], 1e-6);
        Assert.Throws<ArgumentException>(() => PolicyLoss.MaliGan(zeros(2), zeros(3)));
    }

    // The same seed gives the same weights and the same samples, so that the gradient can be made by hand, with the config's defaults. A
    // baseline that is added, in the loss, in the call or in the default, fails.
    [Theory]
    [InlineData(SequenceMethod.Reinforce)]
    [InlineData(SequenceMethod.ReinforceLogRatio)]
    [InlineData(SequenceMethod.MaliGan)]
    public void GeneratorStep_PolicyGradient_IsTheOneByHand(SequenceMethod method)
    {
        using var scope = NewDisposeScope();
        using SequenceGan run = Tiny(method), same = Tiny(method);
        using var random = new Generator(SeededRandom.SplitMix((1UL << 8) + 2)); // the samples of seed 1
        var written = same.Generator.Write(8, random);
        double[] logits = [.. same.Discriminator.call(written).data<float>().Select(s => (double)s)];
        double[] rewards = method is SequenceMethod.Reinforce ? [.. logits.Select(LogSpace.Sigmoid)] : logits;
        float[] weights = [.. Enumerable.Range(0, 8).Select(i => (float)(method is SequenceMethod.MaliGan
            ? Math.Exp(logits[i]) / logits.Sum(Math.Exp) - 1.0 / 8
            : (rewards[i] - rewards.Where((_, j) => j != i).Average()) / 8))];
        var loss = (tensor(weights) * same.Generator.LogProbability(written)).sum().neg();
        var expected = autograd.grad([loss], [.. same.Generator.parameters()]);

        run.GeneratorStep();
        double scale = expected.Max(g => g.abs().max().item<float>());
        Assert.True(scale > 1e-4, $"{scale}");
        Assert.All(expected.Zip(run.Generator.parameters()),
            pair => Assert.InRange((pair.First - pair.Second.grad!).abs().max().item<float>(), 0, 1e-3 * scale));
    }

    // Batches of samples of the generator against the sum over all sequences, for a discriminator that is held fixed.
    [Fact]
    public void Reinforce_ManyBatches_HaveTheExactGradientAsMean()
    {
        using var generator = Small();
        using var discriminator = new SequenceDiscriminator(3, 4, 6, new Generator(9));
        using var random = new Generator(3);
        var law = TextStudy.Law(generator);
        int[][] all = [.. law.Sequences()];
        float[,,] codes = new float[all.Length, 4, 3];
        for (int i = 0; i < all.Length; i++)
        {
            for (int t = 0; t < 4; t++)
                codes[i, t, all[i][t]] = 1;
        }
        Tensor D(Tensor x) => discriminator.call(x).squeeze(1).detach() * 20; // far from constant
        var table = tensor(codes);
        var logs = generator.LogProbability(table);
        var exact = autograd.grad([(logs.exp() * D(table)).sum().neg()], [.. generator.parameters()]);
        var written = generator.Write(100_000, random);
        var sampled = autograd.grad([PolicyLoss.Reinforce(generator.LogProbability(written), D(written))], [.. generator.parameters()]);
        double scale = Math.Sqrt(exact.Sum(g => g.square().sum().item<float>()));
        double away = Math.Sqrt(exact.Zip(sampled, (a, b) => (a - b).square().sum().item<float>()).Sum());
        Assert.InRange(away / scale, 0, 0.1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Run_SameSeed_GivesTheSameWeightsAndKeepsNoTensors(SequenceMethod method)
    {
        static float[] Weights(SequenceGan run) => [.. run.Generator.parameters().SelectMany(p => p.data<float>().ToArray())];
        using SequenceGan first = Tiny(method), second = Tiny(method), other = Tiny(method, seed: 2);
        var observed = new List<int>();
        first.Run(r => observed.Add(r.Step), 2);
        second.Run(_ => { }, 3);
        other.Run(_ => { }, 3);
        Assert.Equal([0, 2, 4], observed);
        Assert.Equal(Weights(first), Weights(second));
        Assert.NotEqual(Weights(first), Weights(other));
    }

    public static TheoryData<SequenceMethod> All => [.. Enum.GetValues<SequenceMethod>()];

    [Theory]
    [InlineData(SequenceMethod.MaximumLikelihood)]
    [InlineData(SequenceMethod.Reinforce)]
    [InlineData(SequenceMethod.GumbelStraightThrough)]
    public void Steps_Many_KeepTheNumberOfLiveTensors(SequenceMethod method)
    {
        using var run = Tiny(method);
        void Steps()
        {
            run.LikelihoodStep();
            run.DiscriminatorStep();
            if (method != SequenceMethod.MaximumLikelihood)
                run.GeneratorStep();
        }
        for (int i = 0; i < 3; i++)
            Steps(); // the optimisers allocate in their first steps
        long before = LiveTensors.Settled();
        for (int i = 0; i < 5; i++)
            Steps();
        Assert.Equal(before, LiveTensors.Settled());
    }

    // The smallest seeded run in which learning shows: KL per sequence from 1.1 to below 0.3.
    [Fact]
    public void LikelihoodStep_AHundredSteps_ComesNearTheSource()
    {
        using var text = TextStudy.OneHot(TextStudy.Draw(1));
        using var run = new SequenceGan(new(SequenceMethod.MaximumLikelihood) { Steps = 100 }, text);
        var source = MarkovSource.Law(TextStudy.Length);
        double before = SequenceComparison.Of(source, TextStudy.Law(run.Generator)).Kl * TextStudy.Length;
        run.Run(_ => { }, 100);
        double after = SequenceComparison.Of(source, TextStudy.Law(run.Generator)).Kl * TextStudy.Length;
        Assert.True(before > 1 && after < 0.3, $"{before} {after}");
    }

    [Fact]
    public void Config_SettingsOutOfRange_AreRefused()
    {
        var config = new SequenceGanConfig(SequenceMethod.Reinforce);
        Assert.Throws<ArgumentException>(() => (config with { BatchSize = 1 }).Validate());
        Assert.Throws<ArgumentException>(() => (config with { Temperature = 0 }).Validate());
        Assert.Throws<ArgumentException>(() => (config with { Baseline = double.NaN }).Validate());
        Assert.Throws<ArgumentException>(() => new SequenceGanConfig((SequenceMethod)77).Validate());
    }
}
