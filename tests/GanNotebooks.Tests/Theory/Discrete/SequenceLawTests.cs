using GanNotebooks.Theory;

namespace GanNotebooks.Tests.Theory;

/// <summary>The five-token source and models of it, against numbers computed elsewhere (ANCHORS 4.1).</summary>
public sealed class SequenceLawTests
{
    private const int Length = 20;
    private static readonly SequenceLaw source = MarkovSource.Law(Length);

    public static TheoryData<string, string, string, string, string> Rows => new()
    {
        { "0.5", "1.58992", "1.45167", ".039778", ".046956" },
        { "1.25", "1.35174", "1.41932", ".007422", ".006797" },
        { "1.5", "1.30473", "1.43919", ".027290", ".022955" },
        { "2", "1.23705", "1.50579", ".093894", ".067728" },
        { "4", "1.11579", "1.95388", ".541984", ".255168" },
        { "unigrams", "1.71419", "1.53633", ".12443", ".17813" },
        { "unigrams3", "1.28901", "1.85561", ".44372", ".34719" },
    };

    private static SequenceLaw Model(string name) => name switch
    {
        "unigrams" => MarkovSource.Unigrams(Length),
        "unigrams3" => MarkovSource.Unigrams(Length).Sharpen(3),
        _ => source.Sharpen(double.Parse(name, System.Globalization.CultureInfo.InvariantCulture)),
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Compare_ModelOfTheTable_HasThePrintedDigits(string name, string oracle, string test, string kl, string reverse)
    {
        var all = SequenceComparison.Of(source, Model(name));
        Printed.Agrees(oracle, all.NllOracle);
        Printed.Agrees(test, all.NllTest);
        Printed.Agrees(kl, all.Kl);
        Printed.Agrees(reverse, all.ReverseKl);
    }

    [Fact]
    public void Compare_SourceWithItself_HasTheEntropyAndNoDivergence()
    {
        var all = SequenceComparison.Of(source, Model("1"));
        Printed.Agrees("1.4118966477", all.SourceEntropy);
        Printed.Agrees("1.4118966477", all.NllOracle);
        Printed.Agrees("1.4118966477", all.NllTest);
        Assert.Equal(0, all.Kl, 1e-14);
        Assert.Equal(0, all.ReverseKl, 1e-14);
    }

    [Fact]
    public void Transitions_FirstRow_HasThePrintedDigits()
    {
        string[] printed = [".022200", ".326268", ".177598", ".062790", ".411144"];
        double[,] p = MarkovSource.Transitions();
        Assert.All(Enumerable.Range(0, 5), j => Printed.Agrees(printed[j], p[0, j]));
    }

    [Fact]
    public void MostLikely_Certain_HasThePrintedLossAndNoFiniteKl()
    {
        var all = SequenceComparison.Of(source, SequenceLaw.Certain(source.MostLikely(), 5));
        Printed.Agrees("1.01551", all.NllOracle);
        Assert.Equal(0, all.ModelEntropy, 1e-15);
        Assert.Equal(double.PositiveInfinity, all.NllTest);
        Assert.Equal(double.PositiveInfinity, all.Kl);
    }

    // Power: a sequence better by 1e-9 would be found.
    [Fact]
    public void MostLikely_ShortSource_IsTheBestOfAllSequences()
    {
        var small = MarkovSource.Law(5);
        Assert.Equal(small.Sequences().Max(small.LogProbability), small.LogProbability(small.MostLikely()), 1e-12);
    }

    // Enumeration knows nothing of states.
    [Fact]
    public void Compare_TwoMarkovLaws_EqualsTheSumOverAllSequences()
    {
        var (p, q) = (MarkovSource.Law(5), MarkovSource.Unigrams(5).Sharpen(0.7));
        var all = SequenceComparison.Of(p, q);
        double kl = 0, reverse = 0, total = 0, oracle = 0, test = 0;
        foreach (int[] x in p.Sequences())
        {
            double a = p.LogProbability(x), b = q.LogProbability(x);
            kl += Math.Exp(a) * (a - b);
            reverse += Math.Exp(b) * (b - a);
            oracle -= Math.Exp(b) * a;
            test -= Math.Exp(a) * b;
            total += Math.Exp(b);
        }
        Assert.Equal(1, total, 1e-12);
        Assert.Equal(kl, 5 * all.Kl, 1e-12);
        Assert.Equal(reverse, 5 * all.ReverseKl, 1e-12);
        Assert.Equal(oracle, 5 * all.NllOracle, 1e-12);
        Assert.Equal(test, 5 * all.NllTest, 1e-12);
    }

    // The prefix tree written out by hand: a chain, its rows repeated for every prefix with the same last token.
    [Fact]
    public void Tree_RowsOfAChain_IsTheChain()
    {
        var chain = MarkovSource.Law(4);
        double[,] logits = new double[1 + 5 + 25 + 125, 5];
        for (int state = 0; state < 156; state++)
        {
            for (int k = 0; k < 5; k++)
                logits[state, k] = chain.LogProbability(state == 0 ? 0 : 1 + (state - 1) % 5, k) + 0.3 * state;
        }
        var tree = SequenceLaw.Tree(logits, 4);
        Assert.Equal(0, SequenceComparison.Of(chain, tree).Kl, 1e-13);
        Assert.Throws<ArgumentException>(() => SequenceLaw.Tree(logits, 5));
    }

    // Ten thousand sequences: the mean of −log p has a standard error of 0.008 nats per token at most.
    [Fact]
    public void Sample_ManySequences_HasTheEntropyOfTheSource()
    {
        var random = new Random(1);
        double mean = Enumerable.Range(0, 10_000).Average(_ => -source.LogProbability(source.Sample(random))) / Length;
        Assert.Equal(1.4118966477, mean, 0.005);
    }

    [Theory]
    [InlineData(true, 0.05)]
    [InlineData(false, 0.06)]
    public void BigramCounts_TwoHundredSequences_CostWhatTheoryTells(bool known, double theory)
    {
        var random = new Random(2);
        double[]? start = known ? [.2, .2, .2, .2, .2] : null;
        double[] costs = [.. Enumerable.Range(0, 200).Select(_ => Length * SequenceComparison.Of(source, BigramCounts.Of(
            [.. Enumerable.Range(0, 200).Select(_ => source.Sample(random))], 5, start: start)).Kl)];
        double error = Math.Sqrt(costs.Select(c => c * c).Average() - Math.Pow(costs.Average(), 2)) / Math.Sqrt(200);
        Assert.InRange(costs.Average() / theory, 0.92 - 3 * error / theory, 1.04 + 3 * error / theory); // ½ is not the limit yet at n = 200
        Assert.True(error < 0.04 * theory);
    }

    [Fact]
    public void OfLogits_RowThatIsNoLaw_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => SequenceLaw.OfLogits(new[,] { { double.NaN, 0 } }, (_, _) => 0, 3));
        Assert.Throws<ArgumentException>(() => SequenceLaw.OfLogits(
            new[,] { { double.NegativeInfinity, double.NegativeInfinity } }, (_, _) => 0, 3));
        Assert.Throws<ArgumentException>(() => SequenceComparison.Of(source, MarkovSource.Law(3)));
    }

    [Fact]
    public void Grammar_Strings_AreOneThousandThreeHundredSixtyFiveAndTheLawSumsToOne()
    {
        var strings = ExpressionGrammar.Strings();
        Assert.Equal(1365, strings.Distinct().Count());
        Assert.Equal([1, 4, 16, 64, 256, 1024], strings.GroupBy(s => s.Length).OrderBy(g => g.Key).Select(g => g.Count()));
        Assert.All(strings, s => Assert.True(ExpressionGrammar.Accepts(s), s));
        Assert.Equal(1, strings.Sum(ExpressionGrammar.Probability), 1e-12);
        Printed.Agrees("2.18154", -strings.Sum(s => ExpressionGrammar.Probability(s) * Math.Log(ExpressionGrammar.Probability(s))));
        Printed.Agrees("2.18154", ExpressionGrammar.Entropy);
        Printed.Agrees(".774", ExpressionGrammar.MassWithinLimit);
        string[] printed = [".64565", ".16141", ".08071", ".05044", ".03531", ".02648"];
        Assert.All(Enumerable.Range(0, 6), k => Printed.Agrees(printed[k], ExpressionGrammar.Share(k)));
        // Catalan(k) · ½^(k+1) · (1/8)^k for each string of k operators
        double[] trees = [1, 1, 2, 5, 14, 42];
        Assert.All(strings, s => Assert.Equal(trees[s.Length / 2] * Math.Pow(0.5, s.Length / 2 + 1) * Math.Pow(0.125, s.Length / 2),
            ExpressionGrammar.Probability(s) * ExpressionGrammar.MassWithinLimit, 1e-15));
    }

    // A recogniser by the rules of the grammar: split at any operator, both sides must be sentences.
    [Fact]
    public void Grammar_RegularExpression_AcceptsWhatTheRulesAccept()
    {
        static bool Derives(string s) => s == "x" || Enumerable.Range(1, Math.Max(0, s.Length - 2)).Any(i =>
            "+-*/".Contains(s[i], StringComparison.Ordinal) && Derives(s[..i]) && Derives(s[(i + 1)..]));
        string[] all = ["", .. Words(1), .. Words(2), .. Words(3), .. Words(4), .. Words(5)];
        Assert.All(all, s => Assert.Equal(Derives(s), ExpressionGrammar.Accepts(s)));
        Assert.False(ExpressionGrammar.Accepts("x\n"));
        Assert.False(ExpressionGrammar.Accepts("x+x+x+x+x+x+x"));

        static IEnumerable<string> Words(int length) => length == 0 ? [""] : Words(length - 1).SelectMany(w => "x+-*/".Select(c => w + c));
    }
}
