using System.Globalization;
using System.Text.RegularExpressions;
using GanNotebooks.Data;
using GanNotebooks.Experiments;
using GanNotebooks.LatentModels;
using GanNotebooks.Metrics;
using GanNotebooks.Theory;
using static TorchSharp.torch;

namespace GanNotebooks.Tests.Exercises;

/// <summary>Answers of the catalogue are those of the library or of a formula; tolerances are those of the questions.</summary>
public sealed partial class ExerciseCatalogueTests
{
    private static readonly ExerciseCatalogue course = ExerciseCatalogue.Read();
    private static readonly Gaussian standard = new(0, 1);
    private static readonly Mixture humps = new((0.6, new Gaussian(-1.5, 0.5)), (0.4, new Gaussian(1.5, 0.8)));

    private static readonly Dictionary<string, Func<double>> answers = new()
    {
        ["00.1"] = () => 2 * Math.Log(2),
        ["00.2"] = () => Quadrature.Default.Expectation(humps, x => (x + 0.3) * (x + 0.3)).Value,
        ["00.3"] = () => Divergence.TotalVariation(humps, new Gaussian(-0.053, 1.71)).Value,
        ["01.1"] = MuchInk,
        ["01.2"] = () => LogSpace.Sigmoid(-3),
        ["01.3"] = () => Math.Log(0.9) + Math.Log(0.8),
        ["01.4"] = () => OptimalDiscriminator.Maximiser(3, 1),
        ["02.1"] = () => Divergence.KullbackLeibler(DiscreteDistribution.Even(2), new DiscreteDistribution([0.9, 0.1])),
        ["02.2"] = () => standard.Pdf(2) / 12,
        ["02.3"] = () => Root(1, 3, t => Divergence.JensenShannon(standard, new Gaussian(t, 1)).Value - Constants.Log2 / 2),
        ["02.4"] = () => Quadrature.Default.Integrate(x => Math.Abs(x - 0.01) / 0.02, 0, 0.02).Value,
        ["02.5"] = () => Math.Sqrt(2),
        ["03.1"] = () => Math.Log(0.9) + Math.Log(0.1),
        ["03.3"] = () => new ValueFunction(standard, new Gaussian(1, 1.2)).DataTerm(x => 1 - x * x).Value - LogSpace.Softplus(1),
        ["03.4"] = () => Math.Min(Math.Max(4, 0), Math.Max(1, 3)) - Math.Max(Math.Min(4, 1), Math.Min(0, 3)),
        ["03.5"] = () => 2 * Quadrature.Default.Expectation(new Gaussian(-1, 1), x => LogSpace.Sigmoid(2 - 2 * x)).Value,
        ["04.1"] = () => OptimalDiscriminator.Maximiser(0.3, 0.1),
        ["04.2"] = () => OptimalDiscriminator.Maximiser(1, 2),
        ["04.3"] = () => 4.0 / 5,
        ["04.4"] = () => new OptimalDiscriminator(standard, new Gaussian(0, 2)).Logit(0),
        ["04.5"] = () => new SampleBound(-1.2, SampleBound.MarginOf(10_000, 40_000, 2, 0.05)).JensenShannonAtLeast,
        ["05.1"] = () => VirtualCriterion.Of(DiscreteDistribution.Even(6), DiscreteDistribution.Covering(6, 3)),
        ["05.2"] = () => Divergence.JensenShannon(new DiscreteDistribution([0.75, 0.25]), new([0.25, 0.75])) / Math.Log(2),
        ["05.3"] = Steepest,
        ["05.4"] = () => VirtualCriterion.Of(DiscreteDistribution.Even(25), DiscreteDistribution.Covering(25, 20)) + Constants.Log4,
        ["05.5"] = () => VirtualCriterion.Of(DiscreteDistribution.Even(9), new([0.25, 0, 0.25, 0, 0, 0, 0.25, 0, 0.25])),
        ["06.1"] = () => Enumerable.Range(1, 1000).First(n => Math.Pow(1.01, n / 2.0) >= 2),
        ["06.2"] = () => Enumerable.Range(1, 1000).First(n => 0.5 * Math.Pow(2, -n) < 1e-6),
        ["06.3"] = () => CriticalDamping.Find(
            g => CriticalDamping.FlowRate(new ZeroCenteredPenaltyGame(new BilinearGame(), g, "WGAN + R1")), 0.1, 5),
        ["06.4"] = () => Math.Sqrt(0.5),
        ["06.5"] = () => 2 * Math.PI / Math.Abs(NumericJacobian
            .OfStep(new AlternatingSteps(0.2, StepRatio: 10), DiracGan.Minimax(), GamePoint.Origin).Eigenvalues.First.Phase),
        ["07.1"] = () => LogSpace.Sigmoid(4) / LogSpace.Sigmoid(-4),
        ["07.2"] = () => Math.Log(0.9 / 0.1),
        ["07.3"] = () => Enumerable.Range(1, 10_000).Max(i => -2 * i / 10_000.0 + Math.Log(i / 10_000.0)),
        ["07.4"] = () => (1 + (2 - 1.4) / 2) / 2,
        ["07.5"] = () => Constants.Log2 - Divergence.JensenShannon(standard, new Gaussian(2, 1)).Value,
        ["08.1"] = () => 1 / MeanD(3) - 1,
        ["08.2"] = () => 0.01 / (1 - 0.01) * 50,
        ["08.3"] = () => Math.Log(Math.Pow(2, -25)),
        ["08.4"] = () => 5 / Steepest(),
        ["08.5"] = () => 1 / (1 + 1e-8 / (2e-7 / Math.Sqrt(238_736))),
        ["09.1"] = () => Divergence.ReverseKullbackLeibler(DiscreteDistribution.Even(25), DiscreteDistribution.Covering(25, 10)),
        ["09.2"] = () => OptimalDiscriminator.Maximiser(1 / 25.0, 1 / 10.0),
        ["09.3"] = () => ModeCoverage.MassWithin(3, 3),
        ["10.1"] = () => 12_000 * 64 / 60_000.0,
        ["10.2"] = () => Math.Pow(0.5, 64 / 4000.0),
        ["10.3"] = () => 48 / 8,
        ["10.4"] = () => 11 / 12.0,
        ["11.1"] = () => Math.Sqrt(99.5),
        ["11.2"] = () => 8 * Math.Cos(Math.PI / 6),
        ["11.3"] = () => (7.968812222 - 7.968812222 / Math.Sqrt(2)) * Math.Sqrt(2),
        ["12.1"] = () => 16 * (32 + 64 + 128),
        ["12.2"] = () => 0.21 / (1 - 0.4),
        ["13.1"] = () => 3 * 3 + (2 - 1) * (2 - 1),
        ["13.2"] = () => Math.Exp(Math.Log(5)),
        ["13.3"] = () => (2 * 84 + 84 * 85 / 2) / 0.1,
        ["13.4"] = () => 1 - Math.Pow(2, -3),
        ["13.5"] = () => -784 * Math.Log(255),
        ["13.6"] = () => Math.Sqrt(Quadrature.Default.Expectation(standard, x => Math.Pow(-2 * x - x * x + 1, 2)).Value),
        ["14.1"] = () => RbmPartition.Of(BernoulliRbm.Of(new double[,] { { 2 } }, [0], [0])) is var partition
            ? partition.LogProbability(BernoulliRbm.Of(new double[,] { { 2 } }, [0], [0]), ones(1, 1)).exp().item<double>()
            : double.NaN,
        ["14.2"] = () => new[] { 3, 1.2, 0.3 }.Skip(1).Average(),
        ["14.3"] = () => VariationalAutoencoder.Kl(tensor(new[] { 1.0 }), tensor(new[] { Math.Log(0.25) })).item<double>(),
        ["15.1"] = () => LinearAugmentation.Rotation(new(3, 5)).Apply(RationalDistribution.Covering(4, 1)) is var turned
            ? (turned[0] - turned[1]).Enclose().Midpoint : double.NaN,
        ["15.2"] = () => Enumerable.Range(29, 20).First(n => LinearAugmentation.ShiftEigenvalues(n, 4).Min(Math.Abs) < 1e-12),
        ["15.3"] = () => Math.Pow(350.0 / 29 / 28, 2),
        ["15.4"] = () => 4 * (500_000 / (4 * 32) + 1),
        ["16.1"] = () => new[] { 2 * 0.1, 0 }.Average() - 2 * Math.Log(2),
        ["16.2"] = () => new[] { 0.6, 0.4 }.Sum(share => share * (1 - share)),
        ["16.3"] = () => Math.Log(0.3 / (0.3 + 0.6)) - Math.Log(0.6 / (0.3 + 0.6)),
        ["16.4"] = () => 1 - new Gaussian(1, 1).Cdf(0.5),
        ["17.1"] = () => new BernoulliGradient(0.3, 0.2).Exact,
        ["17.2"] = () => SequenceLaw.Independent([0.8, 0.2], 1) is var coin
            ? SequenceComparison.Of(coin, coin.Sharpen(2)).NllOracle : double.NaN,
        ["17.3"] = () => new[] { 0.5, 0.5, 0.75 }.Select(d => d / (1 - d)).ToArray() is var ratios ? ratios[2] / ratios.Sum() : double.NaN,
        ["18.1"] = () => 8 + 600 + 4096,
        ["18.2"] = () => 2 * 14 + 1,
        ["19.1"] = () => SeedStatistics.PermutationTest([1, 2, 3, 4], [5, 6, 7, 8]),
        ["19.2"] = () => 1 - Math.Pow(0.95, 20),
        ["19.3"] = () => SeedStatistics.InterquartileMean([1, 2, 3, 4, 100, 1000]),
        ["19.4"] = () => Quadrature.Default.Integrate(x => x * 9 * Math.Pow(x, 8), 0, 1).Value,
        ["20.1"] = () => 0.9 / Math.Sqrt(0.5),
        ["20.2"] = () => Math.Log(2) / Math.Log(1.000004) / 500,
        ["20.3"] = () => 999 / (2 * 26_000.0),
    };

    public static TheoryData<string> Ids => [.. course.All.Select(question => question.Id)];

    [Fact]
    public void Expected_EveryEntry_HasItsFormulaHere() => Assert.Equal(
        course.All.Where(question => question.Expected is not null).Select(question => question.Id).Order(StringComparer.Ordinal),
        answers.Keys.Order(StringComparer.Ordinal));

    // A hundredth of the tolerance: what is left comes from quadrature and searches. The exact ones agree to the last digits.
    [Fact]
    public void Expected_EveryEntry_IsTheValueOfItsFormula() => Assert.All(answers, answer =>
    {
        var question = course.Find(answer.Key);
        Assert.Equal(answer.Value(), question.Expected!.Value, Math.Max(question.Tolerance / 20, 1e-12));
    });

    // "To 4 decimals" is a tolerance of one unit of the fourth, so that a number that was cut off is right, too.
    [Theory]
    [MemberData(nameof(Ids))]
    public void Tolerance_EveryEntry_IsThatOfItsWords(string id)
    {
        var question = course.Find(id);
        if (question.Expected is null)
            return;
        double meant = question.Precision switch
        {
            "exactly" => 1e-9,
            "to the nearest whole number" => 1,
            var words when Decimals().Match(words) is { Success: true } match => Math.Pow(10, -Parse(match)),
            var words when Within().Match(words) is { Success: true } match => Parse(match),
            var words => throw new InvalidOperationException(words),
        };
        Assert.InRange(question.Tolerance, 0, meant * (1 + 1e-6));
        if (question.Precision != "exactly")
            Assert.Equal(meant, question.Tolerance, meant * 1e-6);
    }

    // A value that is typed as the question asks is right, rounded or cut off.
    [Theory]
    [MemberData(nameof(Ids))]
    public void Accepts_AnswerTypedAsAsked_IsRight(string id)
    {
        var question = course.Find(id);
        if (question.Expected is not { } expected || Decimals().Match(question.Precision) is not { Success: true } match)
            return;
        int decimals = (int)Parse(match);
        double unit = Math.Pow(10, decimals);
        Assert.True(question.Accepts(Math.Round(expected, decimals)));
        Assert.True(question.Accepts(Math.Truncate(expected * unit) / unit));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Slips_OfTheCatalogue_AreWrongAnswers(string id) => Assert.All(course.Find(id).Slips, slip =>
    {
        Assert.False(course.Find(id).Accepts(slip.Answer));
        Assert.Equal(slip.Help, ExerciseSlips.OfThought(course.Find(id), slip.Answer));
    });

    // What is typed without a thought: nothing, one, a half.
    [Theory]
    [MemberData(nameof(Ids))]
    public void Accepts_TrivialAnswer_IsNeverRight(string id) =>
        Assert.DoesNotContain(true, new[] { 0.0, 1, 0.5 }.Select(course.Find(id).Accepts));

    // Two digits of the standard error come from the integrals of notebook 03.
    [Fact]
    public void SamplesForAThousandth_ByQuadrature_LieInTheMiddleOfTheRange()
    {
        double Variance(Density density, Func<double, double> f) => Quadrature.Default.Expectation(density, x => f(x) * f(x)).Value
            - Math.Pow(Quadrature.Default.Expectation(density, f).Value, 2);
        double needed = 1e6 * (Variance(standard, x => -LogSpace.Softplus(x - 0.5))
            + Variance(new Gaussian(1, 1.2), x => -LogSpace.Softplus(0.5 - x)));
        var question = course.Find("03.2");
        Assert.InRange(needed, question.Low + 15_000, question.High - 15_000);
    }

    [Fact]
    public void BestBell_AnyOtherOne_IsFarther()
    {
        double best = course.Find("00.3").Expected!.Value;
        for (double mean = -1.8; mean <= 1; mean += 0.2)
        {
            for (double std = 0.5; std <= 3; std += 0.2)
                Assert.True(Divergence.TotalVariation(humps, new Gaussian(mean, std)).Value > best - 1e-4);
        }
    }

    private static double MeanD(double t) => new OptimalDiscriminator(standard, new Gaussian(t, 1)).MeanOnFakes().Value;

    private static double Steepest() => Enumerable.Range(1600, 80).Select(i => i / 1000.0).MaxBy(t => t * MeanD(t));

    private static double Root(double low, double high, Func<double, double> f)
    {
        while (high - low > 1e-9)
            (low, high) = f((low + high) / 2) < 0 ? ((low + high) / 2, high) : (low, (low + high) / 2);
        return low;
    }

    private static double MuchInk()
    {
        var digits = Mnist.Train();
        int[] binary = [.. Enumerable.Range(0, digits.Count).Where(i => digits.Labels[i] <= 1)];
        return binary.Average(i => digits.Image(i).ToArray().Sum(pixel => pixel) > 20_000 ? 1.0 : 0.0);
    }

    private static double Parse(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^to (\d) decimals?$")]
    private static partial Regex Decimals();

    [GeneratedRegex(@"^to within ([\d.]+)$")]
    private static partial Regex Within();
}
